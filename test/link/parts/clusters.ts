import assert from 'node:assert/strict';
import { array, boolean, assert as check, integer, property, shuffledSubarray } from 'fast-check';
import type { Test } from 'tap';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { partComponent } from '../../../central/treat/link/cluster/linkage.ts';
import { linksOf } from '../../../central/treat/link/cluster/links.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';

interface Given {
  /** Pairs that are vetoed. */
  readonly vetoed?: readonly string[];
  /** What decisions put together; else nothing. */
  readonly together?: string;
}

/** Groups of a component whose pairs have these weights, and behind a bar those that were too large. */
function parted(
  weights: Readonly<Record<string, number>>,
  members: string,
  { vetoed = [], together = members.split('').join(' ') }: Given = {},
): string {
  const letters = members.split('');
  const nameOf = (a: number, b: number): string => [letters[a] ?? '', letters[b] ?? ''].toSorted().join('');
  const placesOf = (group: string) => group.split('').map((letter) => letters.indexOf(letter));
  const { groups, tooLarge } = partComponent(
    { members: letters.map((_, at) => at), together: together.split(' ').map(placesOf) },
    { weigh: (a, b) => weights[nameOf(a, b)] ?? -20, forbids: (a, b) => vetoed.includes(nameOf(a, b)) },
    { ...thresholds, automatic: 9, average: 3, largest: 3 },
  );
  const text = (all: readonly (readonly number[])[]) =>
    all.map((group) => group.map((at) => letters[at]).join('')).join(' ');
  return tooLarge.length === 0 ? text(groups) : `${text(groups)} | ${text(tooLarge)}`;
}

export async function clusters(t: Test): Promise<void> {
  await t.test('a bridge does not make two people one', (t) => {
    t.equal(parted({ AB: 20, CD: 20, BC: 12 }, 'ABCD'), 'AB CD');
    t.equal(parted({ AB: 20, BC: 12, AC: 5 }, 'ABC'), 'ABC', 'what one register lacks, others have');
    t.equal(
      parted({ AB: 20, BC: 12, AC: 5 }, 'ABC', { vetoed: ['AC'] }),
      'AB C',
      'a veto holds against every bridge',
    );
    t.equal(parted({ AB: 8, BC: 8, AC: 8 }, 'ABC'), 'A B C', 'nothing certain');
    t.equal(parted({ AB: 12, BC: 12, AC: -40 }, 'ABC'), 'AB C', 'of equals the first by id');
    t.end();
  });

  await t.test('of what comes to too large a person nothing is put together but by decisions', (t) => {
    const alike = (members: string) =>
      Object.fromEntries(members.split('').flatMap((a) => members.split('').map((b) => [`${a}${b}`, 20])));
    t.equal(parted(alike('ABC'), 'ABC'), 'ABC', 'as large as may be');
    t.equal(parted(alike('ABCD'), 'ABCD'), 'A B C D | ABCD');
    t.equal(parted(alike('ABCDEFGH'), 'ABCDEFGH'), 'A B C D E F G H | ABCDEFGH', 'nor the rest of many');
    t.equal(parted({ ...alike('ABC'), AD: 12, BD: 12, CD: 12 }, 'ABCD'), 'A B C D | ABCD', 'nor the core');
    const bridged = { ...alike('ACEG'), ...alike('BD'), AB: 12, ...alike('FH'), GH: 12 };
    t.equal(parted(bridged, 'ABCDEFGH'), 'A BD C E FH G | ACEG', 'the other persons of the component stay');
    const both = { ...alike('ACEG'), ...alike('BDFH'), AB: 12 };
    t.equal(parted(both, 'ABCDEFGH'), 'A B C D E F G H | ACEG BDFH', 'two of them');
    t.equal(parted(alike('ABCD'), 'ABCD', { together: 'AC B D' }), 'AC B D | ABCD', 'decisions hold');
    t.equal(parted(alike('ABCDE'), 'ABCDE', { together: 'ABCD E' }), 'ABCD E | ABCDE', 'also of too many');
    t.equal(parted(alike('ABCD'), 'ABCD', { together: 'ABCD' }), 'ABCD', 'of which nothing is in doubt');
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
