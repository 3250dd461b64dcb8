import type { ClientBase } from 'pg';
import { attempt } from './attempt.ts';
import { byteDecoder, isUndecodable, type LineDecoder, utf8Decoder } from './encoding.ts';

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
  let text = null as string | null;
  const convert = async () => {
    const { rows } = await client.query<{ text: string }>(sql);
    text = rows[0]?.text ?? '';
  };
  const error = await attempt(client, convert, isUndecodable);
  if (text !== null) return Array.from(text);
  if (error === null || end - begin === 1) return [null];
  const middle = (begin + end) >> 1;
  return [...(await readCharacters(client, begin, middle)), ...(await readCharacters(client, middle, end))];
}
