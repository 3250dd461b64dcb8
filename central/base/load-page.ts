import { hash } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { GuaritaError } from '../../shared/errors.ts';
import type { Base, Transaction } from './base.ts';
import type { ViewTarget } from './source-schema.ts';

/** What loading a page did to the base. */
export interface LoadResult {
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Pages loaded into the view, this one included. */
  readonly loads: number;
}

/**
 * Loads one page in one transaction: its bytes by COPY into a staging table, then a merge from there. One look-up by
 * key tells absent, differing and equal rows apart; only the first two are written, so loading a page again writes
 * nothing (invariant 4).
 *
 * @param expectedLoads pages loaded so far, as this collector knows it. When the base says otherwise another
 *   collector is at work, and nothing is loaded (`source-busy`).
 * Throws `page-invalid`, `row-breaks-key`, `base-unavailable`, `base-failed`.
 */
export async function loadPage(
  base: Base,
  target: ViewTarget,
  page: { readonly lines: Buffer; readonly rows: number },
  expectedLoads: number,
): Promise<LoadResult> {
  return base.transaction(async (tx) => {
    const loads = await takeTurn(tx, target, expectedLoads);
    if (page.rows === 0) return { new: 0, changed: 0, unchanged: 0, loads };
    const staging = stagingName(target);
    await tx.execute(`${createStaging(target, staging)}; ${lookUpByKey}`);
    const copied = await tx.copyIn(staging, page.lines);
    if (copied !== page.rows) {
      throw new GuaritaError('page-invalid', `It says ${page.rows} rows and has ${copied}.`);
    }
    const counts = await merge(tx, target, staging, page.rows);
    return { ...counts, unchanged: page.rows - counts.new - counts.changed, loads };
  });
}

/** Takes the view's row lock, so that pages commit one after the other and `_change` grows in commit order. */
async function takeTurn(tx: Transaction, target: ViewTarget, expectedLoads: number): Promise<number> {
  const [turn] = await tx.query<{ loads: string }>(
    `UPDATE guarita.view SET loads = loads + 1, last_loaded = now()
      WHERE source = $1 AND view = $2 AND loads = $3 RETURNING loads::text`,
    [target.source, target.view.name, expectedLoads],
  );
  if (turn === undefined) throw new GuaritaError('source-busy', `View "${target.view.name}".`);
  return Number(turn.loads);
}

/** One a connection, view and shape; emptied by each commit. */
function stagingName(target: ViewTarget): string {
  const shape = `${target.table}/${target.view.fingerprint}`;
  return `staging_${hash('sha256', shape, 'hex').slice(0, 24)}`;
}

function createStaging(target: ViewTarget, staging: string): string {
  const columns = target.view.columns.map(({ name }) =>
    target.view.key.includes(name)
      ? `${escapeIdentifier(name)} text COLLATE "C"`
      : `${escapeIdentifier(name)} text`,
  );
  return `CREATE TEMP TABLE IF NOT EXISTS ${staging} (
    _digest bigint, _undecodable smallint[], ${columns.join(', ')}) ON COMMIT DELETE ROWS`;
}

/**
 * A page is small and the table may be huge, but of a staging table that was never analysed the planner knows
 * neither: it would read the whole table for every page (measured: 240 ms a page at the first, 480 at the fiftieth).
 */
const lookUpByKey = 'SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off';

/**
 * No ON CONFLICT: the turn keeps other writers away, and its speculative insert costs a fifth of the load. A key
 * that stands twice in the page breaks the primary key, as it should.
 */
async function merge(
  tx: Transaction,
  target: ViewTarget,
  staging: string,
  rows: number,
): Promise<{ new: number; changed: number }> {
  const statements = mergeStatements(target, staging);
  const [seen] = await tx.query<{ absent: number; differing: number }>(statements.compare);
  const { absent = 0, differing = 0 } = seen ?? {};
  // Changed rows first: to the other statement they are rows that are there.
  if (differing > 0) {
    await tx.execute(statements.update);
    // A key that stands twice in the page, each time another row: one of them differs still, and would be written
    // again by each load.
    const [after] = await tx.query<{ differing: number }>(statements.compare);
    if (after?.differing !== 0) throw new GuaritaError('row-breaks-key', `View "${target.view.name}".`);
  }
  // Where nothing of the page is there, as in a first load, nothing needs to be looked up again.
  if (absent > 0) await tx.execute(absent === rows ? statements.insertAll : statements.insertAbsent);
  return { new: absent, changed: differing };
}

function mergeStatements(target: ViewTarget, staging: string) {
  const key = target.view.key.map(escapeIdentifier);
  const data = ['_digest', '_undecodable', ...target.view.columns.map(({ name }) => escapeIdentifier(name))];
  const sameKey = key.map((name) => `t.${name} = s.${name}`).join(' AND ');
  const isAbsent = 't._digest IS NULL';
  const differs = '(t._digest <> s._digest OR t._removed IS NOT NULL)';
  const staged = data.map((name) => `s.${name}`).join(', ');
  const assignments = data.filter((name) => !key.includes(name)).map((name) => `${name} = s.${name}`);
  const insertAll = `
      INSERT INTO ${target.table} (_change, _first_seen, _last_changed, ${data.join(', ')})
      SELECT nextval('guarita.change'), now(), now(), ${staged}
        FROM ${staging} s`;
  return {
    compare: `
      SELECT (count(*) FILTER (WHERE ${isAbsent}))::int AS absent, (count(*) FILTER (WHERE ${differs}))::int AS differing
        FROM ${staging} s LEFT JOIN ${target.table} t ON ${sameKey}`,
    update: `
      UPDATE ${target.table} t
         SET _change = nextval('guarita.change'), _last_changed = now(), _removed = NULL, ${assignments.join(', ')}
        FROM ${staging} s
       WHERE ${sameKey} AND ${differs}`,
    insertAll,
    insertAbsent: `${insertAll} LEFT JOIN ${target.table} t ON ${sameKey} WHERE ${isAbsent}`,
  };
}
