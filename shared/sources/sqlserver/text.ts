import { rawHexOf } from '../reading/keys.ts';

/** A name in brackets, which hold whatever QUOTED_IDENTIFIER says. */
export function quoteName(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

/** Bytes, from their hexadecimal. */
export function bytesLiteral(hexadecimal: string): string {
  return `0x${hexadecimal}`;
}

/**
 * What a quoted literal would not give back: a backslash before a line's end is taken for the continuation of the
 * literal and vanishes together with the line's end; 0x00 and half a surrogate pair are for the wire to spoil.
 */
// oxlint-disable-next-line no-control-regex -- 0x00 is what is looked for
const isDelicate = /\\\r?\n|\u0000|\p{Cs}/u;
/** Longest text of a type that is not `max`, in UTF-16 code units. */
export const mostUnits = 4000;

/** A Unicode literal: quoted, or the bytes of its UTF-16 where quotes do not hold it. */
export function textLiteral(text: string): string {
  if (!isDelicate.test(text)) return `N'${text.replaceAll("'", "''")}'`;
  return rawTextLiteral('nvarchar', Buffer.from(text, 'utf16le').toString('hex'));
}

/** A literal of the bytes of a text, in hexadecimal: as they are, in whatever the type keeps text in. */
export function rawTextLiteral(type: 'nvarchar' | 'varchar', hexadecimal: string): string {
  const most = type === 'nvarchar' ? mostUnits : 2 * mostUnits;
  const size = hexadecimal.length > 4 * mostUnits ? 'max' : String(most);
  return `CONVERT(${type}(${size}), ${bytesLiteral(hexadecimal)})`;
}

/** The bytes that a key's value stands for when it is no text (`keys.ts`), in hexadecimal; null when it is one. */
export function rawBytesOf(text: string): string | null {
  const raw = rawHexOf(text);
  return raw !== null && /^([0-9a-f]{2})+$/.test(raw) ? raw : null;
}
