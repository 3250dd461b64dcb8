import { isAscii, isUtf8 } from 'node:buffer';
import { type ClientBase, DatabaseError } from 'pg';
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

/** How to decode what this database holds; null for an encoding of several bytes a character other than UTF-8. */
export async function readDecoder(client: ClientBase): Promise<LineDecoder | null> {
  const { rows } = await client.query<{ name: string; width: number }>(
    `SELECT getdatabaseencoding() AS name, pg_encoding_max_length(encoding) AS width
       FROM pg_database WHERE datname = current_database()`,
  );
  const { name = '', width = 0 } = rows[0] ?? {};
  if (name === 'SQL_ASCII' || name === 'UTF8') return utf8Decoder;
  return width === 1 ? byteDecoder(await readCharacters(client, 0x80, 0x100)) : null;
}

/** The characters of the bytes from `begin` up to `end`, by the server's own conversion: halves what it refuses. */
async function readCharacters(client: ClientBase, begin: number, end: number): Promise<(string | null)[]> {
  const bytes = Buffer.from(Array.from({ length: end - begin }, (_, index) => begin + index));
  const sql = `SELECT convert_from('\\x${bytes.toString('hex')}', getdatabaseencoding()) AS text`;
  try {
    const { rows } = await client.query<{ text: string }>(sql);
    return Array.from(rows[0]?.text ?? '');
  } catch (error) {
    if (!isUndecodable(error)) throw error;
    if (end - begin === 1) return [null];
    const middle = (begin + end) >> 1;
    return [...(await readCharacters(client, begin, middle)), ...(await readCharacters(client, middle, end))];
  }
}

function byteDecoder(high: readonly (string | null)[]): LineDecoder {
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
