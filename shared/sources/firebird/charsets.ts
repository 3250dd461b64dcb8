import { utf8Text } from '../reading/lines.ts';
import type { FirebirdTransaction } from './attachment.ts';
import { isOfStatement } from './errors.ts';

/** A character set of the database: what its bytes mean. Here bytes are a text of one character a byte. */
export interface Charset {
  /** As the database calls it. */
  readonly name: string;
  readonly bytesPerCharacter: number;
  /** Null for bytes that no text stands for. */
  decode(bytes: string): string | null;
  /** Null for a text that it cannot hold. */
  encode(text: string): Buffer | null;
}

/**
 * The character sets of a database, by name. What the bytes of one mean is asked of the database itself, by its own
 * conversion, so that there is one for each set of one byte a character that it has, DOS850 as well as WIN1252, and
 * no table here that could differ from it.
 */
export class FirebirdCharsets {
  readonly #known = new Map<string, Charset | null>();

  /** Null for one of several bytes a character other than UTF-8, and for one that is not there. */
  async read(transaction: FirebirdTransaction, name: string): Promise<Charset | null> {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const charset = await readCharset(transaction, name);
    this.#known.set(name, charset);
    return charset;
  }
}

async function readCharset(transaction: FirebirdTransaction, name: string): Promise<Charset | null> {
  const [row] = await transaction.rows(
    `SELECT RDB$BYTES_PER_CHARACTER FROM RDB$CHARACTER_SETS WHERE RDB$CHARACTER_SET_NAME = ${hexLiteral(Buffer.from(name), 'UNICODE_FSS')}`,
  );
  if (row === undefined) return null;
  const bytesPerCharacter = Number(row[0]);
  if (name === 'UTF8' || name === 'UNICODE_FSS') return utf8(name, bytesPerCharacter);
  if (bytesPerCharacter !== 1) return null;
  const isAscii = name === 'ASCII';
  return ofOneByte(name, isAscii ? [] : await readCharacters(transaction, name, 0x80, 0x100));
}

function utf8(name: string, bytesPerCharacter: number): Charset {
  return {
    name,
    bytesPerCharacter,
    decode: (bytes) => utf8Text(Buffer.from(bytes, 'latin1')),
    encode: (text) => Buffer.from(text, 'utf8'),
  };
}

/** @param high the characters of the bytes from 0x80 on; below, all of them are ASCII */
function ofOneByte(name: string, high: readonly (string | null)[]): Charset {
  const bytes = new Map(
    high.flatMap((character, index) => (character === null ? [] : [[character, index + 0x80]])),
  );
  return {
    name,
    bytesPerCharacter: 1,
    decode: (text) => {
      let decoded = '';
      for (let place = 0; place < text.length; place++) {
        const byte = text.charCodeAt(place);
        const character = byte < 0x80 ? text[place] : high[byte - 0x80];
        if (byte === 0 || character === null || character === undefined) return null;
        decoded += character;
      }
      return decoded;
    },
    encode: (text) => {
      const encoded: number[] = [];
      for (const character of text) {
        const code = character.charCodeAt(0);
        const byte = code < 0x80 ? code : bytes.get(character);
        if (byte === undefined) return null;
        encoded.push(byte);
      }
      return Buffer.from(encoded);
    },
  };
}

/**
 * The characters of the bytes from `begin` up to `end`; halves what the database refuses. A byte that stands for no
 * character it makes a U+0000 of (0x81 in WIN1252), or refuses.
 */
async function readCharacters(
  transaction: FirebirdTransaction,
  name: string,
  begin: number,
  end: number,
): Promise<(string | null)[]> {
  const bytes = Buffer.from(Array.from({ length: end - begin }, (_, index) => begin + index));
  const sql = `SELECT CAST(${hexLiteral(bytes, name)} AS VARCHAR(${bytes.length}) CHARACTER SET UTF8) FROM RDB$DATABASE`;
  try {
    const [row] = await transaction.rows(sql);
    const characters = Array.from(Buffer.from(String(row?.[0]), 'latin1').toString('utf8'));
    if (characters.length === bytes.length) {
      return characters.map((character) => (character === '\0' || character === '\uFFFD' ? null : character));
    }
  } catch (error) {
    if (!isOfStatement(error)) throw error;
  }
  if (end - begin === 1) return [null];
  const middle = (begin + end) >> 1;
  return [
    ...(await readCharacters(transaction, name, begin, middle)),
    ...(await readCharacters(transaction, name, middle, end)),
  ];
}

/** A literal of bytes in a character set: the statement itself stays ASCII, and nothing in it needs quoting. */
export function hexLiteral(bytes: Buffer, charset: string): string {
  return `_${charset} x'${bytes.toString('hex')}'`;
}
