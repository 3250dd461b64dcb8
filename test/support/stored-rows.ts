import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { query } from './bases.ts';
import { columns, type TestState } from './deployment.ts';

/** A row of the base: its values, and the change number that tells whether it was written since. */
export interface StoredRow {
  readonly values: string;
  readonly change: string;
}

/** What the base holds of a state, by id; empty before its first page. */
export async function storedRows(base: Base, uf: string): Promise<Map<string, StoredRow>> {
  const table = `fonte_${uf.toLowerCase()}.custodiado`;
  const [there] = await query<{ found: string | null }>(base, 'SELECT to_regclass($1)::text AS found', [
    table,
  ]);
  if ((there?.found ?? null) === null) return new Map();
  const rows = await query<{ id: string; values: string; change: string }>(
    base,
    `SELECT id, concat_ws('|', ${columns.join(', ')}) AS values, _change::text AS change FROM ${table}`,
  );
  return new Map(rows.map(({ id, values, change }) => [id, { values, change }]));
}

/** The base equals the source, row by row. */
export function sameAsSource(t: Test, stored: ReadonlyMap<string, StoredRow>, state: TestState): void {
  const rows = state.rows();
  const missing = [...rows.keys()].filter((id) => !stored.has(id));
  const different = [...stored].filter(([id, { values }]) => rows.get(id) !== values).map(([id]) => id);
  t.strictSame(missing.slice(0, 5), [], `no row of ${rows.size} is missing`);
  t.strictSame(different.slice(0, 5), [], 'no row is different, none is invented');
}

/** A row that has the values that it had was not written again, not even with the same values. */
export function sameChanges(
  t: Test,
  before: ReadonlyMap<string, StoredRow>,
  after: ReadonlyMap<string, StoredRow>,
): void {
  const equal = [...before].filter(([id, { values }]) => after.get(id)?.values === values);
  const again = equal.filter(([id, { change }]) => after.get(id)?.change !== change);
  t.strictSame(again.slice(0, 5), [], `none of ${equal.length} equal rows was written twice`);
}

/** Pages that the base has loaded of a state. */
export async function loadsOf(base: Base, uf: string): Promise<number> {
  const [there] = await query<{ found: string | null }>(
    base,
    `SELECT to_regclass('guarita.view')::text AS found`,
  );
  if ((there?.found ?? null) === null) return 0;
  const [row] = await query<{ loads: number }>(
    base,
    'SELECT loads::int FROM guarita.view WHERE source = $1',
    [uf],
  );
  return row?.loads ?? 0;
}
