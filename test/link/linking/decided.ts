import assert from 'node:assert/strict';
import { array, asyncProperty, assert as check, integer, record } from 'fast-check';
import type { Test } from 'tap';
import { link } from '../../../central/treat/link/link.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import { columnsOf, decisions, model, people, thresholds } from './small.ts';

/** Any model: weights of whole bits, wherever training could ever have put them. */
const anyModel = record({
  prior: integer({ min: -30, max: 0 }),
  weights: array(integer({ min: -20, max: 25 }), { minLength: 30, maxLength: 90 }),
}).map(({ prior, weights }): Model => {
  let next = 0;
  return {
    ...model,
    prior,
    comparisons: model.comparisons.map((comparison) => ({
      ...comparison,
      levels: comparison.levels.map((level) => ({ ...level, weight: weights[next++ % weights.length] ?? 0 })),
    })),
  };
});

export async function decided(t: Test): Promise<void> {
  await t.test('against any model; what contradicts itself merges nothing, and is told', async () => {
    await check(
      asyncProperty(people, decisions, anyModel, async (all, decisions, other) => {
        const registers = columnsOf(all);
        const linked = await link(registers, { model: other, thresholds, decisions });
        const { contradictions, personOf } = linked;
        const placeOf = (id: string): number => registers.ids.indexOf(id);
        const broken = new Set(contradictions.flatMap(({ same }) => same));
        for (const { id, a, b, says } of decisions) {
          const [one, another] = [placeOf(a), placeOf(b)];
          if (one === -1 || another === -1) continue;
          const together = personOf[one] === personOf[another];
          const sameKind = registers.columns.kind[one] === registers.columns.kind[another];
          if (says === 'distinct') assert.ok(!together, 'who was parted stays so');
          else if (sameKind && !broken.has(id)) assert.ok(together, 'who was put together stays so');
          if (says === 'distinct')
            assert.ok(!linked.review.some((pair) => pair.a === a && pair.b === b), 'nobody is asked again');
        }
        for (const [place, person] of personOf.entries())
          assert.equal(
            registers.columns.kind[place],
            registers.columns.kind[person],
            'kinds are never merged',
          );
      }),
      { numRuns: 100 },
    );
  });

  await t.test(
    'a visitor who is in custody, a lawyer who visits: links of identity, which never merge',
    async (t) => {
      const said = { name: 'JOSE DA SILVA', cpf: '52998224725' };
      const whole = { ...said, mother: 'MARIA DA SILVA', birth: '1980-02-03' };
      const registers = columnsOf([
        { id: 'a', kind: 'custodiado', ...whole },
        { id: 'b', kind: 'visitante', ...whole },
        { id: 'c', kind: 'advogado', ...said, oab: '1234 AL' },
        { id: 'd', kind: 'advogado', name: 'JOSE SILVA', oab: '1234/AL' },
        { id: 'e', kind: 'visitante', ...whole, name: 'ANA DA SILVA', cpf: null },
      ]);
      const decisions = [{ id: 1, a: 'a', b: 'b', says: 'same' as const }];
      const { identities, personOf, review } = await link(registers, { model, thresholds, decisions });
      t.strictSame([...personOf], [0, 1, 2, 2, 4], 'two registers of one lawyer are one');
      const told = identities.map(({ a, b, veto }) => [a, b, veto]);
      for (const both of [
        ['a', 'b', null],
        ['a', 'c', null],
        ['b', 'c', null],
        ['a', 'e', 'given name'],
      ]) {
        t.ok(
          told.some((each) => each.join() === both.join()),
          both.join(' '),
        );
      }
      t.ok(
        review.every(({ a, b }) => [a, b].join() === 'b,e'),
        'they are no question of merging',
      );
    },
  );

  await t.test('a person is no larger than may be, unless people said so', async () => {
    await check(
      asyncProperty(people, anyModel, async (all, other) => {
        const registers = columnsOf(all);
        const { personOf } = await link(registers, { model: { ...other, blockCap: 100 }, thresholds });
        const sizes = new Map<number, number>();
        for (const person of personOf) sizes.set(person, (sizes.get(person) ?? 0) + 1);
        assert.ok(Math.max(0, ...sizes.values()) <= thresholds.largest);
      }),
      { numRuns: 60 },
    );
  });
}
