import assert from 'node:assert/strict';
import { array, assert as check, constantFrom, integer, nat, option, property, record } from 'fast-check';
import type { Test } from 'tap';
import { makeBlocks } from '../../../central/treat/link/block/blocks.ts';
import { eachCandidate } from '../../../central/treat/link/block/candidates.ts';
import { leftOutOf } from '../../../central/treat/link/block/left-out.ts';
import { orderByKey } from '../../../central/treat/link/block/order-by-key.ts';
import { blockRanges, eachPair } from '../../../central/treat/link/block/pairs.ts';
import { keyOf, rulesOf } from '../../../central/treat/link/block/rules.ts';
import { registersOf } from './scene.ts';

const rules = rulesOf();
const said = record({
  name: constantFrom('JOSE SILVA', 'JOSE SOUZA SILVA', 'ZE SILVA', 'ANA LIMA', null),
  mother: constantFrom('MARIA SILVA', 'ANA LIMA', null),
  birth: constantFrom('1980-02-03', '1980-03-02', '1990-05-06', null),
  cpf: option(constantFrom('52998224725', '11144477735')),
  birthplace: constantFrom('2704302', '2700300', null),
});
const people = array(said, { maxLength: 30 });

function pairsOf(registers: ReturnType<typeof registersOf>, cap: number, size: number): string[] {
  const blocks = makeBlocks(registers.columns, rules, cap);
  const pairs: string[] = [];
  for (const range of blockRanges(blocks, size))
    eachPair(blocks, range, (a, b) => pairs.push(`${Math.min(a, b)} ${Math.max(a, b)}`));
  return pairs.sort();
}

export async function blocks(t: Test): Promise<void> {
  await t.test('ordered by key, those without one left out', (t) => {
    const key = nat({ max: 2 ** 32 - 1 }).map((any) => (any % 3 === 0 ? any % 7 : any));
    check(
      property(array(key, { maxLength: 300 }), (all) => {
        const keys = Uint32Array.from(all);
        const expected = [...keys.keys()]
          .filter((at) => keys[at] !== 0)
          .sort((x, y) => (keys[x] ?? 0) - (keys[y] ?? 0) || x - y);
        assert.deepEqual([...orderByKey(keys)], expected);
      }),
      { numRuns: 50 },
    );
    t.end();
  });

  await t.test(
    'each pair that has a key in common is told once, however blocks are cut, and no other',
    (t) => {
      check(
        property(people, integer({ min: 1, max: 20 }), integer({ min: 1, max: 50 }), (all, cap, size) => {
          const registers = registersOf(all);
          const keys = rules.map((rule) =>
            Array.from(all, (_, place) => keyOf(rule, registers.columns)(place)),
          );
          const expected: string[] = [];
          for (const b of all.keys()) {
            for (const a of all.keys()) {
              const isFound = (own: readonly number[]): boolean =>
                own[a] === own[b] && own[a] !== 0 && own.filter((key) => key === own[a]).length <= cap;
              if (a < b && keys.some(isFound)) expected.push(`${a} ${b}`);
            }
          }
          assert.deepEqual(pairsOf(registers, cap, size), expected.sort());
        }),
        { numRuns: 60 },
      );
      t.end();
    },
  );

  await t.test('candidates of one register are those that its pairs are with', (t) => {
    check(
      property(people, integer({ min: 1, max: 20 }), (all, cap) => {
        const registers = registersOf(all);
        const blocks = makeBlocks(registers.columns, rules, cap);
        const told: string[] = [];
        for (const place of all.keys())
          eachCandidate(blocks, place, (other) => place < other && told.push(`${place} ${other}`));
        assert.deepEqual(told.sort(), pairsOf(registers, cap, 10));
      }),
      { numRuns: 60 },
    );
    t.end();
  });

  await t.test('what a cap leaves out is counted and told', (t) => {
    const alike = { name: 'JOSE SILVA', birth: '1980-02-03' };
    const [few, many] = [registersOf([alike, alike, alike]), registersOf([alike, alike, alike, alike])];
    const [before, after] = [makeBlocks(few.columns, rules, 3), makeBlocks(many.columns, rules, 3)];
    t.strictSame(leftOutOf(before, rules), []);
    const told = leftOutOf(after, rules);
    t.strictSame(
      told.map(({ rule }) => rule),
      ['birth, given name', 'birth, last name', 'given and last name, day'],
    );
    for (const { blocks, registers, pairs, largest } of told)
      t.strictSame([blocks, registers, pairs, largest], [1, 4, 6, 4]);
    t.end();
  });
}
