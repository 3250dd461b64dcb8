import { wordForm } from '../../../shared/cleaning/codes/word-form.ts';
import type { Base, TransactionOptions } from '../../base/base.ts';
import {
  type Assigned,
  assignedBy,
  assignments,
  treatAgain,
  wordsOf,
} from '../../base/national-layer/code-maps.ts';
import { holdMark, moveMark } from '../../base/national-layer/marks.ts';
import type { ViewToTreat } from '../../base/national-layer/treated-sources.ts';

/**
 * What people have assigned to a source's words by now. Rows that have a word which was assigned since the last time, or
 * ever had it, are treated again: they are set down before the assignment counts, in one transaction.
 */
export function followAssignments(
  base: Base,
  source: string,
  views: readonly ViewToTreat[],
  options: TransactionOptions,
): Promise<Assigned> {
  return base.transaction(
    async (tx) => {
      const mark = { source, view: '', step: 'de_para', version: '1' };
      const { change } = await holdMark(tx, mark);
      const all = await assignments(tx, source, '0');
      const fresh = all.filter(({ number }) => BigInt(number) > BigInt(change));
      for (const [column, assigned] of Map.groupBy(fresh, ({ column }) => column)) {
        const [view = '', name = ''] = column.split('.');
        if (views.find((each) => each.view === view)?.columns.includes(name) !== true) continue;
        const forms = new Set(assigned.map(({ word }) => word));
        const words = (await wordsOf(tx, source, view, name)).filter((word) =>
          forms.has(wordForm(word) ?? ''),
        );
        await treatAgain(tx, source, view, name, words);
      }
      const last = all.at(-1)?.number ?? '0';
      await moveMark(tx, mark, { change: last, complete: true });
      return assignedBy(all);
    },
    { use: 'treating', ...options },
  );
}
