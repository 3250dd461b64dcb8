import assert from 'node:assert/strict';
import type { Base } from '../../../central/base/base.ts';
import { subjectsOf, sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { SmallNation } from './small-nation.ts';

const source = 'beside';

/** While registers are linked, a state is typed from nothing: whoever waits for the other does so in one order. */
export async function besideTyping(base: Base, times: number): Promise<void> {
  const nation = await SmallNation.on(base, source);
  for (let at = 0; at < Math.min(times, 60); at++) {
    await nation.write({ id: `r${at}`, kind: 'custodiado', name: `NOME${at} DA SILVA`, birth: '1980-02-03' });
  }
  let typed = 0;
  const typing = async () => {
    for (; typed < times; typed++) {
      await base.transaction((tx) => sweepAll(tx, source, subjectsOf('custodiado')), { use: 'loading' });
    }
  };
  await Promise.all([typing(), nation.link({ first: 5, largest: 5 })]);
  assert.equal(typed, times);
  await nation.requireLinked();
}
