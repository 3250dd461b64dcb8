import type { Line } from './lines.ts';
import { DigestWords, writeSignedDecimal } from './row-digest.ts';

/** Rows asked for while the size of a view's lines is not known. */
const firstGuess = 1000;
/** A page that is this full is not worth another query. */
const fullEnough = 0.9;

/** Longest signed 64-bit decimal, and the tab after it. */
const digestRoom = 21;
/** Most bytes that a line is longer in the page than by itself: digest, tab, newline. */
export const lineOverhead = digestRoom + 1;
/** Digest, mark, a column, and what parts them. */
const leastLineBytes = 8;

export interface PageMark {
  readonly length: number;
  readonly rows: number;
}

/**
 * Collects the lines of one page up to a byte budget and puts each row's digest before it.
 * A page takes its first row whatever its size (engines give none over `maxRowBytes`), so that it always moves on.
 */
export class PageBuilder {
  readonly #budget: number;
  readonly #maxRows: number;
  readonly #words = new DigestWords();
  #bytes: Buffer;
  #length = 0;
  #rows = 0;
  #full = false;

  constructor(budget: number, maxRows: number) {
    this.#budget = budget;
    this.#maxRows = maxRows;
    // At once, and not grown: what is not written to is never backed by memory, and growing leaves garbage behind.
    this.#bytes = Buffer.allocUnsafeSlow(budget + digestRoom);
  }

  get rows(): number {
    return this.#rows;
  }

  /** True once a line was refused: the page ends before it. */
  get full(): boolean {
    return this.#full;
  }

  /** Mean bytes of a line so far; 0 before the first. */
  get meanLineBytes(): number {
    return this.#rows === 0 ? 0 : this.#length / this.#rows;
  }

  /**
   * How many rows to ask the database for next; 0 when the page is full enough to be sent.
   * @param expectedLineBytes what lines of this view have been so far, 0 when nothing is known of them
   * @param times more than are likely to fit
   */
  rowsToAsk(expectedLineBytes: number, times = 1): number {
    const left = this.#budget - this.#length;
    const room = this.#maxRows - this.#rows;
    if (this.#rows > 0 && left < this.#budget * (1 - fullEnough)) return 0;
    const mean = this.meanLineBytes || expectedLineBytes;
    return Math.min(room, times * (mean === 0 ? firstGuess : Math.ceil(left / mean) + 1));
  }

  /** Takes a line (mark and columns, no digest, no newline) unless the page is full; false when it is. */
  push(line: Line): boolean {
    const bytes = Buffer.byteLength(line);
    const size = bytes + lineOverhead;
    const overBudget = this.#rows > 0 && this.#length + size > this.#budget;
    if (this.#full || this.#rows >= this.#maxRows || overBudget) {
      this.#full = true;
      return false;
    }
    this.#reserve(size);
    this.#words.read(line);
    this.#length = writeSignedDecimal(this.#words.high, this.#words.low, this.#bytes, this.#length);
    this.#bytes[this.#length++] = 0x09;
    if (typeof line === 'string') this.#bytes.write(line, this.#length, 'utf8');
    else line.copy(this.#bytes, this.#length);
    this.#length += bytes;
    this.#bytes[this.#length++] = 0x0a;
    this.#rows++;
    return true;
  }

  /** More lines than this can never fit. */
  get mostRows(): number {
    return Math.min(this.#maxRows, Math.ceil(this.#budget / leastLineBytes));
  }

  /** Where the page stands, to take back with `reset` what is pushed from here on. */
  mark(): PageMark {
    return { length: this.#length, rows: this.#rows };
  }

  reset({ length, rows }: PageMark): void {
    this.#length = length;
    this.#rows = rows;
    this.#full = false;
  }

  /** The last lines, from the end of the page on, without their digests. */
  *linesFromEnd(count: number): Generator<Buffer> {
    let end = this.#length;
    for (let taken = 0; taken < count && end > 0; taken++) {
      const start = this.#startOfLine(end);
      yield this.#bytes.subarray(this.#bytes.indexOf(0x09, start) + 1, end - 1);
      end = start;
    }
  }

  /** The digests of the lines, from the end of the page on. */
  *digestsFromEnd(): Generator<string> {
    for (let end = this.#length; end > 0; ) {
      const start = this.#startOfLine(end);
      yield this.#bytes.toString('latin1', start, this.#bytes.indexOf(0x09, start));
      end = start;
    }
  }

  /** Whether lines of so many bytes together are sure to be taken, should the page be `reopened`. */
  hasRoomFor(rows: number, bytes: number): boolean {
    if (this.#rows + rows > this.#maxRows) return false;
    return this.#rows + rows <= 1 || this.#length + bytes + rows * lineOverhead <= this.#budget;
  }

  /** The same of a page that is empty yet. */
  mayHold(rows: number, bytes: number): boolean {
    return rows <= this.#maxRows && (rows <= 1 || bytes + rows * lineOverhead <= this.#budget);
  }

  /** A page that refused a line may take another one, which comes before that. */
  reopen(): void {
    this.#full = false;
  }

  /** Takes back the last lines. */
  drop(count: number): void {
    for (let dropped = 0; dropped < count; dropped++) this.#length = this.#startOfLine(this.#length);
    this.#rows -= count;
  }

  #startOfLine(end: number): number {
    return end < 2 ? 0 : this.#bytes.lastIndexOf(0x0a, end - 2) + 1;
  }

  finish(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  #reserve(size: number): void {
    const needed = this.#length + size;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafe(Math.max(needed, Math.min(this.#bytes.length * 2, this.#budget + size)));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
