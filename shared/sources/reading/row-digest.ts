import { hash } from 'node:crypto';

/**
 * Row digest (protocol.md D1): the first 64 bits of SHA-256 over the row's line without its digest field and
 * without the final newline, as the signed integer that PostgreSQL's `bigint` holds, in decimal.
 *
 * Signed decimal rather than hexadecimal: the base stores 8 bytes, and `sum()` over them needs no cast.
 */
export function rowDigest(line: Uint8Array | string): string {
  // Hexadecimal first: the hash function returns a string at a fraction of what a Buffer costs (0.65 against 1.6 µs).
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', line, 'hex').slice(0, 16)}`)).toString();
}

/**
 * The same digest as two unsigned words of 32 bits: a scan that only sums needs no BigInt and no text a row.
 * One instance serves a whole scan; it holds what it read last.
 */
export class DigestWords {
  high = 0;
  low = 0;

  read(line: Uint8Array | string): void {
    const hex = hash('sha256', line, 'hex');
    this.high = wordAt(hex, 0);
    this.low = wordAt(hex, 8);
  }
}

/** 64 bits in two unsigned words, as signed decimal. */
export function signedDecimal(high: number, low: number): string {
  return BigInt.asIntN(64, (BigInt(high) << 32n) | BigInt(low)).toString();
}

/** By character codes: a third of the time of `parseInt` over a slice. */
function wordAt(hex: string, start: number): number {
  let word = 0;
  for (let index = start; index < start + 8; index++) {
    const code = hex.charCodeAt(index);
    word = (word << 4) | (code < 0x3a ? code - 0x30 : code - 0x57);
  }
  return word >>> 0;
}
