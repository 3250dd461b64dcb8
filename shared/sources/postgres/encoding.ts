import { isAscii, isUtf8 } from 'node:buffer';
import { DatabaseError } from 'pg';
import { encodeRawFields, splitFields, unescapeField, utf8Text } from '../reading/lines.ts';

/**
 * A server fails a whole COPY for one value that it cannot give as UTF-8: SQL_ASCII holds any bytes, and WIN1252
 * has bytes that stand for no character. The database is then read in its own encoding and decoded here.
 */
export interface LineDecoder {
  /** Whether a line is the same in UTF-8. */
  isPlain(line: Buffer): boolean;
  /** The text of bytes in the encoding of the database, or null where they have none. */
  text(bytes: Buffer): string | null;
}

export const utf8Decoder: LineDecoder = { isPlain: isUtf8, text: utf8Text };

/**
 * A line of COPY that is not plain, in UTF-8, the columns that text cannot hold marked.
 * @param tooLarge marks it as the stub of a row that is larger than may travel
 */
export function decodeLine(line: Buffer, decoder: LineDecoder, tooLarge = false): string {
  const columns = splitFields(line).slice(1).map(unescapeField);
  return encodeRawFields(columns, (bytes) => decoder.text(bytes), tooLarge);
}

/** SQLSTATE: no equivalent in the other encoding; not valid in its own. */
export function isUndecodable(error: unknown): boolean {
  return error instanceof DatabaseError && (error.code === '22P05' || error.code === '22021');
}

/** @param high characters of the bytes from 0x80 on, null for one that has none */
export function byteDecoder(high: readonly (string | null)[]): LineDecoder {
  return {
    isPlain: isAscii,
    text: (bytes) => {
      let text = '';
      for (const byte of bytes) {
        const character = byte < 0x80 ? String.fromCharCode(byte) : high[byte - 0x80];
        if (character === null || character === undefined) return null;
        text += character;
      }
      return text;
    },
  };
}
