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
 * Loads one page in one transaction: its bytes by COPY into a staging table, then one merge. Only rows that are
 * absent or whose digest differs reach the table, so loading a page again writes nothing (invariant 4).
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
    await tx.execute(createStaging(target, staging));
    const copied = await tx.copyIn(staging, page.lines);
    if (copied !== page.rows) {
      throw new GuaritaError('page-invalid', `It says ${page.rows} rows and has ${copied}.`);
    }
    const [merged] = await tx.query<{ written: number; added: number }>(mergeStatement(target, staging));
    const { written = 0, added = 0 } = merged ?? {};
    return { new: added, changed: written - added, unchanged: page.rows - written, loads };
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
  return `pg_temp.staging_${hash('sha256', shape, 'hex').slice(0, 24)}`;
}

function createStaging(target: ViewTarget, staging: string): string {
  const columns = target.view.columns.map(({ name }) =>
    target.view.key.includes(name)
      ? `${escapeIdentifier(name)} text COLLATE "C"`
      : `${escapeIdentifier(name)} text`,
  );
  return `CREATE TEMP TABLE IF NOT EXISTS ${staging.replace('pg_temp.', '')} (
    _digest bigint, _undecodable smallint[], ${columns.join(', ')}) ON COMMIT DELETE ROWS`;
}

/**
 * The anti-join keeps equal rows away from ON CONFLICT, which would write them again: measured at 8 times the speed
 * of an unconditional upsert when nothing changed, and without WAL. A row is new when this transaction first saw it.
 */
function mergeStatement(target: ViewTarget, staging: string): string {
  const names = target.view.columns.map(({ name }) => escapeIdentifier(name));
  const key = target.view.key.map(escapeIdentifier);
  const data = ['_digest', '_undecodable', ...names];
  const rest = data.filter((name) => !key.includes(name));
  return `
    WITH merged AS (
      INSERT INTO ${target.table} AS t (_change, _first_seen, _last_changed, ${data.join(', ')})
      SELECT nextval('guarita.change'), now(), now(), ${data.map((name) => `s.${name}`).join(', ')}
        FROM ${staging} s
        LEFT JOIN ${target.table} t ON ${key.map((name) => `t.${name} = s.${name}`).join(' AND ')}
       WHERE t._digest IS DISTINCT FROM s._digest OR t._removed IS NOT NULL
      ON CONFLICT (${key.join(', ')}) DO UPDATE
         SET _change = excluded._change, _last_changed = excluded._last_changed, _removed = NULL,
             ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}
      RETURNING t._first_seen = t._last_changed AS added
    )
    SELECT count(*)::int AS written, (count(*) FILTER (WHERE added))::int AS added FROM merged`;
}
