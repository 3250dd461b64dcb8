import type { Transaction } from '../base.ts';
import { quoteName, sourceTable, versionsTable } from '../names.ts';
import { byIndex, changeIndexes } from './change-index.ts';

/** What a row was from one change on. */
export interface SourceState {
  /** The change by which it came to be so. */
  readonly change: string;
  /** When that was loaded, as the base writes instants. */
  readonly since: string;
  /** Since when the source has it no more; null while it has. Its values stay as they were. */
  readonly removed: string | null;
  /** Of the columns that were asked for, in their order. */
  readonly values: readonly (string | null)[];
}

export interface RowStates {
  readonly id: string;
  /** When the row was seen for the first time. */
  readonly firstSeen: string;
  /** The oldest first; the last is what it is now. */
  readonly states: readonly SourceState[];
}

/** A view whose key is `id`, and what is wanted of it. */
interface StatesOf {
  readonly source: string;
  readonly view: string;
  /** Columns that its table has. */
  readonly columns: readonly string[];
  /** Of a row's states, the one that it was in by this change comes first; `0` for all of them. */
  readonly from: string;
}

/**
 * The rows that moved since a change (`after`), in the order of their last changes, each with what it was meanwhile. Null where the
 * view is not ready (`change-index.ts`). Nothing is lost to pages that load at the same time, see `changesSince`.
 */
export async function changedStates(
  tx: Transaction,
  { after, most, ...of }: StatesOf & { readonly after: string; readonly most: number },
): Promise<{ readonly rows: readonly RowStates[]; readonly last: string } | null> {
  const table = sourceTable(of.source, of.view);
  const { ready } = await changeIndexes(tx, table);
  if (!ready) return null;
  await tx.execute(byIndex('on'));
  const found = await tx.query<Found>(
    `${selection(of)} FROM ${table} t WHERE _change > $1 ORDER BY t._change LIMIT $2`,
    [after, most],
  );
  await tx.execute(byIndex('off'));
  return { rows: await withVersions(tx, of, found), last: changeOf(found.at(-1)) ?? after };
}

/** The same of rows with these ids, as far as they are there. */
export async function statesOf(
  tx: Transaction,
  { ids, ...of }: StatesOf & { readonly ids: readonly string[] },
): Promise<readonly RowStates[]> {
  const found = await tx.query<Found>(
    `${selection(of)} FROM ${sourceTable(of.source, of.view)} t WHERE t.id = ANY ($1)`,
    [ids],
  );
  return withVersions(tx, of, found);
}

type Found = Readonly<
  Record<'_change' | '_since' | '_seen' | 'id', string> & { _removed: string | null } & Record<
      string,
      string | null
    >
>;

function changeOf(row: Found | undefined): string | undefined {
  if (row === undefined) return undefined;
  const { _change: change } = row;
  return change;
}

function selection({ columns }: StatesOf): string {
  return `SELECT t._change::text, coalesce(t._removed, t._last_changed)::text AS _since, t._removed::text,
                 t._first_seen::text AS _seen, t.id${listed('t', columns)}`;
}

const listed = (alias: string, columns: readonly string[]) =>
  columns
    .filter((name) => name !== 'id')
    .map((name) => `, ${alias}.${quoteName(name)}`)
    .join('');

async function withVersions(tx: Transaction, of: StatesOf, found: readonly Found[]): Promise<RowStates[]> {
  const versions = await versionsSince(tx, of, found);
  return found.map((row) => {
    const { id, _seen: firstSeen } = row;
    const state = stateOf(row, of.columns);
    // A page that came between the two questions: what it made of the row comes the next time.
    const before = (versions.get(id) ?? []).filter(({ change }) => BigInt(change) < BigInt(state.change));
    return { id, firstSeen, states: [...before, state] };
  });
}

async function versionsSince(
  tx: Transaction,
  of: StatesOf,
  found: readonly Found[],
): Promise<ReadonlyMap<string, SourceState[]>> {
  const byId = new Map<string, SourceState[]>();
  const table = versionsTable(of.source, of.view);
  if (found.length === 0 || !(await haveVersions(tx, table, of.from))) return byId;
  const rows = await tx.query<Found>(
    `SELECT v._from::text AS _change, coalesce(v._removed, v._last_changed)::text AS _since, v._removed::text,
            v.id${listed('v', of.columns)}
       FROM ${table} v WHERE v.id = ANY ($1) AND v._to > $2 ORDER BY v._to`,
    [found.map(({ id }) => id), of.from],
  );
  for (const row of rows) {
    const states = byId.get(row.id) ?? [];
    if (states.length === 0) byId.set(row.id, states);
    states.push(stateOf(row, of.columns));
  }
  return byId;
}

/** In most views nothing changed since, and in new ones nothing ever did. */
async function haveVersions(tx: Transaction, table: string, from: string): Promise<boolean> {
  const [is] = await tx.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [table]);
  if (is?.there !== true) return false;
  const [some] = await tx.query(`SELECT 1 FROM ${table} WHERE _to > $1 LIMIT 1`, [from]);
  return some !== undefined;
}

function stateOf(row: Found, columns: readonly string[]): SourceState {
  const { _change: change, _since: since, _removed: removed } = row;
  return { change, since, removed, values: columns.map((name) => row[name] ?? null) };
}
