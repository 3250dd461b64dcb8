import { hash } from 'node:crypto';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { provenDigests } from '../../../shared/protocol/page-proof.ts';
import { pageDigest, rowDigests } from '../../../shared/protocol/row-digests.ts';
import { rowDigest } from '../../../shared/sources/reading/row-digest.ts';

const invalid = { code: 'page-invalid' };
const [least, greatest] = [-(2n ** 63n), 2n ** 63n - 1n];
const extremes = [
  least,
  least + 1n,
  -(2n ** 32n),
  -1n,
  0n,
  1n,
  2n ** 31n,
  2n ** 32n - 1n,
  2n ** 32n,
  greatest,
];

/** A digest, and what follows it in its line. */
const lines = fc.array(
  fc.record({
    digest: fc.oneof(fc.bigInt({ min: least, max: greatest }), fc.constantFrom(...extremes)),
    rest: fc.string({ unit: fc.constantFrom('\t', '0', '-', 'é', '\\', ' ') }),
  }),
);

function pageOf(rows: readonly { digest: bigint | string; rest: string }[]): Buffer {
  return Buffer.from(rows.map(({ digest, rest }) => `${digest}\t${rest}\n`).join(''));
}

function bytesOf(digests: readonly bigint[]): Buffer {
  const bytes = Buffer.alloc(digests.length * 8);
  for (const [row, digest] of digests.entries()) bytes.writeBigInt64BE(digest, row * 8);
  return bytes;
}

/** The digests of a page's rows as bytes, and the one hash of them that is signed. */
export async function rowDigestsOfPages(t: Test): Promise<void> {
  await t.test('D1 of any page the digests of its lines, in their order', async (t) => {
    fc.assert(
      fc.property(lines, (rows) => {
        const read = rowDigests(pageOf(rows), rows.length);
        t.ok(read.equals(bytesOf(rows.map(({ digest }) => digest))));
      }),
      { numRuns: 300 },
    );
    const line = '\\N\tMARIA';
    const sha = hash('sha256', line, 'buffer');
    t.ok(rowDigests(pageOf([{ digest: rowDigest(line), rest: line }]), 1).equals(sha.subarray(0, 8)));
  });

  await t.test('another number of lines is refused', async (t) => {
    fc.assert(
      fc.property(lines, fc.nat({ max: 20 }), (rows, count) => {
        fc.pre(count !== rows.length);
        t.throws(() => rowDigests(pageOf(rows), count), invalid);
      }),
    );
    const page = pageOf([{ digest: 1n, rest: 'x' }]);
    t.throws(() => rowDigests(page, Number.MAX_SAFE_INTEGER), invalid, 'nor is there room made for them');
    t.throws(() => rowDigests(page.subarray(0, -1), 1), invalid, 'cut short');
    t.throws(() => rowDigests(Buffer.concat([page, Buffer.from('1')]), 1), invalid, 'more behind it');
  });

  await t.test('what is no digest is refused, wherever it stands', async (t) => {
    const wrong = [
      ...['', '-', '+1', '00', '-0', '01', '-01', '1.0', '1e3', ' 1', '1 ', '0x1', '--1', '/', ':', '１'],
      ...[`${greatest + 1n}`, `${least - 1n}`, '9999999999999999999', '-9999999999999999999'],
      ...[`${2n ** 64n}`, `${2n ** 64n + 1n}`, `-${2n ** 64n}`, '1'.repeat(40)],
    ];
    const good = { digest: 7n, rest: '\\N' };
    for (const digest of wrong) {
      for (const before of [0, 1]) {
        const page = pageOf([...Array.from({ length: before }, () => good), { digest, rest: '\\N' }, good]);
        t.throws(() => rowDigests(page, before + 2), invalid, digest);
      }
    }
    t.throws(() => rowDigests(Buffer.from('1\n2\t\\N\n'), 2), invalid, 'a line without a field behind it');
  });

  await t.test('any page is proven by the hash of its digests, and by no other', async (t) => {
    const receipt = { keyid: '', publicKey: Buffer.of(), signatureBase: '', signature: Buffer.of() };
    fc.assert(
      fc.property(lines, lines, (one, two) => {
        const digests = bytesOf(one.map(({ digest }) => digest));
        const proof = { ...receipt, digests: hash('sha256', digests, 'buffer') };
        t.ok(pageDigest(digests).equals(proof.digests));
        t.ok(provenDigests(pageOf(one), one.length, proof)?.equals(digests));
        fc.pre(!digests.equals(bytesOf(two.map(({ digest }) => digest))));
        t.throws(() => provenDigests(pageOf(two), two.length, proof), invalid);
      }),
    );
    t.equal(provenDigests(pageOf([]), 0, { ...receipt, digests: null }), null, 'nothing was signed');
  });
}
