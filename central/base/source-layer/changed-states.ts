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
}

/** By which change some rows came to be what is known of them, by id. */
export type KnownSince = ReadonlyMap<string, { readonly change: string }>;

/** Some of the rows that moved, what is known of them, and the last change among them. */
interface ChangedStates<K extends KnownSince> {
  readonly rows: readonly RowStates[];
  /** Null where none of them has a past. */
  readonly known: K | null;
  readonly last: string;
}

interface ChangesOf<K extends KnownSince> extends StatesOf {
  readonly after: string;
  /** A change not after `after`: of what was over by then nothing is wanted. */
  readonly settled: string;
  readonly most: number;
  /** Looks up what is known of rows. */
  readonly known: ((ids: readonly string[]) => Promise<K>) | null;
}

/** Rows in memory at once: few enough that what is made of them is gone before it has to be kept. */
const rowsAtOnce = 500;

/**
 * The rows that moved since a change (`after`), at most so many, in the order of their last changes, each with what it was
 * since what is known of it: that may be older than `after`, for a row that moved again waits for its last change. Without
 * `known`, with all that it ever was. Some of them at a time, for as long as the transaction lasts; null where the view is
 * not ready (`change-index.ts`). Nothing is lost to pages that load at the same time, see `changesSince`.
 */
export async function changedStates<K extends KnownSince>(
  tx: Transaction,
  { after, settled, most, known, ...of }: ChangesOf<K>,
): Promise<AsyncIterable<ChangedStates<K>> | null> {
  const { ready } = await changeIndexes(tx, sourceTable(of.source, of.view));
  return ready ? statesAfter(tx, of, { after, settled, most, known }) : null;
}

async function* statesAfter<K extends KnownSince>(
  tx: Transaction,
  of: StatesOf,
  { after, settled, most, known: look }: Pick<ChangesOf<K>, 'after' | 'settled' | 'most' | 'known'>,
): AsyncGenerator<ChangedStates<K>, void> {
  const sql = `${selection(of)} FROM ${sourceTable(of.source, of.view)} t WHERE _change > $1 ORDER BY t._change LIMIT $2`;
  await tx.execute(byIndex('on'));
  let changed: boolean | null = null;
  for await (const found of tx.rows<Found>(sql, [after, most], { atOnce: rowsAtOnce })) {
    if (changed === null) {
      await tx.execute(byIndex('off'));
      // Once the rows are read as they are: what changed by then has a version from that change on.
      changed = await haveVersions(tx, of, look === null ? '0' : after);
    }
    const ids = found.map(({ id }) => id);
    const known = changed && look !== null ? await look(ids) : null;
    const versions = changed
      ? await versionsOf(tx, of, ids, known && { known, settled })
      : new Map<string, SourceState[]>();
    yield { rows: withVersions(of, found, versions), known, last: changeOf(found.at(-1)) ?? after };
  }
  if (changed === null) await tx.execute(byIndex('off'));
}

/** Rows with these ids, as far as they are there, with all that they ever were. */
export async function statesOf(
  tx: Transaction,
  { ids, ...of }: StatesOf & { readonly ids: readonly string[] },
): Promise<readonly RowStates[]> {
  const found = await tx.query<Found>(
    `${selection(of)} FROM ${sourceTable(of.source, of.view)} t WHERE t.id = ANY ($1)`,
    [ids],
  );
  const changed = found.length > 0 && (await haveVersions(tx, of, '0'));
  return withVersions(of, found, changed ? await versionsOf(tx, of, ids, null) : new Map());
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

function withVersions(
  of: StatesOf,
  found: readonly Found[],
  versions: ReadonlyMap<string, SourceState[]>,
): RowStates[] {
  return found.map((row) => {
    const { id, _seen: firstSeen } = row;
    const state = stateOf(row, of.columns);
    // A page that came between the two questions: what it made of the row comes the next time.
    const before = (versions.get(id) ?? []).filter(({ change }) => BigInt(change) < BigInt(state.change));
    return { id, firstSeen, states: [...before, state] };
  });
}

/** What rows were, from the state on that is known of each, or that was settled; all that they were, where nothing is. */
async function versionsOf(
  tx: Transaction,
  of: StatesOf,
  ids: readonly string[],
  since: { readonly known: KnownSince; readonly settled: string } | null,
): Promise<ReadonlyMap<string, SourceState[]>> {
  const byId = new Map<string, SourceState[]>();
  const rows = await tx.query<Found>(
    `SELECT v._from::text AS _change, coalesce(v._removed, v._last_changed)::text AS _since, v._removed::text,
            v.id${listed('v', of.columns)}
       FROM unnest($1::text[], $2::bigint[]) AS k (id, since)
       JOIN ${versionsTable(of.source, of.view)} v ON v.id = k.id AND v._to > greatest(k.since, $3::bigint) ORDER BY v._to`,
    [ids, ids.map((id) => since?.known.get(id)?.change ?? '0'), since?.settled ?? '0'],
  );
  for (const row of rows) {
    const states = byId.get(row.id) ?? [];
    if (states.length === 0) byId.set(row.id, states);
    states.push(stateOf(row, of.columns));
  }
  return byId;
}

/** In most views nothing changed since, and in new ones nothing ever did. */
async function haveVersions(tx: Transaction, { source, view }: StatesOf, since: string): Promise<boolean> {
  const table = versionsTable(source, view);
  const [is] = await tx.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [table]);
  if (is?.there !== true) return false;
  const [some] = await tx.query(`SELECT 1 FROM ${table} WHERE _to > $1 LIMIT 1`, [since]);
  return some !== undefined;
}

function stateOf(row: Found, columns: readonly string[]): SourceState {
  const { _change: change, _since: since, _removed: removed } = row;
  return { change, since, removed, values: columns.map((name) => row[name] ?? null) };
}
