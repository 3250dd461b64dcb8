import { GuaritaError } from '../../../shared/errors.ts';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import type { Transaction } from '../base.ts';
import { quoteName } from '../names.ts';
import type { ViewTarget } from './source-schema.ts';

/** How the rows of a staging table stand to those of the view's table. */
export interface Comparison {
  readonly absent: number;
  readonly differing: number;
  /** Those of the differing ones that were marked as removed. */
  readonly back: number;
  /** Rows that cannot be loaded as they are. */
  readonly flawed: number;
}

/**
 * How a page is joined with the table of its view. A page is small and the table may be huge, but of a staging table
 * that was never analysed the planner knows neither: it would read the whole table for every page (measured: 240 ms a
 * page at the first, 480 at the fiftieth).
 */
export const lookUpByKey =
  'SET LOCAL enable_nestloop = on; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/**
 * How it is joined with the open entries of its view, which may be none or a million, and which the planner may know
 * as little: the other way it might compare each with each.
 */
export const lookUpByHash =
  'SET LOCAL enable_nestloop = off; SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = off';

/** What there is to do, found with one look-up by key. @param flawed condition on a row `s` of the staging table */
export async function compare(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  flawed: string,
): Promise<Comparison> {
  const { sameKey, absent, differs } = mergeTerms(target);
  const [seen] = await tx.query<Comparison>(`
    SELECT (count(*) FILTER (WHERE ${absent}))::int AS absent,
           (count(*) FILTER (WHERE ${differs}))::int AS differing,
           (count(*) FILTER (WHERE t._removed IS NOT NULL))::int AS back,
           (count(*) FILTER (WHERE ${flawed}))::int AS flawed
      FROM ${staging} s LEFT JOIN ${target.table} t ON ${sameKey}`);
  return seen ?? { absent: 0, differing: 0, back: 0, flawed: 0 };
}

/**
 * Writes what the comparison found, and nothing else. Throws `row-breaks-key` when a key stands twice in the staging
 * table, unless both rows are as the view's table has them: nothing is written then.
 *
 * No ON CONFLICT: the turn keeps other writers away, and its speculative insert costs a fifth of the load. A key
 * that stands twice breaks the primary key, as it should.
 */
export async function merge(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  rows: number,
  { absent, differing }: Comparison,
): Promise<void> {
  const terms = mergeTerms(target);
  const { sameKey, differs, data } = terms;
  // Changed rows first: to the other statement they are rows that are there.
  if (differing > 0) {
    const updated = await change(tx, target, {
      of: `${staging} s JOIN ${target.table} t ON ${sameKey} WHERE ${differs}`,
      needs: terms.changing.map((name) => `s.${name}`),
      sets: [
        ...['_last_changed = now()', '_removed = NULL', '_removed_run = NULL'],
        ...terms.changing.map((name) => `${name} = c.${name}`),
      ],
    });
    // Twice the same row would be written once, two different ones again by each load.
    const after = await compare(tx, target, staging, 'false');
    if (updated !== differing || after.differing !== 0) {
      throw new GuaritaError('row-breaks-key', `Visão "${target.view.name}".`);
    }
  }
  if (absent === 0) return;
  const insert = `
    INSERT INTO ${target.table} (_change, _first_seen, _last_changed, ${data.join(', ')})
    SELECT nextval('guarita.change'), now(), now(), ${data.map((name) => `s.${name}`).join(', ')}
      FROM ${staging} s`;
  // Where nothing of the page is there, as in a first load, nothing needs to be looked up again.
  const there = `LEFT JOIN ${target.table} t ON ${sameKey} WHERE ${terms.absent}`;
  await tx.execute(absent === rows ? insert : `${insert} ${there}`);
}

/** Marks the rows that the page says are gone and that were not marked yet; returns how many they were. */
export async function markRemoved(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  run: number,
): Promise<number> {
  const key = target.view.key.map(quoteName).join(', ');
  const gone = `(SELECT DISTINCT ${key} FROM ${staging} WHERE _mark = '{-1}') s`;
  return change(tx, target, {
    of: `${gone} JOIN ${target.table} t ON ${sameKey(target)} WHERE t._removed IS NULL`,
    needs: [],
    sets: ['_removed = now()', '_removed_run = $1'],
    parameters: [run],
  });
}

/** Keys of the rows that the page says are gone and that are not marked. */
export async function goneRows(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
): Promise<(readonly KeyText[])[]> {
  const key = target.view.key.map((name) => `t.${quoteName(name)}`);
  const rows = await tx.query<{ key: readonly string[] }>(
    `SELECT DISTINCT ARRAY[${key.join(', ')}] AS key
       FROM ${staging} s JOIN ${target.table} t ON ${mergeTerms(target).sameKey}
      WHERE s._mark = '{-1}' AND t._removed IS NULL`,
  );
  return rows.map((row) => row.key);
}

interface Change {
  /** The rows `t` of the view's table that change, from FROM on, and what they change by. */
  readonly of: string;
  /** What `sets` needs of it, as columns of `c`. */
  readonly needs: readonly string[];
  readonly sets: readonly string[];
  readonly parameters?: readonly unknown[];
}

/**
 * Changes rows, keeps what each of them was, and returns how many they were: of a row that is found twice, once, and
 * that must not stay so. All in one statement: it sees the table as it was, and a row's number of change is also where
 * its version ends.
 */
async function change(
  tx: Transaction,
  target: ViewTarget,
  { of, needs, sets, parameters = [] }: Change,
): Promise<number> {
  const kept = ['_digest', '_last_changed', '_removed', '_removed_run', ...target.kept.map(quoteName)];
  const sql = `
    WITH changes AS MATERIALIZED (
      SELECT t AS _was, t.ctid AS _row, nextval('guarita.change') AS _to${needs.map((name) => `, ${name}`).join('')}
        FROM ${of}
    ), versions AS (
      INSERT INTO ${target.versions} (_from, _to, ${kept.join(', ')})
      SELECT (_was)._change, _to, ${kept.map((name) => `(_was).${name}`).join(', ')} FROM changes
    ), changed AS (
      UPDATE ${target.table} t SET _change = c._to, ${sets.join(', ')}
        FROM changes c WHERE t.ctid = c._row
      RETURNING 1)
    SELECT count(*)::int AS rows FROM changed`;
  const [changed] = await tx.query<{ rows: number }>(sql, parameters);
  return changed?.rows ?? 0;
}

/** A row `t` of the view's table has the key of a row `s` of a staging table. */
export function sameKey({ view }: ViewTarget): string {
  return view.key.map((name) => `t.${quoteName(name)} = s.${quoteName(name)}`).join(' AND ');
}

function mergeTerms(target: ViewTarget) {
  const { view } = target;
  const key = view.key.map(quoteName);
  const columns = view.columns.map(({ name }) => quoteName(name));
  return {
    data: ['_digest', ...columns],
    /** What an update sets: of rows of one key all but the key. */
    changing: ['_digest', ...columns.filter((name) => !key.includes(name))],
    sameKey: sameKey(target),
    absent: 't._digest IS NULL',
    differs: `(t._digest <> s._digest OR t._removed IS NOT NULL ${target.namesMoved ? orByName(columns) : ''})`,
  };
}

/** The digest says nothing of the names that values have. */
function orByName(columns: readonly string[]): string {
  const of = (alias: string) => columns.map((name) => `${alias}.${name}`).join(', ');
  return `OR t._digest IS NOT NULL AND ROW(${of('t')}) IS DISTINCT FROM ROW(${of('s')})`;
}
