import { wordForm } from '../../../shared/cleaning/codes/word-form.ts';
import type { Base, Transaction, TransactionOptions } from '../../base/base.ts';
import { readByBlocks } from '../../base/blocks.ts';
import { sourceTable, versionsTable } from '../../base/names.ts';
import { assignments, treatAgain, wordsIn } from '../../base/national-layer/code-maps.ts';
import { holdMark, moveMark } from '../../base/national-layer/marks.ts';
import type { ViewToTreat } from '../../base/national-layer/treated-sources.ts';
import { columnsIn } from '../../base/source-layer/view-tables.ts';

/**
 * Has the rows treated again that have a word which was assigned since the last time, or ever had it. They are looked for
 * in steps, all blocks of a table after each other: a row that a page moves meanwhile is typed by what is assigned now.
 */
export async function followAssignments(
  base: Base,
  source: string,
  views: readonly ViewToTreat[],
  options: TransactionOptions,
): Promise<void> {
  const limits = { use: 'treating', ...options } as const;
  const mark = { source, view: '', step: 'de_para', version: '1' };
  const fresh = await base.transaction(async (tx) => {
    const { change } = await holdMark(tx, mark);
    return assignments(tx, source, change);
  }, limits);
  for (const [column, assigned] of Map.groupBy(fresh, (each) => each.column)) {
    const [view = '', name = ''] = column.split('.');
    if (views.find((each) => each.view === view)?.columns.includes(name) !== true) continue;
    const forms = new Set(assigned.map(({ word }) => word));
    for (const table of [sourceTable(source, view), versionsTable(source, view)]) {
      const there = await base.snapshot((questions) => columnsIn(questions, table), limits);
      if (!there.includes(name)) continue;
      const lookIn = async (tx: Transaction, where: string) => {
        const words = await wordsIn(tx, table, name, where);
        const own = words.filter((word) => forms.has(wordForm(word) ?? ''));
        if (own.length > 0) await treatAgain(tx, { source, view, table, column: name }, own, where);
      };
      await readByBlocks(base, table, lookIn, limits);
    }
  }
  const last = fresh.at(-1)?.number;
  if (last === undefined) return;
  await base.transaction(async (tx) => {
    const { change } = await holdMark(tx, mark);
    if (BigInt(change) < BigInt(last)) await moveMark(tx, mark, { change: last, complete: true });
  }, limits);
}
