import assert from 'node:assert/strict';
import { array, boolean, assert as check, integer, property, tuple } from 'fast-check';
import type { Test } from 'tap';
import { afterReview } from '../../../central/treat/link/evaluate/after-review.ts';
import { changedPersons } from '../../../central/treat/link/evaluate/changed-persons.ts';
import { shareOf } from '../../../central/treat/link/evaluate/interval.ts';
import { pairQuality, qualityOf } from '../../../central/treat/link/evaluate/quality.ts';

const close = (a: number, b: number): void => assert.ok(Math.abs(a - b) < 1e-9, `${a} ${b}`);

export async function quality(t: Test): Promise<void> {
  await t.test('pairwise and by register, as counted one by one', (t) => {
    const number = integer({ min: 0, max: 5 });
    const registers = array(tuple(number, number, boolean()), { maxLength: 25 });
    check(
      property(registers, (all) => {
        const [groups, truth] = [all.map(([group]) => group), all.map(([, owner]) => owner)];
        let [together, put, belong, b3Precision, b3Recall] = [0, 0, 0, 0, 0];
        const counted = all.filter(([, , counts]) => counts).length;
        for (const [a, [group, owner, counts]] of all.entries()) {
          const [mates, own] = [
            all.filter(([each]) => each === group),
            all.filter(([, each]) => each === owner),
          ];
          const both = mates.filter(([, each]) => each === owner).length;
          if (counts) b3Precision += both / mates.length / counted;
          if (counts) b3Recall += both / own.length / counted;
          for (const [otherGroup, otherOwner, otherCounts] of all.slice(a + 1)) {
            if (!counts && !otherCounts) continue;
            put += group === otherGroup ? 1 : 0;
            belong += owner === otherOwner ? 1 : 0;
            together += group === otherGroup && owner === otherOwner ? 1 : 0;
          }
        }
        const counts = all.map(([, , counts]) => counts);
        const { precision, recall, b3 } = qualityOf(groups, truth, counts);
        if (counted === all.length)
          assert.deepEqual(qualityOf(groups, truth), qualityOf(groups, truth, counts));
        close(precision.share, put === 0 ? 1 : together / put);
        close(recall.share, belong === 0 ? 1 : together / belong);
        close(b3.precision, counted === 0 ? 1 : b3Precision);
        close(b3.recall, counted === 0 ? 1 : b3Recall);
      }),
      { numRuns: 100 },
    );
    t.end();
  });

  await t.test('an interval holds the share and narrows with what is known', (t) => {
    const [few, many] = [shareOf(9, 10), shareOf(900, 1000)];
    t.match([few.low.toFixed(4), few.high.toFixed(4)], ['0.5958', '0.9821'], 'as Wilson has it');
    t.ok(many.low > few.low && many.high < few.high);
    t.strictSame(shareOf(0, 0), { share: 1, low: 0, high: 1, of: 0 });
    t.equal(shareOf(10, 10).high, 1);
    t.end();
  });

  await t.test('pairs of one person stand and fall together: the intervals count persons', (t) => {
    // A hundred pairs, of which eighty are right: of two registers each, or ten each of five registers.
    const persons = (count: number, size: number) =>
      Array.from({ length: count * size }, (_, at) => at % count);
    const parted = (truth: readonly number[], whole: number) =>
      truth.map((person, at) => (person < whole ? person : 1000 + at));
    const [two, five] = [persons(100, 2), persons(10, 5)];
    const alone = qualityOf(parted(two, 80), two).recall;
    const together = qualityOf(parted(five, 8), five).recall;
    t.strictSame([alone.share, alone.of, together.share, together.of], [0.8, 100, 0.8, 100]);
    t.match(
      alone.low.toFixed(2),
      shareOf(80, 100).low.toFixed(2),
      'where each has one pair it is that of pairs',
    );
    t.ok(together.high - together.low > 2 * (alone.high - alone.low), 'of fewer people less is known');
    const merged = qualityOf(five, parted(five, 8)).precision;
    t.strictSame(merged, together, 'of those that were made the same');
    t.ok(qualityOf(five, five).recall.low < 0.8, 'ten who are right say little');
    t.end();
  });

  await t.test('which persons would change', (t) => {
    const persons = (...groups: string[]) =>
      new Map(groups.flatMap((group, at) => group.split('').map((id) => [id, at] as const)));
    const change = (before: readonly string[], after: readonly string[]): string[] =>
      changedPersons(persons(...before), persons(...after)).map(
        ({ kind, before, after }) => `${kind} ${text(before)} > ${text(after)}`,
      );
    const text = (groups: readonly (readonly string[])[]): string =>
      groups.map((group) => group.join('')).join('+');
    t.strictSame(change(['AB', 'C'], ['C', 'BA']), [], 'what stands for a person says nothing');
    t.strictSame(change(['AB', 'C', 'DE'], ['ABC', 'D', 'E']), ['merged AB+C > ABC', 'split DE > D+E']);
    t.strictSame(
      change(['AB', 'CD'], ['A', 'BC', 'D']),
      ['mixed AB+CD > A+BC+D'],
      'one that moved takes all along',
    );
    t.strictSame(change(['AB', 'X'], ['AB', 'Y']), [], 'who came or is gone is no change of persons');
    const groups = array(integer({ min: 0, max: 4 }), { minLength: 8, maxLength: 8 });
    check(
      property(groups, groups, (before, after) => {
        const by = (all: readonly number[]) => new Map(all.map((group, at) => [String(at), group]));
        const changes = changedPersons(by(before), by(after));
        const changed = new Set(changes.flatMap(({ before }) => before.flat()));
        for (const [at, group] of before.entries()) {
          const mates = before.map((each) => each === group);
          const isSame = after.every((each, other) => (each === after[at]) === mates[other]);
          assert.ok(isSame || changed.has(String(at)), 'whoever has other mates is told');
        }
        for (const { before, after } of changes) {
          assert.deepEqual(before.flat().sort(), after.flat().sort());
          assert.notDeepEqual(before, after);
        }
      }),
      { numRuns: 100 },
    );
    t.end();
  });

  await t.test('by labelled pairs, and once review has answered', (t) => {
    const groups = [0, 0, 2, 3, 3];
    const labelled = [
      { a: 0, b: 1, same: true },
      { a: 3, b: 4, same: false },
      { a: 2, b: 3, same: true },
      { a: 0, b: 4, same: false },
    ];
    const { precision, recall } = pairQuality(groups, labelled);
    t.strictSame([precision.share, precision.of, recall.share, recall.of], [0.5, 2, 0.5, 2]);
    const truth = [7, 7, 7, 9, 9];
    const asked = [
      [1, 2],
      [2, 3],
    ] as const;
    t.strictSame([...afterReview(groups, asked, truth)], [0, 0, 0, 3, 3]);
    t.end();
  });
}
