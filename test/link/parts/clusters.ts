import assert from 'node:assert/strict';
import { array, boolean, assert as check, integer, property, shuffledSubarray } from 'fast-check';
import type { Test } from 'tap';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { partComponent } from '../../../central/treat/link/cluster/linkage.ts';
import { linksOf } from '../../../central/treat/link/cluster/links.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';

/** Groups of a component whose pairs have these weights; those that are named are vetoed. */
function parted(
  weights: Readonly<Record<string, number>>,
  members: string,
  vetoed: readonly string[] = [],
): string {
  const letters = members.split('');
  const nameOf = (a: number, b: number): string => [letters[a] ?? '', letters[b] ?? ''].toSorted().join('');
  const { groups } = partComponent(
    { members: letters.map((_, at) => at), together: letters.map((_, at) => [at]) },
    { weigh: (a, b) => weights[nameOf(a, b)] ?? -20, forbids: (a, b) => vetoed.includes(nameOf(a, b)) },
    { ...thresholds, automatic: 9, average: 3, largest: 3 },
  );
  return groups.map((group) => group.map((at) => letters[at]).join('')).join(' ');
}

export async function clusters(t: Test): Promise<void> {
  await t.test('a bridge does not make two people one', (t) => {
    t.equal(parted({ AB: 20, CD: 20, BC: 12 }, 'ABCD'), 'AB CD');
    t.equal(parted({ AB: 20, BC: 12, AC: 5 }, 'ABC'), 'ABC', 'what one register lacks, others have');
    t.equal(parted({ AB: 20, BC: 12, AC: 5 }, 'ABC', ['AC']), 'AB C', 'a veto holds against every bridge');
    t.equal(parted({ AB: 8, BC: 8, AC: 8 }, 'ABC'), 'A B C', 'nothing certain');
    t.equal(parted({ AB: 12, BC: 12, AC: -40 }, 'ABC'), 'AB C', 'of equals the first by id');
    t.equal(
      parted({ AB: 20, AC: 20, AD: 20, BC: 20, BD: 20, CD: 20 }, 'ABCD'),
      'ABC D',
      'no larger than may be',
    );
    t.end();
  });

  await t.test('decisions that contradict each other are told, and merge nothing', (t) => {
    const said = (id: number, pair: string, says: Decision['says']): Decision => ({
      ...{ id, says },
      ...{ a: pair[0] ?? '', b: pair[1] ?? '' },
    });
    const placeOf = (id: string): number | undefined => (id === 'Z' ? undefined : id.charCodeAt(0) - 65);
    const links = (...decisions: Decision[]) => linksOf(decisions, placeOf, () => true);
    const plain = links(said(1, 'AB', 'same'), said(2, 'CB', 'distinct'), said(3, 'AZ', 'same'));
    t.strictSame(plain.must, [[0, 1]], 'one on a register that is not there says nothing');
    t.ok(plain.cannot.get(1)?.has(2));
    t.strictSame(plain.contradictions, []);
    const broken = links(
      said(4, 'AB', 'same'),
      said(5, 'BC', 'same'),
      said(6, 'CA', 'distinct'),
      said(7, 'DE', 'same'),
    );
    t.strictSame(broken.contradictions, [{ distinct: 6, same: [4, 5] }]);
    t.strictSame(broken.must, [[3, 4]], 'what has no part in it holds');
    t.ok(broken.cannot.get(0)?.has(2), 'what parts is kept');
    t.strictSame(links(said(1, 'AB', 'same'), said(2, 'AB', 'distinct')).contradictions, [
      { distinct: 2, same: [1] },
    ]);
    t.end();
  });

  await t.test('ten thousand decisions, in any order: what holds contradicts nothing', (t) => {
    const one = integer({ min: 0, max: 300 });
    const any = array(
      array(one, { minLength: 2, maxLength: 2 }).chain(([a = 0, b = 0]) =>
        boolean().map((same) => ({
          a: String(a),
          b: String(b),
          says: same ? ('same' as const) : ('distinct' as const),
        })),
      ),
      { minLength: 1, maxLength: 400 },
    ).map((all) => all.map((decision, id) => ({ id, ...decision })));
    check(
      property(
        any.chain((all) =>
          shuffledSubarray(all, { minLength: all.length }).map((other) => [all, other] as const),
        ),
        ([all, shuffled]) => {
          const links = linksOf(all, Number, () => true);
          const again = linksOf(shuffled, Number, () => true);
          assert.deepEqual(again.contradictions, links.contradictions);
          const groups = new Map<number, number>();
          const find = (x: number): number => (groups.has(x) ? find(groups.get(x) ?? 0) : x);
          for (const [a, b] of links.must) if (find(a) !== find(b)) groups.set(find(a), find(b));
          for (const [a, others] of links.cannot) for (const b of others) assert.notEqual(find(a), find(b));
        },
      ),
      { numRuns: 50 },
    );
    const many = Array.from({ length: 10_000 }, (_, id) => ({
      ...{ id, a: String(id % 500), b: String((id * 7) % 500) },
      says: id % 3 === 0 ? ('distinct' as const) : ('same' as const),
    }));
    t.ok(linksOf(many, Number, () => true).contradictions.length > 1000);
    t.end();
  });
}
