import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { rowDigests } from '../../../shared/protocol/row-digests.ts';
import { digestOfGone, digestOfRow, isAmong } from '../../../shared/protocol/row-evidence.ts';
import { KeyColumns } from '../../../shared/sources/reading/keys.ts';
import { rowDigest } from '../../../shared/sources/reading/row-digest.ts';
import { linesOf, viewOf } from '../../support/array-source.ts';

const text = fc.oneof(
  fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0')),
  fc.constantFrom('', '\\N', '\t', '\n', '\\', '{-1}', 'constructor'),
);
const columns = ['b', 'constructor', 'a', 'chave 2', 'chave 1'];
const view = { ...viewOf('v', columns), key: ['chave 1', 'chave 2'] };
const shape = { columns, key: view.key };
const row = fc.tuple(fc.option(text), fc.option(text), fc.option(text), text, text);
const valuesOf = (values: readonly (string | null)[]) =>
  // As the base gives them: in another order, with columns that the view has lost.
  Object.fromEntries(
    [...columns.map((name, index) => [name, values[index] ?? null] as const), ['lost', 'x']].toReversed(),
  );
const digestAt = (digests: Buffer, index: number) => digests.readBigInt64BE(index * 8).toString();

/** What leads from the values of a row to the digests of its page. */
export async function rowEvidence(t: Test): Promise<void> {
  await t.test(
    'D1 the digest of a row is made again from its values, and is among those of its page',
    async (t) => {
      fc.assert(
        fc.property(fc.array(row, { minLength: 1 }), (rows) => {
          const digests = rowDigests(linesOf(rows), rows.length);
          for (const [index, values] of rows.entries()) {
            const digest = digestOfRow(shape, valuesOf(values)) ?? '';
            t.equal(digest, digestAt(digests, index));
            t.equal(isAmong(digests, digest), true);
          }
        }),
        { numRuns: 100 },
      );
    },
  );

  await t.test('so is that of the line which says that a key is gone', async (t) => {
    const keys = new KeyColumns(view);
    fc.assert(
      fc.property(row, (values) => {
        const [, , , second, first] = values;
        assert.equal(digestOfGone(shape, valuesOf(values)), rowDigest(keys.tombstone([first, second])));
      }),
      { numRuns: 100 },
    );
    t.pass('for any values');
  });

  await t.test('not across the bytes of two digests, and not where a column is missing', async (t) => {
    const digests = Buffer.from('00112233445566778899aabbccddeeff', 'hex');
    t.equal(isAmong(digests, digests.readBigInt64BE(8).toString()), true);
    t.equal(isAmong(digests, digests.readBigInt64BE(3).toString()), false);
    t.equal(isAmong(digests.subarray(0, 15), digests.readBigInt64BE(8).toString()), false);
    t.equal(digestOfRow(shape, { b: null }), null);
    t.equal(digestOfGone(shape, { b: null }), null);
  });
}
