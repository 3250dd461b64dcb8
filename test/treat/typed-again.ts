import type { Base } from '../../central/base/base.ts';
import { typedView } from '../../central/base/national-layer/typed-views.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { thisCleaning } from '../../central/treat/type/cleaning.ts';
import { retypeRows } from '../../central/treat/type/retype-rows.ts';
import { query } from '../support/bases.ts';
import { requireAsFromNothing } from './incremental.ts';
import { SmallState } from './small-state/small-state.ts';
import { columnsOf } from './small-state/values.ts';

/**
 * A row that moves while others are typed again for a code, and is one of them: it is stored as it was later than the
 * mark of its view says, and comes again when the mark comes to it.
 */
export async function typedAgainBeforeItsMark(base: Base): Promise<void> {
  const state = await SmallState.on(base, rules);
  await state.treat();
  const of = { source: 'AL', view: 'custodia', id: '1' } as const;
  const place = columnsOf('custodia').indexOf('regime');
  for (const pick of [3, 0]) await state.happens({ kind: 'write', of, picks: [[place, pick]] });
  await query(base, `INSERT INTO nacional.retratar (fonte, visao, id) VALUES ('AL', 'custodia', '1')`);
  const view = typedView('custodia');
  if (view === undefined) throw new Error('there is no such view');
  const columns = ['id', ...columnsOf('custodia')];
  await retypeRows(base, { source: 'AL', view, columns, cleaning: thisCleaning });
  await requireAsFromNothing(base, state);
}
