import type { Base } from '../../central/base/base.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { requireAsFromNothing } from './incremental.ts';
import { SmallState } from './small-state/small-state.ts';

/** Two rows change, and the first of them again: a step of one row ends between what it was and what it is. */
export async function movedAgainAfterAStep(base: Base): Promise<void> {
  const state = await SmallState.on(base, rules);
  await state.treat();
  const picks = [
    ['1', 2],
    ['2', 4],
    ['1', 4],
  ] as const;
  for (const [id, pick] of picks) {
    const of = { source: 'AL', view: 'custodiado', id } as const;
    await state.happens({ kind: 'write', of, picks: [[0, pick]] });
  }
  await state.treat({ first: 1 });
  await requireAsFromNothing(base, state);
}
