import type { Line } from './lines.ts';
import type { PageBuilder } from './page-builder.ts';

interface Row {
  readonly digest: bigint;
  readonly bytes: number;
}

/**
 * Of rows in any order, those with the smallest digests, as many as a page may take. What is kept of them is bounded,
 * however many there are: a key that all rows have makes one tie of a whole view.
 */
export class SmallestRows {
  readonly #page: PageBuilder;
  readonly #after: bigint | null;
  #kept: Row[] = [];
  #mostKept = 2048;
  #isCut = false;
  #rows = 0;

  /** @param after only rows with a greater digest; null for all */
  constructor(page: PageBuilder, after: string | null = null) {
    this.#page = page;
    this.#after = after === null ? null : BigInt(after);
  }

  /** How many there were. */
  get rows(): number {
    return this.#rows;
  }

  add(text: string, line: Line): void {
    const digest = BigInt(text);
    if (this.#after !== null && digest <= this.#after) return;
    this.#rows++;
    this.#kept.push({ digest, bytes: Buffer.byteLength(line) });
    if (this.#kept.length > this.#mostKept) this.#prune();
  }

  /** Up to which digest the page has room for all rows, at least for the first; `all` when that is every one. */
  fitting(): { upTo: string | null; all: boolean } {
    const fitting = this.#fitting();
    const last = this.#kept[fitting - 1];
    // Rows with one digest stay together; those of the first are alike to the last byte, and are cut where they must.
    const next = this.#kept[fitting]?.digest;
    const isParted = last !== undefined && last.digest === next;
    const end = isParted ? (this.#kept.findLast((row) => row.digest < last.digest) ?? last) : last;
    const all = !this.#isCut && this.#kept.at(-1)?.digest === end?.digest;
    return { upTo: end?.digest.toString() ?? null, all };
  }

  isAmong(text: string, upTo: string | null): boolean {
    const digest = BigInt(text);
    return upTo !== null && digest <= BigInt(upTo) && (this.#after === null || digest > this.#after);
  }

  isFirst(text: string): boolean {
    return this.#kept[0]?.digest === BigInt(text);
  }

  /** How many from the first on fit the page. */
  #fitting(): number {
    return this.#first((rows, bytes) => this.#page.hasRoomFor(rows, bytes));
  }

  #first(hasRoom: (rows: number, bytes: number) => boolean): number {
    this.#kept.sort((a, b) => (a.digest < b.digest ? -1 : Number(a.digest > b.digest)));
    let bytes = 0;
    const end = this.#kept.findIndex((row, index) => {
      bytes += row.bytes;
      return !hasRoom(index + 1, bytes);
    });
    return end === -1 ? this.#kept.length : end;
  }

  /** More than an empty page holds, and one, will not be given. */
  #prune(): void {
    const most = this.#first((rows, bytes) => this.#page.mayHold(rows, bytes)) + 1;
    this.#isCut ||= most < this.#kept.length;
    this.#kept.length = Math.min(most, this.#kept.length);
    this.#mostKept = 2 * Math.max(1024, this.#kept.length);
  }
}
