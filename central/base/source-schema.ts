import { escapeIdentifier } from 'pg';
import { GuaritaError } from '../../shared/errors.ts';
import type { ViewDescription } from '../../shared/sources/view-source.ts';
import type { Base, Transaction } from './base.ts';

/** A view of a source as the base holds it. */
export interface ViewTarget {
  readonly source: string;
  readonly view: ViewDescription;
  /** `fonte_al."custodiado"` */
  readonly table: string;
  /** Pages ever loaded into it. */
  readonly loads: number;
  /** What differs from the last description, for the operator; empty when nothing does. */
  readonly notices: readonly string[];
}

/** Any fixed number: one preparation of a source at a time, whoever starts it. */
const lock = 487_126_632;

/** Schema of a source in the base: `fonte_al`. */
export function sourceSchemaName(source: string): string {
  return `fonte_${source.toLowerCase()}`;
}

interface KnownView {
  readonly key: readonly string[];
  readonly columns: readonly { name: string; type: string }[];
  readonly fingerprint: string;
  readonly loads: string;
}

/**
 * Makes room for a view as its source describes it: its table on the first time, added columns later. A column that
 * the source no longer has stays, with what it last held. Another key is refused (`key-changed`).
 */
export async function prepareView(base: Base, source: string, view: ViewDescription): Promise<ViewTarget> {
  return base.transaction(async (tx) => {
    // Two collectors may meet a new view at the same time; of a row that is not there yet there is nothing to lock.
    await tx.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [lock, source]);
    const table = `${escapeIdentifier(sourceSchemaName(source))}.${escapeIdentifier(view.name)}`;
    const [known] = await tx.query<KnownView>(
      'SELECT key, columns, fingerprint, loads::text FROM guarita.view WHERE source = $1 AND view = $2 FOR UPDATE',
      [source, view.name],
    );
    if (known === undefined) await createTable(tx, source, table, view);
    else if (known.key.join('\n') !== view.key.join('\n')) {
      const keys = `it was (${known.key.join(', ')}), now (${view.key.join(', ')})`;
      throw new GuaritaError('key-changed', `View "${view.name}": ${keys}.`);
    } else await addColumns(tx, table, view, known);
    await remember(tx, source, view);
    const notices = known === undefined ? [] : differences(known, view);
    return { source, view, table, loads: Number(known?.loads ?? 0), notices };
  });
}

/** Pages loaded into a view by now, whoever loaded them. */
export async function readLoads(base: Base, { source, view }: ViewTarget): Promise<number> {
  const [known] = await base.transaction((tx) =>
    tx.query<{ loads: string }>('SELECT loads::text FROM guarita.view WHERE source = $1 AND view = $2', [
      source,
      view.name,
    ]),
  );
  return Number(known?.loads ?? 0);
}

/** Fixed-width columns first, which saves their padding; text compares fastest, and alike everywhere, by "C". */
async function createTable(
  tx: Transaction,
  source: string,
  table: string,
  view: ViewDescription,
): Promise<void> {
  const columns = view.columns.map(({ name }) =>
    view.key.includes(name)
      ? `${escapeIdentifier(name)} text COLLATE "C" NOT NULL`
      : `${escapeIdentifier(name)} text`,
  );
  const key = view.key.map(escapeIdentifier).join(', ');
  await tx.execute(`
    CREATE SCHEMA IF NOT EXISTS ${escapeIdentifier(sourceSchemaName(source))};
    CREATE TABLE ${table} (
      _digest bigint NOT NULL,
      _change bigint NOT NULL,
      _first_seen timestamptz NOT NULL,
      _last_changed timestamptz NOT NULL,
      _removed timestamptz,
      _undecodable smallint[],
      ${columns.join(',\n      ')},
      PRIMARY KEY (${key})
    );
    CREATE INDEX ON ${table} USING brin (_change);`);
}

async function addColumns(
  tx: Transaction,
  table: string,
  view: ViewDescription,
  known: KnownView,
): Promise<void> {
  const there = new Set(known.columns.map((column) => column.name));
  for (const { name } of view.columns) {
    if (there.has(name)) continue;
    // It may be there all the same, from before the source dropped it once.
    await tx.execute(`ALTER TABLE ${table} ADD COLUMN IF NOT EXISTS ${escapeIdentifier(name)} text`);
  }
}

async function remember(tx: Transaction, source: string, view: ViewDescription): Promise<void> {
  await tx.query(
    `INSERT INTO guarita.view (source, view, key, columns, fingerprint, epoch) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (source, view) DO UPDATE SET columns = excluded.columns, fingerprint = excluded.fingerprint,
       epoch = excluded.epoch, last_described = now()`,
    [source, view.name, view.key, JSON.stringify(view.columns), view.fingerprint, view.epoch],
  );
}

function differences(known: KnownView, view: ViewDescription): string[] {
  if (known.fingerprint === view.fingerprint) return [];
  const before = new Map(known.columns.map((column) => [column.name, column.type]));
  const now = new Map(view.columns.map((column) => [column.name, column.type]));
  const added = [...now.keys()]
    .filter((name) => !before.has(name))
    .map((name) => `column "${name}" was added`);
  const dropped = [...before.keys()]
    .filter((name) => !now.has(name))
    .map((name) => `column "${name}" was dropped`);
  const retyped = [...now].flatMap(([name, type]) => {
    const old = before.get(name);
    return old !== undefined && old !== type ? [`column "${name}" was ${old}, is now ${type}`] : [];
  });
  return [...added, ...dropped, ...retyped];
}
