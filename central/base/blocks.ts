import type { Base, Transaction, TransactionOptions } from './base.ts';
import { inSteps } from './steps.ts';

/** A quarter of what was seen on two processors: 18 blocks of narrow rows, summed up, a millisecond. */
const firstBlocksPerMillisecond = 5;

/**
 * Reads a whole table that nobody writes to meanwhile, in steps (`steps.ts`): each reads some of its blocks, which needs
 * no index (a TID range scan). Rows that are written between two steps may be read twice or not at all.
 *
 * @param table its name as SQL takes it
 * @param read reads the rows of some blocks; `where` is a condition on the table's alias `t`
 */
export async function readByBlocks(
  base: Base,
  table: string,
  read: (tx: Transaction, where: string) => Promise<void>,
  options: TransactionOptions = {},
): Promise<void> {
  let from = 0;
  let blocks: number | null = null;
  await inSteps(
    base,
    async (tx, most) => {
      blocks ??= await blocksOf(tx, table);
      // An empty table, too, is read once.
      if (from > 0 && from >= blocks) return 0;
      const to = from + most;
      // The last step has no end: of a table that grew, all is read.
      const below = to < blocks ? ` AND t.ctid < '(${to},0)'` : '';
      await read(tx, `t.ctid >= '(${from},0)'${below}`);
      from = to;
      return most;
    },
    { use: 'loading', ...options, first: firstBlocksPerMillisecond * base.stepMilliseconds },
  );
}

async function blocksOf(tx: Transaction, table: string): Promise<number> {
  const [size] = await tx.query<{ blocks: number }>(
    `SELECT (pg_relation_size($1::regclass) / current_setting('block_size')::int)::int AS blocks`,
    [table],
  );
  return size?.blocks ?? 0;
}
