import { GuaritaError } from '../../../shared/errors.ts';
import type { Base, Questions, TransactionOptions } from '../base.ts';
import { ownLimits } from '../uses.ts';
import type { ViewTarget } from './source-schema.ts';

/** What serves questions over `_change` of a view's table. */
interface ChangeIndexes {
  /** There is one that gives the rows in this order. */
  readonly ready: boolean;
  /** Others, as SQL takes their names: version 0.1.0 made a BRIN index, which gives no order and dissolves by updates. */
  readonly others: readonly string[];
}

/**
 * Has the planner read by the index, or leaves it the choice again. Of a table that was never analysed, or changed since,
 * it would rather read all and sort.
 */
export function byIndex(only: 'on' | 'off'): string {
  const others = ['seqscan', 'bitmapscan', 'sort'];
  return others.map((name) => `SET LOCAL enable_${name} TO ${only === 'on' ? 'off' : 'DEFAULT'}`).join('; ');
}

/** One look into the catalog. @param table its name as SQL takes it; one that is not there has none */
export async function changeIndexes(questions: Questions, table: string): Promise<ChangeIndexes> {
  const indexes = await questions.query<{ name: string; ordered: boolean; old: boolean }>(
    `SELECT i.indexrelid::regclass::text AS name, a.amname = 'btree' AND i.indisvalid AS ordered,
            a.amname = 'brin' AND i.indnkeyatts = 1 AS old
       FROM pg_index i
       JOIN pg_class c ON c.oid = i.indexrelid
       JOIN pg_am a ON a.oid = c.relam
       JOIN pg_attribute t ON t.attrelid = i.indrelid AND t.attnum = i.indkey[0]
      WHERE i.indrelid = to_regclass($1) AND t.attname = '_change' AND i.indpred IS NULL`,
    [table],
  );
  return {
    ready: indexes.some(({ ordered }) => ordered),
    others: indexes.filter(({ old }) => old).map(({ name }) => name),
  };
}

/**
 * The index by which `changesSince` reads, for a view that was read to its end: there from the start it costs a first
 * load 17 %, built afterwards 0.4 s a million rows (docs/decisions/0027). In one transaction: cut off, it leaves
 * nothing, and is done the next time. Meanwhile the table can be read and not written.
 *
 * Returns whether it is there: false when it was stopped, or when others hold the table. Throws the errors of Base.
 */
export async function ensureChangeIndex(
  base: Base,
  { table }: Pick<ViewTarget, 'table'>,
  signal?: AbortSignal,
): Promise<boolean> {
  const limits = { timeoutSeconds: ownLimits.treating.timeoutSeconds, signal };
  const found = await base.transaction((tx) => changeIndexes(tx, table));
  const there = found.ready || (await unlessHeld(() => build(base, table, limits), signal));
  // One too many costs little: it goes when nobody reads, without making others wait for those who do.
  if (there && found.others.length > 0) {
    await unlessHeld(() => drop(base, found.others, { signal }), signal);
  }
  return there;
}

function build(base: Base, table: string, limits: TransactionOptions): Promise<void> {
  return base.transaction(async (tx) => {
    // Another central may be at it.
    await tx.execute(`LOCK TABLE ${table} IN SHARE ROW EXCLUSIVE MODE`);
    const { ready } = await changeIndexes(tx, table);
    if (!ready) await tx.execute(`CREATE INDEX ON ${table} (_change)`);
  }, limits);
}

function drop(base: Base, indexes: readonly string[], limits: TransactionOptions): Promise<void> {
  return base.transaction(
    (tx) => tx.execute(`SET LOCAL lock_timeout TO '1s'; DROP INDEX IF EXISTS ${indexes.join(', ')}`),
    limits,
  );
}

/** Whether it was done: not where it was stopped, nor where a lock could not be had (SQLSTATE 55P03). */
async function unlessHeld(work: () => Promise<void>, signal: AbortSignal | undefined): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    const stopped = signal?.aborted === true && error === signal.reason;
    if (stopped || (error instanceof GuaritaError && error.detail === 'SQLSTATE 55P03.')) return false;
    throw error;
  }
}
