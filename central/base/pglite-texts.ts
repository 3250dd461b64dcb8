import { PGlite, type PGliteOptions } from '@electric-sql/pglite';

type Execute = PGlite['execProtocolStream'];

/** U+FEFF in UTF-8. */
const mark = Buffer.from('\uFEFF');

/**
 * PGlite with texts as they are: it takes a U+FEFF that begins one for a byte order mark, and leaves it out of the texts
 * that it gives (`TextDecoder`, which it lets nobody set). In names of columns and in values, such as keys, it is put back
 * from the bytes of the answer.
 */
export class PGliteTexts extends PGlite {
  static async open(folder: string, options: PGliteOptions): Promise<PGliteTexts> {
    const db = new PGliteTexts(folder, options);
    await db.waitReady;
    return db;
  }

  override async execProtocolStream(...asked: Parameters<Execute>): ReturnType<Execute> {
    const { messages, data } = await this.execProtocol(...asked);
    const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
    if (bytes.includes(mark)) restore(bytes, messages);
    return messages;
  }
}

type Messages = Awaited<ReturnType<Execute>>;

/** Of PGlite's messages, those with texts; it types them as read-only. */
interface Row {
  readonly name: 'dataRow';
  readonly fields: (string | null)[];
}
interface Description {
  readonly name: 'rowDescription';
  readonly fields: { name: string }[];
}

/** Both are in one order. @param bytes messages of the protocol: a letter, a length, a body each */
function restore(bytes: Buffer, messages: Messages): void {
  const withTexts = (messages as readonly { readonly name: string }[]).filter(
    (message): message is Row | Description =>
      message.name === 'dataRow' || message.name === 'rowDescription',
  );
  let next = 0;
  for (let at = 0; at + 5 <= bytes.length; at += 1 + bytes.readInt32BE(at + 1)) {
    const letter = String.fromCharCode(bytes[at] ?? 0);
    if (letter !== 'D' && letter !== 'T') continue;
    const message = withTexts[next++];
    if (message?.name === 'dataRow') restoreValues(bytes, at + 5, message.fields);
    if (message?.name === 'rowDescription') restoreNames(bytes, at + 5, message.fields);
  }
}

const isMarked = (bytes: Buffer, at: number) => bytes.compare(mark, 0, 3, at, at + 3) === 0;

/** A number of fields, then each: its length (-1 for NULL) and its bytes. */
function restoreValues(bytes: Buffer, start: number, values: (string | null)[]): void {
  let at = start + 2;
  for (const [index, value] of values.entries()) {
    const length = bytes.readInt32BE(at);
    if (length >= 3 && isMarked(bytes, at + 4)) values[index] = `\uFEFF${value ?? ''}`;
    at += 4 + Math.max(length, 0);
  }
}

/** A number of columns, then each: its name, a zero, and 18 bytes of what it is. */
function restoreNames(bytes: Buffer, start: number, columns: { name: string }[]): void {
  let at = start + 2;
  for (const column of columns) {
    if (isMarked(bytes, at)) column.name = `\uFEFF${column.name}`;
    at = bytes.indexOf(0, at) + 1 + 18;
  }
}
