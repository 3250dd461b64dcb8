import assert from 'node:assert/strict';
import { array, asyncProperty, assert as check, integer, record } from 'fast-check';
import type { Test } from 'tap';
import type { Contradiction, Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { Union } from '../../../central/treat/link/cluster/union.ts';
import { link } from '../../../central/treat/link/link.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import type { Registers } from '../../../central/treat/link/registers/builder.ts';
import { columnsOf, decisions, model, people, personsOf, thresholds } from './small.ts';

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

  await t.test('a person is no larger than may be, and what would be is as people said alone', async () => {
    await check(
      asyncProperty(people, decisions, anyModel, async (all, decisions, other) => {
        const registers = columnsOf(all);
        const how = { model: { ...other, blockCap: 100 }, thresholds, decisions };
        const { contradictions, personOf, tooLarge } = await link(registers, how);
        const persons = personsOf(registers.ids, personOf);
        const said = saidTogether(registers, decisions, contradictions);
        for (const person of persons)
          assert.ok(person.length <= thresholds.largest || said.includes(person.join()), 'no larger');
        const told = new Set(tooLarge.flat());
        assert.equal(told.size, tooLarge.flat().length, 'nobody is told twice');
        for (const person of persons.filter((ids) => ids.some((id) => told.has(id))))
          assert.ok(said.includes(person.join()), 'none of them was put together by the machine');
      }),
      { numRuns: 200 },
    );
  });
}

/** Persons that decisions make by themselves, as their ids. */
function saidTogether(
  { ids, columns }: Registers,
  decisions: readonly Decision[],
  contradictions: readonly Contradiction[],
): readonly string[] {
  const broken = new Set(contradictions.flatMap(({ same }) => same));
  const union = new Union(ids.length);
  for (const { id, a, b, says } of decisions) {
    const [one, other] = [ids.indexOf(a), ids.indexOf(b)];
    if (says !== 'same' || broken.has(id) || one === -1 || other === -1) continue;
    if (columns.kind[one] === columns.kind[other]) union.join(one, other);
  }
  const personOf = Int32Array.from(ids, (_, place) => union.find(place));
  return personsOf(ids, personOf).map((person) => person.join());
}
