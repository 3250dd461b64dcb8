import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { model } from '../linking/small.ts';
import { SmallNation } from './small-nation.ts';

const alike = 310;

/** Of more who are all alike than a person may have, nobody is put together, and each is looked at once. */
export async function manyAlike(t: Test, base: Base): Promise<void> {
  const nation = await SmallNation.on(base, 'alike');
  nation.adopt({ ...model, version: 'alike', blockCap: 2000 });
  for (let at = 0; at < alike; at++) {
    await nation.write({
      ...{ id: `r${at}`, kind: 'custodiado', name: 'JOSE DA SILVA', mother: 'MARIA DA SILVA' },
      birth: '1980-02-03',
    });
  }
  await nation.link();
  await nation.write({
    ...{ id: 'r0', kind: 'custodiado', name: 'JOSE DA SILVA', mother: 'MARIA SILVA', birth: '1980-02-03' },
  });
  const { par, grupo } = await nation.link({ first: 10, largest: 10 });
  t.equal(par, 1);
  t.equal(grupo, 1, 'all of them wait, and the first have the others looked at');
  await nation.requireLinked();
}
