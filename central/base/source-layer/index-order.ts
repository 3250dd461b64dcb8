import type { Questions } from '../base.ts';

/**
 * Has what the transaction asks be read in the order of an index, or not in order at all. Of a table that was never
 * analysed the planner takes what is left of it for a few rows, and would read and sort all of that for each page.
 */
export async function inIndexOrder(questions: Questions): Promise<void> {
  const off = ['enable_sort', 'enable_incremental_sort'].map((name) => `set_config('${name}', 'off', true)`);
  await questions.query(`SELECT ${off.join(', ')}`);
}
