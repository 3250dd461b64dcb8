import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { linking } from '../../../central/base/national-layer/subject.ts';
import { rules } from '../../../central/treat/rules/all.ts';
import { requireAsFromNothing } from '../incremental.ts';
import { SmallState } from '../small-state/small-state.ts';
import { treatedAndKilled } from './kill.ts';

/** Opens the base to look into it; in process it is closed while another process treats it. */
export type Open = () => Promise<{
  readonly base: Base;
  readonly where: string;
  readonly close: () => Promise<void>;
}>;

/** Rows that have been something else, and a process killed after more and more steps until it comes to its end. */
async function killedEverywhere(t: Test, open: Open, every: number): Promise<void> {
  for (let steps = 1, killed = true; killed; steps += every) {
    killed = await killedAfter(open, steps);
    t.pass(`${steps} steps`);
  }
}

/** The same in each part of linkage, as it begins and in its midst. */
async function killedInLinkage(t: Test, open: Open): Promise<void> {
  for (const part of linking) {
    for (const steps of [1, 2, 3]) t.ok(await killedAfter(open, steps, `link ${part}`), `${part}, ${steps}`);
  }
}

/** Returns whether it was killed; what follows comes to the right end in any case. */
async function killedAfter(open: Open, steps: number, of?: string): Promise<boolean> {
  const { base, where, close } = await open();
  const state = await SmallState.on(base, rules);
  for (const pick of [3, 1]) {
    await state.happens({
      kind: 'write',
      of: { source: 'AL', view: 'custodia', id: '1' },
      picks: [
        [0, pick],
        [6, pick],
      ],
    });
  }
  await close();
  const killed = await treatedAndKilled(where, steps, of);
  const again = await open();
  await requireAsFromNothing(again.base, SmallState.again(again.base, rules));
  await again.close();
  return killed;
}

/** Kills the whole treatment, and each part of linkage, wherever it is. @param every so many steps */
export async function killedAnywhere(t: Test, open: Open, every: number): Promise<void> {
  await killedInLinkage(t, open);
  await killedEverywhere(t, open, every);
}
