import { strictEqual as equal, ok, deepStrictEqual as same } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { partsOf } from '../../../central/base/source-layer/listing-parts.ts';

const digest = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
const bucketOf = (value: bigint, buckets: number) => Number(BigInt.asUintN(64, value) % BigInt(buckets));

export async function partsOfListings(t: Test): Promise<void> {
  void t.test('each row of both sides is in one part, that of its bucket, and parts are small', (t) => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(digest, fc.string({ unit: 'grapheme' }))),
        fc.array(digest),
        fc.constantFrom(1, 2, 16, 256),
        fc.integer({ min: 1, max: 20 }),
        (listed, held, buckets, most) => {
          const texts = listed.map(([value, key]) => `${value}\t\\N\t${key.replaceAll(/[\t\n]/g, ' ')}\n`);
          const wanted = Array.from({ length: buckets }, (_, bucket) => bucket);
          const rows = held.map((value, index) => ({ key: `{${index}}`, digest: String(value) }));
          const listing = { lines: Buffer.from(texts.join('')), rows: texts.length };
          const parts = partsOf(listing, rows, buckets, wanted, most);
          const found: string[] = [];
          for (const part of parts) {
            const lines = part.listed.lines.toString().split('\n').slice(0, -1);
            equal(lines.length, part.listed.rows);
            const digests = [
              ...lines.map((line) => line.split('\t', 1)[0] ?? ''),
              ...part.held.map((row) => row.digest),
            ];
            ok(digests.every((text) => part.buckets.includes(bucketOf(BigInt(text), buckets))));
            ok(digests.length <= most || part.buckets.length === 1);
            found.push(...lines);
          }
          same(found.sort(), texts.map((text) => text.slice(0, -1)).sort());
          same(parts.flatMap((part) => part.held).length, rows.length);
          same(
            parts.flatMap((part) => part.buckets),
            wanted,
          );
        },
      ),
    );
    t.end();
  });

  void t.test('a listing that is not what was asked for', (t) => {
    const parts = (text: string, rows: number) => () =>
      partsOf({ lines: Buffer.from(text), rows }, [], 4, [1, 2]);
    t.strictSame(parts('5\t\\N\ta\n', 1)().length, 1);
    t.throws(parts('4\t\\N\ta\n', 1), { code: 'page-invalid' }, 'of another bucket');
    for (const [text, rows] of [
      ['5\t\\N\ta\n', 2],
      ['5\t\\N\ta\n5\t\\N\tb\n', 1],
      ['\n', 1],
      ['x\ty\n', 1],
      ['5', 1],
      ['0x5\ta\n', 1],
      ['', 1],
    ] as const) {
      t.throws(parts(text, rows), { code: 'page-invalid' }, JSON.stringify(text));
    }
    t.end();
  });
}
