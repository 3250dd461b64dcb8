import * as fc from 'fast-check';
import t from 'tap';
import { bucketDigests, differingKeys } from '../../central/base/source-layer/reconcile.ts';
import { prepareView } from '../../central/base/source-layer/source-schema.ts';
import { encodeField } from '../../shared/sources/reading/lines.ts';
import type { KeyText } from '../../shared/sources/view-source.ts';
import { linesOf, type Row, viewOf } from '../support/array-source.ts';
import { onEachBase, query, type TestBases } from '../support/bases.ts';
import { believeAll, Loader } from '../support/loader.ts';

/** A line of a source as the model has it; `bytes` says which of the key's values are bytes in hexadecimal. */
interface Line {
  readonly key: readonly (string | null)[];
  readonly bytes: readonly number[];
  readonly digest: bigint;
}

/** Few and hostile: the ends of the range, neighbours, and equal lowest bits. */
const digest = fc.oneof(
  fc.bigInt(-(2n ** 63n), 2n ** 63n - 1n),
  fc.constantFrom(0n, -1n, 1n, 2n ** 63n - 1n, -(2n ** 63n), 16n, 32n, -16n),
);
const value = fc.constantFrom<string | null>('1', '2', ' 2', 'a', 'A', '', '\\xff', '{1,2}', '"', null);
const line: fc.Arbitrary<Line> = fc
  .record({ key: fc.tuple(value, value), bytes: fc.subarray([1, 2]), digest })
  .map(({ key, bytes, digest }) => ({
    key: key.map((text, index) => (bytes.includes(index + 1) ? '\\xff' : text)),
    bytes,
    digest,
  }));

const identity = ({ key, bytes }: Pick<Line, 'key' | 'bytes'>) => JSON.stringify([key, bytes]);
const keyText = ({ key, bytes }: Line): KeyText[] =>
  key.map((text, index) => (bytes.includes(index + 1) ? '\0ff' : text));
const bucketOf = (digest: bigint, buckets: number) => Number(BigInt.asUintN(64, digest) % BigInt(buckets));

/** What a base holds, as the model has it: rows of the table, and entries of quarantine with their copies. */
interface Held {
  readonly live: Line[];
  readonly removed: Line[];
  readonly quarantined: Line[];
}

const held: fc.Arbitrary<Held> = fc
  .record({
    table: fc.uniqueArray(line, { selector: ({ key }) => JSON.stringify(key), maxLength: 12 }),
    gone: fc.array(fc.boolean(), { minLength: 12, maxLength: 12 }),
    quarantined: fc.array(line, { maxLength: 6 }),
    repeat: fc.boolean(),
  })
  .map(({ table, gone, quarantined, repeat }) => {
    // The table holds sound rows only: no null in the key, no bytes.
    const sound = table.filter(({ key, bytes }) => bytes.length === 0 && !key.includes(null));
    const byDigest = new Map(quarantined.map((entry) => [entry.digest, entry]));
    const entries = [...byDigest.values()];
    return {
      live: sound.filter((_, index) => gone[index] !== true),
      removed: sound.filter((_, index) => gone[index] === true),
      quarantined: repeat ? [...entries, ...entries] : entries,
    };
  });

/** Our picture of the source. */
function pictureOf({ live, quarantined }: Held): Line[] {
  const doubtful = new Set(quarantined.map(identity));
  return [...live.filter((row) => !doubtful.has(identity(row))), ...quarantined];
}

async function holder({ shared: base }: TestBases, source: string) {
  const view = viewOf('vinculo_x', ['em', 'b', 'a'], { key: ['a', 'b'], watermark: 'em' });
  const target = await prepareView(base, source, view, believeAll);
  const hold = async ({ live, removed, quarantined }: Held) => {
    await query(base, `DELETE FROM ${target.table}`);
    await query(base, 'DELETE FROM guarita.quarantine WHERE source = $1', [source]);
    for (const { key, digest } of [...live, ...removed]) {
      await query(
        base,
        `INSERT INTO ${target.table} (_digest, _change, _first_seen, _last_changed, _removed, a, b)
         VALUES ($1, 1, now(), now(), CASE WHEN $2 THEN now() END, $3, $4)`,
        [String(digest), removed.some((row) => row.key === key), ...key],
      );
    }
    for (const { key, bytes, digest } of quarantined) {
      await query(
        base,
        `INSERT INTO guarita.quarantine AS q (source, view, digest, copies, key, key_mark, code, reason, columns,
           load, run, opened, last_seen)
         VALUES ($1, 'vinculo_x', $2, 1, $3, $4, 'key-repeated', '', '{}', 1, 1, now(), now())
         ON CONFLICT (source, view, digest) DO UPDATE SET copies = q.copies + 1`,
        [source, String(digest), key, bytes],
      );
    }
  };
  return { target, hold };
}

function listingOf(lines: readonly Line[]): { lines: Buffer; rows: number } {
  const texts = lines.map(({ key, bytes, digest }) =>
    [String(digest), bytes.length === 0 ? '\\N' : `{${bytes.join(',')}}`, ...key.map(encodeField)].join('\t'),
  );
  return { lines: Buffer.from(texts.map((text) => `${text}\n`).join('')), rows: lines.length };
}

const runs = { numRuns: 60 };

onEachBase(t, async (t, bases) => {
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
      runs,
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
      runs,
    );
  });

  await t.test('a listing that is not what was asked for is refused', async (t) => {
    const { target, hold } = await holder(bases, 'CC');
    await hold({ live: [], removed: [], quarantined: [] });
    const listing = listingOf([{ key: ['1', '2'], bytes: [], digest: 5n }]);
    t.strictSame(await differingKeys(base, target, listing, 4, [1]), [['1', '2']]);
    await t.rejects(differingKeys(base, target, listing, 4, [0, 2, 3]), { code: 'page-invalid' });
    await t.rejects(differingKeys(base, target, { ...listing, rows: 2 }, 4, [1]), { code: 'page-invalid' });
    const garbage = { lines: Buffer.from('x\ty\tz\n'), rows: 1 };
    await t.rejects(differingKeys(base, target, garbage, 4, [1]), { code: 'page-invalid' });
    t.strictSame(await differingKeys(base, target, { lines: Buffer.alloc(0), rows: 0 }, 4, [1]), []);
  });

  await t.test('a key that is too long to be asked for is in no answer', async (t) => {
    const { target } = await holder(bases, 'CD');
    const listing = listingOf([{ key: ['1', 'k'.repeat(8193)], bytes: [], digest: 5n }]);
    t.strictSame(await differingKeys(base, target, listing, 1, [0]), []);
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
      runs,
    );
  });
});
