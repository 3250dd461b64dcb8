import { hash } from 'node:crypto';

/**
 * Row digest (protocol.md D1): the first 64 bits of SHA-256 over the row's line without its digest field and
 * without the final newline, as the signed integer that PostgreSQL's `bigint` holds, in decimal.
 *
 * Signed decimal rather than hexadecimal: the base stores 8 bytes, and `sum()` over them needs no cast.
 */
export function rowDigest(line: Uint8Array): string {
  // Hexadecimal first: the hash function returns a string at a fraction of what a Buffer costs (0.65 against 1.6 µs).
  return BigInt.asIntN(64, BigInt(`0x${hash('sha256', line, 'hex').slice(0, 16)}`)).toString();
}
