import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import type { Questions, Transaction } from '../base.ts';
import { quoteName, sourceSchema, sourceTable, versionsSchema, versionsTable } from '../names.ts';
import { soundRow } from './flaws.ts';

/** Most columns that either table of a view may have, less our own. */
export const mostColumns = 1600 - 7;

/**
 * The tables of a view: its rows as the source gave them last, and what they were before.
 *
 * Fixed-width columns first, which saves their padding; text compares fastest, and alike everywhere, by "C". What pages
 * are copied by comes with `holdToSound`, an index over `_change` when the view was loaded once (`change-index.ts`).
 */
export async function createTables(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  const key = view.key.map(quoteName).join(', ');
  await tx.execute(`
    CREATE SCHEMA IF NOT EXISTS ${quoteName(sourceSchema(source))};
    CREATE TABLE ${sourceTable(source, view.name)} (
      _digest bigint NOT NULL,
      _change bigint NOT NULL,
      _first_seen timestamptz NOT NULL,
      _last_changed timestamptz NOT NULL,
      _removed timestamptz,
      _removed_run bigint,
      ${columnsOf(view)},
      PRIMARY KEY (${key})
    );`);
  await createVersions(tx, source, view);
}

/** Where version 0.1.0 made the table of a view, the one for what its rows were before. */
export async function addVersions(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  if ((await columnsIn(tx, versionsTable(source, view.name))).length > 0) return;
  // Also columns that the source had lost before: the table still has them.
  const names = await columnsIn(tx, sourceTable(source, view.name));
  await createVersions(tx, source, { ...view, columns: names.map((name) => ({ name })) });
}

/**
 * What rows were before they changed, were removed or came back (`merge.ts`): from which change on and up to which. It
 * has every column that the view's table has, and its own take as many bytes as those of that table, so that each row
 * that fits there fits here. The index over `_to` is for what follows the versions, as treatment will.
 */
async function createVersions(
  tx: Transaction,
  source: string,
  view: Pick<ViewDescription, 'name' | 'key'> & { readonly columns: readonly { readonly name: string }[] },
): Promise<void> {
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
      ${columnsOf(view)}
    );
    CREATE INDEX ON ${table} (${key});
    CREATE INDEX ON ${table} USING brin (_to);`);
}

/** The columns of a table that a source has given, in no order. @param table its name as SQL takes it */
export async function columnsIn(questions: Questions, table: string): Promise<string[]> {
  const columns = await questions.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = to_regclass($1) AND attnum > 0 AND NOT attisdropped AND left(attname, 1) <> '_'`,
    [table],
  );
  return columns.map(({ name }) => name);
}

function columnsOf({
  columns,
  key,
}: {
  readonly columns: readonly { readonly name: string }[];
  readonly key: readonly string[];
}): string {
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
 * Holds the rows of a view's table that are written from now on to what a sound row of the view is, and gives what is
 * not in a page its defaults, so that pages can be copied into it (`copy-new.ts`; `_mark` is there for that alone, and
 * always null). What is there was loaded as what was sound then, and stays; so does what is marked as removed.
 *
 * It needs the table for a moment, in which nobody reads it. Where somebody does for long it is left to the next run,
 * unless the table is held to something else already, by which rows that are sound now might be refused.
 * @param held what they are held to so far, null for nothing
 * @returns what they are held to; null for nothing
 */
export async function holdToSound(
  tx: Transaction,
  source: string,
  view: ViewDescription,
  held: string | null,
): Promise<string | null> {
  const sound = `_removed IS NOT NULL OR ${soundRow(view)}`;
  if (sound === held) return sound;
  const alter = () =>
    tx.execute(`
      ALTER TABLE ${sourceTable(source, view.name)}
        ADD COLUMN IF NOT EXISTS _mark smallint[],
        ALTER COLUMN _change SET DEFAULT nextval('guarita.change'),
        ALTER COLUMN _first_seen SET DEFAULT now(),
        ALTER COLUMN _last_changed SET DEFAULT now(),
        DROP CONSTRAINT IF EXISTS sound_row,
        ADD CONSTRAINT sound_row CHECK (${sound}) NOT VALID`);
  if (held !== null) {
    await alter();
    return sound;
  }
  const [limit] = await tx.query<{ was: string }>(`SELECT current_setting('lock_timeout') AS was`);
  return tx.attempt(async () => {
    await tx.execute(`SET LOCAL lock_timeout TO '1s'`);
    await alter();
    await tx.query(`SELECT set_config('lock_timeout', $1, true)`, [limit?.was]);
    return sound;
  });
}
