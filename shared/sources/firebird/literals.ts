import { GuaritaError } from '../../errors.ts';
import { rawHexOf } from '../reading/keys.ts';
import type { FirebirdColumn } from './catalog.ts';
import { hexLiteral } from './charsets.ts';
import { exactDouble } from './doubles.ts';
import { isValueOf } from './types.ts';

/** A text has at most so many bytes in Firebird. */
const longestText = 32_765;

/** SQL for a value of a column; null when the text, or the raw bytes of a key, are no value of it. */
export function literalOf(column: FirebirdColumn, text: string): string | null {
  const hex = rawHexOf(text);
  if (hex !== null) return ofBytes(column, hex);
  if (text.includes('\0') || !isValueOf(column, text)) return null;
  switch (column.kind) {
    case 'text': {
      const bytes = column.charset?.encode(text) ?? null;
      return bytes === null || bytes.length > longestText ? null : hexLiteral(bytes, column.storedAs);
    }
    case 'bytes':
      return text.length > 2 * longestText ? null : hexLiteral(Buffer.from(text.slice(2), 'hex'), 'OCTETS');
    case 'float':
      return exactDouble(text, column.cast === 'FLOAT');
    case 'boolean':
      return text;
    default:
      return `CAST('${text}' AS ${column.cast})`;
  }
}

/** The same where there has to be one. Throws `cursor-invalid`. */
export function requireLiteral(column: FirebirdColumn, text: string): string {
  const literal = literalOf(column, text);
  if (literal === null) throw new GuaritaError('cursor-invalid');
  return literal;
}

/** Bytes that are no text in the column's character set; the database keeps none in UTF-8. */
function ofBytes({ kind, charset, storedAs }: FirebirdColumn, hex: string): string | null {
  const isPossible = kind === 'text' && (storedAs === 'NONE' || charset?.bytesPerCharacter === 1);
  return isPossible && /^([0-9a-f]{2})+$/.test(hex) ? hexLiteral(Buffer.from(hex, 'hex'), storedAs) : null;
}
