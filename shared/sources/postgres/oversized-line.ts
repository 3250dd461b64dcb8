import { nullField } from '../reading/lines.ts';
import { maxKeptBytes } from '../reading/stub-line.ts';

const tab = 0x09;

/**
 * A line that has outgrown what may travel, while the rest of it still streams in: only the fields that its stub
 * keeps are held, each as long as a stub may hold it, so that memory does not grow with the row.
 */
export class OversizedLine {
  readonly #kept: ReadonlySet<number>;
  readonly #fields: Buffer[] = [];
  /** Pieces of the field that is coming in; null once it is one that is not kept. */
  #pieces: Buffer[] | null = null;
  #length = 0;
  /** The field that is coming in; the first is the mark, the columns follow. */
  #field = 0;

  /** @param kept places of the columns that the stub keeps */
  constructor(kept: ReadonlySet<number>) {
    this.#kept = kept;
  }

  feed(bytes: Buffer): void {
    let start = 0;
    for (let end = bytes.indexOf(tab); end !== -1; end = bytes.indexOf(tab, start)) {
      this.#take(bytes.subarray(start, end));
      this.#end();
      start = end + 1;
    }
    this.#take(bytes.subarray(start));
  }

  /** The line as it is kept, still escaped and not decoded: an empty mark, then the columns. */
  finish(): Buffer {
    this.#end();
    return Buffer.from(this.#fields.map((field) => field.toString('latin1')).join('\t'), 'latin1');
  }

  #take(bytes: Buffer): void {
    this.#length += bytes.length;
    if (!this.#kept.has(this.#field - 1) || this.#length > maxKeptBytes) {
      this.#pieces = null;
      return;
    }
    // Copied: a piece is a view of a chunk, which would be held with it.
    (this.#pieces ??= []).push(Buffer.from(bytes));
  }

  #end(): void {
    this.#fields.push(this.#pieces === null ? Buffer.from(nullField) : Buffer.concat(this.#pieces));
    this.#pieces = null;
    this.#length = 0;
    this.#field++;
  }
}
