import { encodeField, hexText, type Line, markField, nullField } from '../reading/lines.ts';
import { bounded, maxRowBytes, stubOf } from '../reading/stub-line.ts';
import type { Cell, FirebirdTransaction } from './attachment.ts';
import { type FirebirdColumn, quoteIdentifier } from './catalog.ts';
import { doubleText } from './doubles.ts';

/** A row of a statement may have 64 KiB; this is left for what is not counted here. */
const rowRoom = 60_000;
/** A BLOB up to this many bytes comes with its row, if there is room: each other one is three round trips. */
const mostInline = 8000;
/** What is read ahead: a batch that comes in several packets, the driver decodes again from its begin for each. */
const batchBytes = 64 * 1024;

/**
 * How rows of these columns are selected, and the lines made of them. A BLOB is three fields: its bytes when they
 * are few, else the BLOB itself, and how many bytes it has, so that one which is too large is never read.
 */
export class FirebirdLines {
  readonly #columns: readonly FirebirdColumn[];
  readonly #kept: ReadonlySet<number>;
  readonly #inline: number;

  /** @param kept places of the columns that the stub of a row keeps */
  constructor(columns: readonly FirebirdColumn[], kept: ReadonlySet<number>) {
    this.#columns = columns;
    this.#kept = kept;
    const blobs = columns.filter(({ kind }) => kind === 'blob').length;
    const inline = blobs === 0 ? 0 : Math.floor((rowRoom - this.#rowBytes) / blobs) - 32;
    this.#inline = Math.max(0, Math.min(mostInline, inline));
  }

  get fields(): string {
    return this.#columns.map((column) => this.#field(column)).join(', ');
  }

  /** Rows of one batch: as many as are certain to fit, since a driver that has half of one has to begin it anew. */
  get rowsAtOnce(): number {
    return Math.max(8, Math.min(1000, Math.ceil((2 * batchBytes) / this.#rowBytes)));
  }

  get #rowBytes(): number {
    return this.#columns.reduce((bytes, column) => bytes + column.bytes, 0);
  }

  #field(column: FirebirdColumn): string {
    const name = quoteIdentifier(column.name);
    if (column.kind !== 'blob') return fieldOf(column, name);
    const length = `OCTET_LENGTH(${name})`;
    const isShort = `${length} <= ${this.#inline}`;
    const bytes =
      this.#inline === 0
        ? 'NULL'
        : `CASE WHEN ${isShort} THEN CAST(${name} AS VARCHAR(${this.#inline}) CHARACTER SET OCTETS) END`;
    return `${bytes}, CASE WHEN ${isShort} THEN NULL ELSE ${name} END, ${length}`;
  }

  /** Null when the row has BLOBs to be read first, see `lineWithBlobs`. */
  line(row: readonly Cell[]): Line | null {
    const fields: string[] = [];
    const marks: number[] = [];
    let at = 0;
    for (const [place, column] of this.#columns.entries()) {
      let cell = row[at++] ?? null;
      if (column.kind === 'blob') {
        if ((row[at] ?? null) !== null) return null;
        at += 2;
      }
      fields.push(this.#encode(column, cell, place, marks));
    }
    return bounded([markField(marks), ...fields].join('\t'), this.#kept);
  }

  /** The line of a row after its BLOBs have been read, unless it is too large for certain: then its stub. */
  async lineWithBlobs(row: readonly Cell[], transaction: FirebirdTransaction): Promise<Line> {
    const tooLarge = this.#leastBytes(row) > maxRowBytes;
    const read: Cell[] = [...row];
    let at = 0;
    for (const { kind } of this.#columns) {
      if (kind === 'blob') {
        const reference = read[at + 1] ?? null;
        if (typeof reference === 'function' && !tooLarge) read[at] = await transaction.blob(reference);
        read[at + 1] = null;
        at += 2;
      }
      at++;
    }
    const line = this.line(read) ?? nullField;
    return tooLarge ? stubOf(line, this.#kept) : line;
  }

  /** What the BLOBs of a row take in its line, at least. */
  #leastBytes(row: readonly Cell[]): number {
    let bytes = 0;
    let at = 0;
    for (const { kind, charset } of this.#columns) {
      if (kind === 'blob') {
        bytes += Number(row[at + 2] ?? 0) * (charset === null ? 2 : 1);
        at += 2;
      }
      at++;
    }
    return bytes;
  }

  #encode(column: FirebirdColumn, cell: Cell, place: number, marks: number[]): string {
    if (cell === null) return nullField;
    if (typeof cell === 'string') {
      // Nearly every value: ASCII without anything that is escaped.
      if (column.padded === 0 && !needsCare.test(cell)) return cell;
    } else if (typeof cell === 'number') {
      return doubleText(cell, column.cast === 'FLOAT');
    } else if (column.charset === null) {
      return encodeField(hexText(cell as Buffer));
    }
    const bytes = typeof cell === 'string' ? cell : (cell as Buffer).toString('latin1');
    const text = column.charset === null ? bytes : column.charset.decode(bytes);
    if (text !== null) return encodeField(column.padded === 0 ? text : cutTo(text, column.padded));
    marks.push(place + 1);
    return encodeField(hexText(Buffer.from(bytes, 'latin1')));
  }
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const needsCare = /[\0\\\b-\r\x80-\xff]/;

/** SQL for an expression of a column's type, as `FirebirdLines` takes it; not for a BLOB. */
export function fieldOf({ kind, width }: FirebirdColumn, expression: string): string {
  const isAsItIs = kind === 'text' || kind === 'bytes' || kind === 'float';
  return isAsItIs ? expression : `CAST(${expression} AS VARCHAR(${width}) CHARACTER SET ASCII)`;
}

/** A padded text without the blanks that stand for bytes, not for characters. */
function cutTo(text: string, characters: number): string {
  let pairs = 0;
  for (let place = 0; place < text.length; place++) {
    const code = text.charCodeAt(place);
    if (code >= 0xd800 && code < 0xdc00) pairs++;
  }
  return text.slice(0, characters + pairs);
}
