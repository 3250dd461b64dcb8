import type { Test } from 'tap';
import { rulesOf } from '../../../central/treat/link/block/rules.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { weightsOf } from '../../../central/treat/link/model/compile.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import { priorModel } from '../../../central/treat/link/model/prior-model.ts';
import type { Registers } from '../../../central/treat/link/registers/builder.ts';
import { expect } from '../../../central/treat/link/train/expectation.ts';
import { train } from '../../../central/treat/link/train/train.ts';
import { madeUp } from './made-up.ts';
import { registersOf } from './scene.ts';

const comparisons = comparisonsOf();

function trained(registers: Registers, seed = 1): Model {
  return train(registers, {
    ...{
      version: '1',
      date: '2026-11-01',
      seed,
      locale: 'pt-BR',
      comparisons,
      rules: rulesOf(),
      blockCap: 1000,
    },
    randomPairs: 50_000,
  });
}

export async function training(t: Test): Promise<void> {
  const { registers, given } = madeUp(1, 4000);
  const model = trained(registers);
  const level = (comparison: string, name: string) => {
    const found = model.comparisons
      .find((each) => each.name === comparison)
      ?.levels.find((each) => each.name === name);
    if (found === undefined) throw new Error(`no level ${name}`);
    return found;
  };

  await t.test('the same from a seed, another from another; it can be written down', (t) => {
    t.strictSame(trained(registers), model);
    const shuffled = registersOf(given.toReversed());
    t.strictSame(trained(shuffled), model, 'whatever the order in which they come');
    t.notSame(trained(registers, 2), model);
    const read = JSON.parse(JSON.stringify(model)) as Model;
    t.strictSame(weightsOf(read, comparisons), weightsOf(model, comparisons));
    t.throws(
      () => weightsOf(model, comparisonsOf([{ name: 'street', as: 'text' }])),
      /trained for other comparisons/,
    );
    t.end();
  });

  await t.test('what agrees weighs, what differs weighs against, as the rates of the errors have it', (t) => {
    for (const [comparison, same, different] of [
      ['given name', 'same', 'different'],
      ['surnames', 'the same, several', 'different'],
      ['mother', 'the same', 'different'],
      ['birth', 'same', 'different'],
      ['CPF', 'same', 'different'],
      ['birthplace', 'same', 'different'],
    ] as const) {
      t.ok(level(comparison, same).weight > 3, `${comparison} ${same}`);
      t.ok(level(comparison, different).weight < -2, `${comparison} ${different}`);
    }
    // 5 % of further registers have another birthplace, of those that have one; 3 % a wrong CPF.
    t.ok(Math.abs(level('birthplace', 'different').m - 0.06) < 0.03);
    t.ok(level('birth', 'same').m > 0.75 && level('birth', 'same').m < 0.95);
    const truth = Math.log2(1046 / ((4000 * 3999) / 2));
    t.ok(Math.abs(model.prior - truth) < 0.5, `prior ${model.prior}, in truth about ${truth}`);
    t.end();
  });

  await t.test('what is never seen keeps its prior and is named, and how sure the rest is is told', (t) => {
    for (const { m, u, weight, kept, error } of model.comparisons.find(({ name }) => name === 'father')
      ?.levels ?? []) {
      t.equal(kept, 'both');
      t.equal(error, null);
      t.ok(Math.abs(weight - Math.log2(m / u)) < 1e-2);
    }
    t.equal(level('CPF', 'same').kept, 'u', 'numbers that nobody shares are not learnt by chance');
    t.ok((level('birth', 'same').error ?? 9) < 0.6);
    for (const { levels } of model.comparisons)
      for (const { m, u, weight } of levels)
        t.ok(m > 0 && u > 0 && Number.isFinite(weight), 'no zero sticks');
    t.end();
  });

  await t.test('what a block holds equal is not learnt in it', (t) => {
    t.strictSame(
      model.lessons.map(({ rule }) => rule),
      [
        'CPF',
        'identity card',
        'birth, given name',
        'birth, last name',
        'given and second name, mother’s names',
      ],
    );
    // All pairs agree in the first comparison, half of them in the second: learnt from the second alone, they are half.
    const patterns = [
      [[1, 1], 500],
      [[1, 2], 500],
    ] as const;
    const u = [
      [0.01, 0.99],
      [0.01, 0.99],
    ];
    const prior = [
      [0.9, 0.1],
      [0.9, 0.1],
    ];
    const { matches, counts } = expect(patterns, u, prior, [false, true]);
    t.ok(matches > 0.4 && matches < 0.7, `${matches}`);
    t.ok((counts[1]?.[1] ?? 0) < 200);
    t.end();
  });

  await t.test('too few registers teach nothing, and do no harm', (t) => {
    for (const said of [[], [{ name: 'JOSE SILVA' }], [{ name: 'JOSE SILVA' }, { name: null }, {}]]) {
      const small = trained(registersOf(said));
      t.strictSame(small.lessons, []);
      const before = priorModel(comparisons, { locale: 'pt-BR', blockCap: 1000, prior: -20 });
      for (const [place, { levels }] of small.comparisons.entries())
        for (const [at, { m }] of levels.entries()) t.equal(m, before.comparisons[place]?.levels[at]?.m);
      t.ok(Number.isFinite(small.prior));
    }
    t.end();
  });
}
