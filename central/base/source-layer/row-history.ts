import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import { quoteName, sourceTable, versionsTable } from '../names.ts';

/** A view of a source as the base holds it: what is needed to find a row in it, without the source. */
export interface StoredView {
  readonly source: string;
  readonly view: string;
  readonly key: readonly string[];
  /** What changed up to this number was loaded before versions and pages were kept. */
  readonly keptSince: string;
}

/** What a row was from one change on, up to the next. */
export interface RowState {
  /** 1 is the oldest that is kept. */
  readonly number: number;
  /** The change by which it came to be so. */
  readonly from: string;
  /** The change by which it was so no more; null for what it is now. */
  readonly to: string | null;
  /** When it was loaded, or seen to be gone, ISO 8601 in UTC. */
  readonly since: string;
  /** The source had it no more; its values are those that it had. */
  readonly removed: boolean;
  /** Which run brought it; null where that was not kept. */
  readonly run: string | null;
  readonly digest: string;
  /** Columns of the view that were ever loaded, by name. */
  readonly values: Readonly<Record<string, string | null>>;
}

/** Views that the base holds, of one source or of all. */
export async function storedViews(questions: Questions, source?: string): Promise<StoredView[]> {
  return questions.query<StoredView>(
    `SELECT source, view, key, kept_since::text AS "keptSince" FROM guarita.view
      WHERE $1::text IS NULL OR source = $1 ORDER BY source, view`,
    [source ?? null],
  );
}

/**
 * When a row was seen for the first time (ISO 8601, UTC), by which change it came to be what it is now, and how many
 * states of it are kept; null for no such row.
 */
export async function findRow(
  questions: Questions,
  of: StoredView,
  key: readonly string[],
): Promise<{ readonly firstSeen: string; readonly change: string; readonly states: number } | null> {
  const versions = await versionsOf(questions, of);
  const [row] = await questions.query<{ firstSeen: string; change: string; states: number }>(
    `SELECT ${instant('t._first_seen')} AS "firstSeen", t._change::text AS change,
            1 ${versions === null ? '' : `+ (SELECT count(*)::int FROM ${versions} v WHERE ${hasKey(of, 'v')})`} AS states
       FROM ${sourceTable(of.source, of.view)} t WHERE ${hasKey(of, 't')}`,
    key,
  );
  return row ?? null;
}

/**
 * The states of a row with these numbers, the oldest first; a few of them are in memory at once.
 * @param first the first of them, from 1
 */
export async function* rowStates(
  questions: Questions,
  of: StoredView,
  key: readonly string[],
  { first, last }: { readonly first: number; readonly last: number },
): AsyncGenerator<RowState, void> {
  const versions = await versionsOf(questions, of);
  // What a column that 0.1.0 had lost already was at another time, no version says.
  const named = await columnsOf(questions, versions ?? sourceTable(of.source, of.view));
  const columns = named.map(quoteName).join(', ');
  const [source, view] = [`$${of.key.length + 1}`, `$${of.key.length + 2}`];
  const sql = `
    SELECT _number, _from::text, _to::text, ${instant('coalesce(_removed, _last_changed)')} AS _since,
           _removed IS NOT NULL AS _gone, _digest::text,
           coalesce(_removed_run, (SELECT CASE WHEN p.after_change < n._from THEN p.run END
              FROM guarita.pagina p WHERE p.source = ${source} AND p.view = ${view} AND p.last_change >= n._from
             ORDER BY p.last_change LIMIT 1))::text AS _run, ${columns}
      FROM (${numbered(of, versions, `_digest, _removed_run, ${columns}`)}) n
     WHERE _number BETWEEN ${first} AND ${last} ORDER BY _number`;
  const parts = questions.rows<Stored>(sql, [...key, of.source, of.view], { atOnce: 4 });
  for await (const rows of parts) for (const row of rows) yield stateOf(row);
}

/** A row's state at a time, as the source layer has it. */
export type StateThen = Pick<RowState, 'number' | 'from' | 'since' | 'removed'>;

/** The last state of a row that began before an instant (ISO 8601); null where none of those that are kept did. */
export async function stateBefore(
  questions: Questions,
  of: StoredView,
  key: readonly string[],
  then: string,
): Promise<StateThen | null> {
  const [state] = await questions.query<StateThen>(
    `SELECT _number AS number, _from::text AS from, ${instant('coalesce(_removed, _last_changed)')} AS since,
            _removed IS NOT NULL AS removed
       FROM (${numbered(of, await versionsOf(questions, of))}) n
      WHERE coalesce(_removed, _last_changed) < $${of.key.length + 1} ORDER BY _from DESC LIMIT 1`,
    [...key, then],
  );
  return state ?? null;
}

/** All states of a row that are kept, with their numbers. @param more of their columns */
function numbered(of: StoredView, versions: string | null, more?: string): string {
  const own = ['_last_changed', '_removed', ...(more === undefined ? [] : [more])].join(', ');
  const earlier =
    versions === null
      ? ''
      : `UNION ALL SELECT _from, _to, ${own} FROM ${versions} v WHERE ${hasKey(of, 'v')}`;
  return `SELECT (row_number() OVER (ORDER BY s._from))::int AS _number, s.*
            FROM (SELECT _change AS _from, NULL::bigint AS _to, ${own}
                    FROM ${sourceTable(of.source, of.view)} t WHERE ${hasKey(of, 't')} ${earlier}) s`;
}

type Stored = Readonly<
  Record<'_from' | '_since' | '_digest', string> &
    Record<'_to' | '_run', string | null> & { _number: number; _gone: boolean }
>;

function stateOf(row: Stored): RowState {
  const {
    _number: number,
    _from: from,
    _to: to,
    _since: since,
    _gone: removed,
    _run: run,
    _digest: digest,
    ...values
  } = row;
  return { number, from, to, since, removed, run, digest, values };
}

const hasKey = ({ key }: StoredView, alias: string) =>
  key.map((name, index) => `${alias}.${quoteName(name)} = $${index + 1}`).join(' AND ');

/** Null where the view has not been loaded since version 0.1.0. */
async function versionsOf(questions: Questions, { source, view }: StoredView): Promise<string | null> {
  const table = versionsTable(source, view);
  const [there] = await questions.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [table]);
  return there?.is === true ? table : null;
}

async function columnsOf(questions: Questions, table: string): Promise<string[]> {
  const columns = await questions.query<{ name: string }>(
    `SELECT attname AS name FROM pg_attribute
      WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped AND attname NOT LIKE '\\_%' ORDER BY attnum`,
    [table],
  );
  return columns.map(({ name }) => name);
}
