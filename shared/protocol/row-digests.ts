import { hash } from 'node:crypto';
import { GuaritaError } from '../errors.ts';

/** Bytes of a row's digest where it is kept: big endian, two's complement. */
export const rowDigestBytes = 8;

/** More digits than this no 64-bit number has; so many still fit 64 bits without a sign. */
const mostDigits = 19;
const [tab, newline, minus, zero] = [0x09, 0x0a, 0x2d, 0x30];

/**
 * The digests of a page's lines, in their order, 8 bytes each: first field of a line, a signed 64-bit decimal (D1).
 * Throws `page-invalid` where a line has none as `rowDigest` writes it, or where there are not so many lines.
 *
 * By hand in two words of 32 bits, since every page passes here on both sides: 130 ns a row of 200 bytes, a quarter of
 * them to find the newline, against 350 by way of a text and a BigInt (0.65 µs to make the digest).
 */
export function rowDigests(lines: Buffer, rows: number): Buffer {
  // A line is never shorter: a number of rows that cannot be is not made room for.
  if (rows > lines.length) throw notSoMany(rows);
  const digests = Buffer.allocUnsafe(rows * rowDigestBytes);
  let at = 0;
  for (let row = 0; row < rows; row++) {
    const negative = lines[at] === minus;
    if (negative) at++;
    const start = at;
    let high = 0;
    let low = 0;
    for (let digit = digitAt(lines, at); digit >= 0 && digit <= 9; digit = digitAt(lines, ++at)) {
      const below = (low & 0xffff) * 10 + digit;
      const above = (low >>> 16) * 10 + (below >>> 16);
      low = (above << 16) | (below & 0xffff);
      high = (Math.imul(high, 10) + (above >>> 16)) | 0;
    }
    const digits = at - start;
    const padded = lines[start] === zero && (digits > 1 || negative);
    // The sign bit is set: beyond the greatest number, unless it is the least one.
    const beyond = high < 0 && !(negative && high === -0x80000000 && low === 0);
    const end = lines.indexOf(newline, at);
    if (digits === 0 || digits > mostDigits || padded || beyond || lines[at] !== tab || end === -1) {
      throw at < lines.length
        ? new GuaritaError('page-invalid', `A linha ${row + 1} não tem resumo.`)
        : notSoMany(rows);
    }
    if (negative) {
      low = -low | 0;
      high = low === 0 ? -high | 0 : ~high;
    }
    digests.writeInt32BE(high, row * rowDigestBytes);
    digests.writeInt32BE(low, row * rowDigestBytes + 4);
    at = end + 1;
  }
  if (at !== lines.length) throw notSoMany(rows);
  return digests;
}

/** The page digest of an answer that is to be signed. */
export function pageDigestOf(lines: Buffer, rows: number): Buffer {
  return pageDigest(rowDigests(lines, rows));
}

/** What the signed header carries of the digests of a page: SHA-256 over them, 32 bytes. */
export function pageDigest(digests: Uint8Array): Buffer {
  return hash('sha256', digests, 'buffer');
}

/** NaN behind the end. */
function digitAt(lines: Buffer, at: number): number {
  return (lines[at] ?? Number.NaN) - zero;
}

function notSoMany(rows: number): GuaritaError {
  return new GuaritaError('page-invalid', `Não tem ${rows} linhas.`);
}
