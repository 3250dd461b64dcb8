import { GuaritaError } from '../../../shared/errors.ts';
import type { Transaction } from '../base.ts';
import type { LoadOptions } from './load-options.ts';
import type { ViewTarget } from './source-schema.ts';

/** What a page finds when it is its turn. */
export interface Turn {
  readonly loads: string;
  /** Rows of the view that the source still has. */
  readonly rows: string;
  /** Open entries of quarantine, counted up to one more than `fewEntries`. */
  readonly quarantine: number;
  /** The last number of a change that the view may have. */
  readonly lastChange: string;
  /** Somebody of the source was forgotten; read under the view's lock, which who forgets takes as well. */
  readonly forgets: boolean;
}

/** So many keys are looked for one by one in a moment: 2 µs each. */
export const fewEntries = 1000;

/**
 * Takes the view's row lock, so that pages commit one after the other and `_change` grows in commit order, and keeps
 * where the page leads to.
 */
export async function takeTurn(
  tx: Transaction,
  target: ViewTarget,
  { expectedLoads, cursor }: LoadOptions,
): Promise<Turn> {
  const [turn] = await tx.query<Turn>(
    `UPDATE guarita.view SET loads = loads + 1, last_loaded = now(),
        cursor = coalesce($4, cursor), cycle_complete = coalesce($5, cycle_complete),
        names_moved = names_moved AND NOT coalesce($5, false)
      WHERE source = $1 AND view = $2 AND loads = $3
      RETURNING loads::text, rows::text, (SELECT count(*)::int FROM (
          SELECT FROM guarita.quarantine WHERE source = $1 AND view = $2 AND resolved IS NULL
           LIMIT ${fewEntries + 1}) q) AS quarantine,
        (SELECT CASE WHEN is_called THEN last_value ELSE 0 END::text FROM guarita.change) AS "lastChange", forgets`,
    [target.source, target.view.name, expectedLoads, cursor?.next ?? null, cursor?.complete ?? null],
  );
  if (turn === undefined) throw new GuaritaError('source-busy', `Visão "${target.view.name}".`);
  return turn;
}

/** Counts what a page has added to the rows that the source still has. */
export async function countRows(tx: Transaction, { source, view }: ViewTarget, more: number): Promise<void> {
  if (more === 0) return;
  await tx.query('UPDATE guarita.view SET rows = rows + $3 WHERE source = $1 AND view = $2', [
    source,
    view.name,
    more,
  ]);
}
