import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { adoptModel, recordModel } from '../../../central/base/decided-layer/models.ts';
import { decideLinks, revokeLink } from '../../../central/base/national-layer/decide-links.ts';
import { firstModel } from '../../../central/treat/link/model/first-model.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import { createRng } from '../../../scripts/demo/rng.ts';
import { addRegisters, author, type MadeRegister } from '../deciding/registers.ts';
import { few } from './few.ts';
import { many } from './many.ts';
import { linkAll, personsNow } from './scene.ts';

/**
 * A decision holds whatever is trained: so many models with weights at random are adopted one after the other, and after
 * each the registers of the base are linked.
 */
export async function holds(t: Test, base: Base, models: number): Promise<void> {
  const seed = Number(process.env['GUARITA_SEED'] ?? randomInt(1, 1_000_000));
  const rng = createRng(seed, 'models');
  const registers: readonly MadeRegister[] = [...Object.values(few), ...many(60)];
  const ids = await addRegisters(base, registers);
  const pick = () => ids[rng.integer(0, ids.length - 1)] as string;
  const said = Array.from({ length: 40 }, () => ({
    ...{ ...author, a: pick(), b: pick(), says: rng.chance(0.5) ? ('same' as const) : ('distinct' as const) },
  }));
  const decided = await base.transaction((tx) => decideLinks(tx, said));
  const standing = new Map(
    decided.flatMap((each, at) => (each.outcome === 'recorded' ? [[each.number, said[at]] as const] : [])),
  );
  const kindOf = new Map(ids.map((id, at) => [id, registers[at]?.role ?? 'custodiado']));
  const all = firstModel('pt-BR');
  for (let number = 1; number <= models; number++) {
    const weight = () => rng.integer(-20, 25);
    const model: Model = {
      ...{ ...all, version: `any ${number}`, prior: rng.integer(-30, 0) },
      comparisons: all.comparisons.map((comparison) => ({
        ...comparison,
        levels: comparison.levels.map((level) => ({ ...level, weight: weight() })),
      })),
    };
    await base.transaction(async (tx) => {
      await recordModel(tx, model, author);
      await adoptModel(tx, model.version, author);
    });
    if (number % 10 === 0) {
      const [first] = standing.keys();
      if (first !== undefined) {
        await base.transaction((tx) => revokeLink(tx, first, author));
        standing.delete(first);
      }
    }
    await linkAll(base, false);
    const persons = await personsNow(base);
    for (const { a, b, says } of [...standing.values()].flatMap((each) => each ?? [])) {
      if (kindOf.get(a) !== kindOf.get(b)) continue;
      const areOne = persons.get(a) === persons.get(b);
      assert.equal(areOne, says === 'same', `seed ${seed}, model ${number}: ${a} ${b} ${says}`);
    }
  }
  t.ok(standing.size > 10, 'enough of them stand');
}
