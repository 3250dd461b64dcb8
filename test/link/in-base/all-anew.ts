import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { sweepAll } from '../../../central/base/national-layer/touched-subjects.ts';
import { query } from '../../support/bases.ts';
import { SmallNation } from './small-nation.ts';

/** Pairs that got lost are there again when all that a source has is treated again. */
export async function allAnew(t: Test, base: Base): Promise<void> {
  const nation = await SmallNation.on(base, 'anew');
  for (const id of ['r1', 'r2', 'r3']) {
    await nation.write({
      id,
      kind: 'custodiado',
      name: 'JOSE DA SILVA',
      cpf: '52998224725',
      birth: '1980-02-03',
    });
  }
  await nation.requireLinked();
  await query(base, 'DELETE FROM nacional.par');
  await base.transaction((tx) => sweepAll(tx, 'anew', ['registro']));
  t.equal((await nation.link()).par, 0, 'who says what they said is not compared');
  await base.transaction((tx) => sweepAll(tx, 'anew', ['registro']));
  await nation.link({ anew: ['anew'] });
  t.equal((await query(base, 'SELECT FROM nacional.par')).length, 3);
  await nation.requireLinked();
}
