import { hash } from 'node:crypto';

/**
 * Row digest (protocol.md D1): the first 64 bits of SHA-256 over the row's line without its digest field and
 * without the final newline, as the signed integer that PostgreSQL's `bigint` holds, in decimal.
 *
 * Signed decimal rather than hexadecimal: the base stores 8 bytes, and `sum()` over them needs no cast.
 */
export function rowDigest(line: Uint8Array): string {
  return hash('sha256', line, 'buffer').readBigInt64BE(0).toString();
}
