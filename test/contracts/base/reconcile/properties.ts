import * as fc from 'fast-check';
import type { Test } from 'tap';
import { bucketDigests, differingKeys } from '../../../../central/base/source-layer/reconcile.ts';
import { linesOf, type Row } from '../../../support/array-source.ts';
import { type TestBases } from '../../../support/bases.ts';
import { Loader } from '../../../support/loader.ts';
import {
  bucketOf,
  held,
  holder,
  identity,
  keyText,
  type Line,
  line,
  listingOf,
  pictureOf,
} from './picture.ts';

/** Whatever a base holds and a source has: what differs is found, and once it was looked up, nothing does. */
export async function reconcileProperties(t: Test, bases: TestBases, numRuns: number): Promise<void> {
  const base = bases.shared;

  await t.test('C6, D2: counts and digests of all buckets are those of our picture', async (t) => {
    const { target, hold } = await holder(bases, 'CA');
    const buckets = fc.constantFrom(1, 2, 16, 1024, 65_536);
    await fc.assert(
      fc.asyncProperty(held, buckets, async (state, buckets) => {
        await hold(state);
        const ours = await bucketDigests(base, target, buckets);
        const counts = Array.from({ length: buckets }, () => 0);
        const sums = Array.from({ length: buckets }, () => 0n);
        const picture = pictureOf(state);
        for (const { digest } of picture) {
          const bucket = bucketOf(digest, buckets);
          counts[bucket] = (counts[bucket] ?? 0) + 1;
          sums[bucket] = BigInt.asIntN(64, (sums[bucket] ?? 0n) + digest);
        }
        t.equal(ours.rows, picture.length);
        t.ok(
          counts.every((count, bucket) => ours.counts[bucket] === count) && ours.counts.length === buckets,
        );
        t.ok(sums.every((sum, bucket) => ours.digests[bucket] === String(sum)));
      }),
      { numRuns },
    );
  });

  await t.test('C6, D3: the keys that differ, and no others', async (t) => {
    const { target, hold } = await holder(bases, 'CB');
    const added = fc.array(line, { maxLength: 6 });
    const dropped = fc.array(fc.nat(), { maxLength: 6 });
    const wanted = fc.subarray([0, 1, 2, 3], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(held, added, dropped, wanted, async (state, added, dropped, wanted) => {
        await hold(state);
        const isWanted = ({ digest }: Line) => wanted.includes(bucketOf(digest, 4));
        const ours = pictureOf(state).filter(isWanted);
        const theirs = [...ours.filter((_, index) => !dropped.includes(index)), ...added.filter(isWanted)];
        const keys = await differingKeys(base, target, listingOf(theirs), 4, wanted);
        const balance = new Map<string, { line: Line; copies: number }>();
        for (const [lines, sign] of [
          [theirs, 1],
          [ours, -1],
        ] as const) {
          for (const line of lines) {
            const id = `${identity(line)} ${line.digest}`;
            balance.set(id, { line, copies: (balance.get(id)?.copies ?? 0) + sign });
          }
        }
        const differing = [...balance.values()].filter(({ copies }) => copies !== 0);
        const expected = new Set(differing.map(({ line }) => JSON.stringify(keyText(line))));
        t.strictSame(keys.map((key) => JSON.stringify(key)).sort(), [...expected].sort());
      }),
      { numRuns },
    );
  });

  await t.test('C6: after a lookup of the keys that differ, the picture is the source', async (t) => {
    const loader = await Loader.on(base, 'CE', ['id', 'nome', 'em']);
    const row = fc.tuple(
      fc.constantFrom<string | null>('1', '2', '3', '4', null),
      fc.constantFrom('A', 'B', 'C'),
      fc.constant('x'),
    );
    const rows = fc.array(row, { maxLength: 10 });
    await fc.assert(
      fc.asyncProperty(rows, rows, async (seen, now) => {
        await loader.load(seen);
        const page = linesOf(now);
        const texts = page.toString().split('\n').filter(Boolean);
        const listing = texts.map((text) => text.split('\t').slice(0, 3).join('\t') + '\n').join('');
        const keys = await differingKeys(
          base,
          loader.target,
          { lines: Buffer.from(listing), rows: now.length },
          1,
          [0],
        );
        const ids = new Set(keys.map(([id]) => id ?? null));
        const found = now.filter(([id]) => ids.has(id ?? null));
        const gone: Row[] = [...ids]
          .filter((id) => !found.some((row) => row[0] === id))
          .map((id) => [id, null, null]);
        await loader.lookup(found, gone);
        const { counts, digests } = await bucketDigests(base, loader.target, 1);
        const sum = texts.reduce((sum, text) => sum + BigInt(text.split('\t')[0] ?? ''), 0n);
        t.strictSame([counts, digests], [[now.length], [BigInt.asIntN(64, sum).toString()]]);
        const { counter, counted } = await loader.rows();
        t.equal(counter, counted);
      }),
      { numRuns },
    );
  });
}
