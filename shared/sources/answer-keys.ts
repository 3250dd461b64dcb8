import { byNulls, type Key, KeyColumns, requireKeys } from './keys.ts';
import { PageBuilder } from './page-builder.ts';
import type { Finder, ViewSnapshot } from './view-snapshot.ts';
import type { Lookup, LookupRequest, ViewDescription } from './view-source.ts';

/**
 * A lookup, the same on every engine: it finds, this answers. Throws `request-invalid`.
 * @param budget bytes of the answer
 * @param lineBytes what lines of this view have been so far, 0 when nothing is known of them
 */
export async function readLookup(
  { description: view, finder }: Pick<ViewSnapshot, 'description' | 'finder'>,
  { keys }: LookupRequest,
  budget: number,
  lineBytes: number,
): Promise<Lookup> {
  requireKeys(view, keys);
  const page = new PageBuilder(budget, Number.MAX_SAFE_INTEGER);
  const answered = await new KeyAnswers(view, finder, page, lineBytes).answer(keys);
  const { fingerprint, epoch } = view;
  return { lines: page.finish(), rows: page.rows, answered, fingerprint, epoch };
}

/**
 * Puts into a page what there is of keys: their rows, or a line that says that there is none. A key that was answered
 * before in this page is not answered again.
 */
export class KeyAnswers {
  readonly #finder: Finder;
  readonly #page: PageBuilder;
  readonly #columns: KeyColumns;
  readonly #lineBytes: number;
  readonly #answered = new Set<string>();
  /** Most keys of a batch: halved when one did not fit. */
  #most: number;

  constructor(view: ViewDescription, finder: Finder, page: PageBuilder, lineBytes: number) {
    this.#finder = finder;
    this.#page = page;
    this.#lineBytes = lineBytes;
    this.#most = finder.keysAtOnce;
    this.#columns = new KeyColumns(view);
  }

  /**
   * Answers keys in their order, batch by batch, and returns how many from the first on are answered in full.
   * A batch that does not fit is taken back: the page ends there, or, when nothing is in it yet, goes on with half as
   * many. One key alone is always answered, cut where the page ends, so that a page never ends before its first key.
   */
  async answer(keys: readonly Key[]): Promise<number> {
    let done = 0;
    while (done < keys.length) {
      const size = this.#batchSize();
      if (size === 0) return done;
      const batch = this.#distinct(keys.slice(done, done + size));
      const mark = this.#page.mark();
      if (!(await this.#answerBatch(batch)) && (mark.rows > 0 || batch.size > 1)) {
        this.#page.reset(mark);
        if (mark.rows > 0) return done;
        this.#most = Math.min(size, batch.size) >> 1;
        continue;
      }
      for (const identity of batch.keys()) this.#answered.add(identity);
      done = Math.min(done + size, keys.length);
    }
    return done;
  }

  /** As many keys as are likely to fit; 0 when the page is full enough to be sent. */
  #batchSize(): number {
    const likely = this.#page.rowsToAsk(this.#lineBytes);
    const isKnown = this.#lineBytes > 0 || this.#page.rows > 0;
    return likely > 0 && !isKnown ? this.#most : Math.min(likely, this.#most);
  }

  #distinct(keys: readonly Key[]): Map<string, Key> {
    const distinct = new Map<string, Key>();
    for (const key of keys) {
      const identity = this.#columns.identityOf(key);
      if (!this.#answered.has(identity)) distinct.set(identity, key);
    }
    return distinct;
  }

  /** False when not all of it fits. */
  async #answerBatch(batch: ReadonlyMap<string, Key>): Promise<boolean> {
    const found = new Set<string>();
    let fits = true;
    for (const keys of byNulls([...batch.values()])) {
      await this.#finder.find(keys, this.#page.mostRows + 1, (line) => {
        fits &&= this.#page.push(line);
        found.add(this.#columns.identityOfLine(line));
        return fits;
      });
      if (!fits) return false;
    }
    for (const [identity, key] of batch) {
      if (!found.has(identity) && !this.#page.push(this.#columns.tombstone(key))) return false;
    }
    return true;
  }
}
