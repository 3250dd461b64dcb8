import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import type { Transaction } from '../base.ts';
import { quoteName, sourceSchema, sourceTable, versionsSchema, versionsTable } from '../names.ts';
import { soundRow } from './flaws.ts';

/** Most columns that either table of a view may have, less our own. */
export const mostColumns = 1600 - 7;

/**
 * The table of a view: its rows as the source gave them last.
 *
 * Fixed-width columns first, which saves their padding; text compares fastest, and alike everywhere, by "C". What is not
 * in a page has a default, so that a page can be copied into it as it is (`copy-new.ts`): `_mark` is there for that
 * alone, and always null. An index over `_change` comes when the view was loaded once (`change-index.ts`).
 */
export async function createTable(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  const key = view.key.map(quoteName).join(', ');
  await tx.execute(`
    CREATE SCHEMA IF NOT EXISTS ${quoteName(sourceSchema(source))};
    CREATE TABLE ${sourceTable(source, view.name)} (
      _digest bigint NOT NULL,
      _change bigint NOT NULL DEFAULT nextval('guarita.change'),
      _first_seen timestamptz NOT NULL DEFAULT now(),
      _last_changed timestamptz NOT NULL DEFAULT now(),
      _removed timestamptz,
      _removed_run bigint,
      _mark smallint[],
      ${columnsOf(view)},
      PRIMARY KEY (${key})
    );`);
  await createVersions(tx, source, view);
}

/** The same for a table that version 0.1.0 made. Nothing of it is read or written anew. */
export async function completeTable(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  await tx.execute(`
    ALTER TABLE ${sourceTable(source, view.name)}
      ADD COLUMN IF NOT EXISTS _mark smallint[],
      ALTER COLUMN _change SET DEFAULT nextval('guarita.change'),
      ALTER COLUMN _first_seen SET DEFAULT now(),
      ALTER COLUMN _last_changed SET DEFAULT now();`);
  await createVersions(tx, source, view);
}

/**
 * What rows were before they changed, were removed or came back (`versions.ts`): from which change on and up to which.
 * Its own columns take as many bytes as those of the view's table, so that each row that fits there fits here.
 */
async function createVersions(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  const table = versionsTable(source, view.name);
  const key = view.key.map(quoteName).join(', ');
  await tx.execute(`
    CREATE SCHEMA IF NOT EXISTS ${quoteName(versionsSchema(source))};
    CREATE TABLE ${table} (
      _digest bigint NOT NULL,
      _from bigint NOT NULL,
      _to bigint NOT NULL,
      _last_changed timestamptz NOT NULL,
      _removed timestamptz,
      _removed_run bigint,
      ${columnsOf(view)},
      PRIMARY KEY (${key}, _to)
    );
    CREATE INDEX ON ${table} USING brin (_to);`);
}

function columnsOf({ columns, key }: ViewDescription): string {
  return columns
    .map(({ name }) => `${quoteName(name)} text${key.includes(name) ? ' COLLATE "C" NOT NULL' : ''}`)
    .join(',\n      ');
}

/** Columns that a view has gained. They may be there all the same, from before the source dropped them once. */
export async function addColumns(
  tx: Transaction,
  source: string,
  view: ViewDescription,
  names: readonly string[],
): Promise<void> {
  if (names.length === 0) return;
  const columns = names.map((name) => `ADD COLUMN IF NOT EXISTS ${quoteName(name)} text`).join(', ');
  for (const table of [sourceTable(source, view.name), versionsTable(source, view.name)]) {
    await tx.execute(`ALTER TABLE ${table} ${columns}`);
  }
}

/**
 * Holds the rows that are written from now on to what a sound row of the view is, where they are not yet; but not those
 * that are marked as removed, which stay what they were.
 * @param held what they are held to so far, null for nothing
 * @returns what they are held to
 */
export async function holdToSound(
  tx: Transaction,
  source: string,
  view: ViewDescription,
  held: string | null,
): Promise<string> {
  const sound = `_removed IS NOT NULL OR ${soundRow(view)}`;
  if (sound === held) return sound;
  // What is there was loaded as what was sound then, and stays.
  await tx.execute(`ALTER TABLE ${sourceTable(source, view.name)} DROP CONSTRAINT IF EXISTS sound_row,
    ADD CONSTRAINT sound_row CHECK (${sound}) NOT VALID`);
  return sound;
}
