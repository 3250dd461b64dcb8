import { encodeField, markField, nullField } from '../sources/reading/lines.ts';
import { rowDigest } from '../sources/reading/row-digest.ts';
import { rowDigestBytes } from './row-digests.ts';

/** The columns of a view in their order, and its key. */
interface Shape {
  readonly columns: readonly string[];
  readonly key: readonly string[];
}

/** A row by column; columns that the shape does not have do not matter. */
type Values = Readonly<Record<string, string | null>>;

/** The digest of a row as its agent gave it (D1), from its values; null where they lack a column. */
export function digestOfRow({ columns }: Shape, values: Values): string | null {
  if (!columns.every((name) => Object.hasOwn(values, name))) return null;
  return rowDigest([nullField, ...columns.map((name) => encodeField(values[name] ?? null))].join('\t'));
}

/** The same of the line that says that no row has this key any more. */
export function digestOfGone({ columns, key }: Shape, values: Values): string | null {
  if (!key.every((name) => Object.hasOwn(values, name))) return null;
  const fields = columns.map((name) => encodeField(key.includes(name) ? (values[name] ?? null) : null));
  return rowDigest([markField([-1]), ...fields].join('\t'));
}

/** Whether a digest is one of those of a page, 8 bytes each. */
export function isAmong(digests: Uint8Array, digest: string): boolean {
  const wanted = BigInt(digest);
  const bytes = Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength);
  for (let at = 0; at + rowDigestBytes <= bytes.length; at += rowDigestBytes) {
    if (bytes.readBigInt64BE(at) === wanted) return true;
  }
  return false;
}
