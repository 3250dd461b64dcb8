import { deepStrictEqual } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { BucketSums } from '../../../shared/sources/reading/bucket-sums.ts';
import {
  DigestWords,
  rowDigest,
  signedDecimal,
  writeSignedDecimal,
} from '../../../shared/sources/reading/row-digest.ts';
import { sumsOf } from '../../support/read-answers.ts';

const word = fc.oneof(
  fc.nat(0xffff_ffff),
  fc.nat(0xffff),
  fc.constantFrom(0, 1, 0x7fff_ffff, 0x8000_0000, 0xffff_ffff),
);

export async function sumsOfBuckets(t: Test): Promise<void> {
  await t.test('D1, D2: sums in words of 32 bits are sums modulo 2^64', (t) => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ high: word, low: word })),
        fc.constantFrom(1, 2, 16),
        (rows, buckets) => {
          const sums = new BucketSums(buckets);
          for (const row of rows) sums.add(row);
          const meant = sumsOf(
            rows.map(({ high, low }) => signedDecimal(high, low)),
            buckets,
          );
          deepStrictEqual({ counts: sums.counts, digests: sums.digests }, meant);
        },
      ),
    );
    t.end();
  });

  await t.test('D1: the words of a digest are the digest', (t) => {
    const words = new DigestWords();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (line) => {
        words.read(line);
        return signedDecimal(words.high, words.low) === rowDigest(Buffer.from(line));
      }),
    );
    t.end();
  });

  await t.test('D1: written into a page it is the same decimal, and nothing beside it is touched', (t) => {
    fc.assert(
      fc.property(word, word, fc.nat(3), (high, low, at) => {
        const page = Buffer.alloc(30, 0xee);
        const end = writeSignedDecimal(high, low, page, at);
        const written = page.toString('latin1', at, end);
        const untouched = [...page.subarray(0, at), ...page.subarray(end)].every((byte) => byte === 0xee);
        return written === signedDecimal(high, low) && untouched;
      }),
      {
        numRuns: 2000,
        examples: [
          [0x8000_0000, 0, 0],
          [0x7fff_ffff, 0xffff_ffff, 0],
          [0xffff_ffff, 0xffff_d8f0, 1],
          [0, 10_000, 2],
        ],
      },
    );
    t.end();
  });
}
