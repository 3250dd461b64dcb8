import type { Lookup, LookupRequest, ViewDescription } from '../view-source.ts';
import { byNulls, type Key, KeyColumns, requireKeys } from './keys.ts';
import type { Line } from './lines.ts';
import { PageBuilder } from './page-builder.ts';
import type { Finder, ViewSnapshot } from './view-snapshot.ts';

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
  const answers = new KeyAnswers(view, finder, page, lineBytes);
  const answered = await answers.answer(keys);
  const { cut } = answers;
  const { fingerprint, epoch } = view;
  // The same key may have been asked for again right behind: what is cut is said of one alone.
  return { lines: page.finish(), rows: page.rows, answered: cut > 0 ? 1 : answered, cut, fingerprint, epoch };
}

/**
 * Puts into a page what there is of keys: their rows, or a line that says that there is none. A key that was answered
 * before in this page is not answered again. To the database another text may be the same key (7 and 7.0, `mat-7` and
 * `MAT-7`): a row that comes because its key only equals the one that is asked for is given, too, for a log may name it
 * so, but as little twice as any other: it would look like a key that is repeated.
 */
export class KeyAnswers {
  readonly #finder: Finder;
  readonly #page: PageBuilder;
  readonly #columns: KeyColumns;
  readonly #lineBytes: number;
  readonly #answered = new Set<string>();
  /** Most keys of a batch: halved when one did not fit. */
  #most: number;
  #cut = 0;

  constructor(view: ViewDescription, finder: Finder, page: PageBuilder, lineBytes: number) {
    this.#finder = finder;
    this.#page = page;
    this.#lineBytes = lineBytes;
    this.#most = finder.keysAtOnce;
    this.#columns = new KeyColumns(view);
  }

  /** How many lines of the first key did not fit, when it is the only one that is answered; else 0. */
  get cut(): number {
    return this.#cut;
  }

  /**
   * Answers keys in their order, batch by batch, and returns how many from the first on are answered.
   * A batch that does not fit is taken back: the page ends there, or, when nothing is in it yet, goes on with half as
   * many. One key alone is always answered, cut where the page ends, so that a page never ends before its first key:
   * what did not fit is counted, never kept.
   */
  async answer(keys: readonly Key[]): Promise<number> {
    let done = 0;
    while (done < keys.length && this.#cut === 0) {
      const size = this.#batchSize();
      if (size === 0) return done;
      const batch = this.#distinct(keys.slice(done, done + size));
      const mark = this.#page.mark();
      if (mark.rows === 0 && batch.size === 1) this.#cut = await this.#answerAlone(batch);
      else if (!(await this.#answerBatch(batch))) {
        this.#page.reset(mark);
        if (mark.rows > 0) return done;
        this.#most = Math.min(size, batch.size) >> 1;
        continue;
      }
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

  /** Whether the answer to this key, be it of log or lookup, is in the page. */
  has(key: Key): boolean {
    return this.#answered.has(this.#columns.identityOf(key));
  }

  #distinct(keys: readonly Key[]): Map<string, Key> {
    const distinct = new Map<string, Key>();
    for (const key of keys) {
      const identity = this.#columns.identityOf(key);
      if (!this.#answered.has(identity)) distinct.set(identity, key);
    }
    return distinct;
  }

  /**
   * Reads all rows of the only key of an empty page, and returns how many lines did not fit. Those that have its very
   * text come first: rows that only equal it must not take their room, and are left out where not all of them fit.
   */
  async #answerAlone(batch: ReadonlyMap<string, Key>): Promise<number> {
    let cut = 0;
    let refused = 0;
    const push = (line: Line) => {
      if (!this.#page.push(line)) refused++;
    };
    for (const [asked, key] of batch) {
      const found = new Set<string>();
      const pushThose = (isWanted: (identity: string) => boolean) =>
        this.#finder.find([key], Number.MAX_SAFE_INTEGER, (line) => {
          const identity = this.#columns.identityOfLine(line);
          found.add(identity);
          if (isWanted(identity)) push(line);
          return true;
        });
      await pushThose((identity) => identity === asked);
      if (!found.has(asked)) push(this.#columns.tombstone(key));
      this.#answered.add(asked);
      found.delete(asked);
      cut = refused;
      if (found.size === 0 || cut > 0) continue;
      const mark = this.#page.mark();
      await pushThose((identity) => identity !== asked);
      if (refused > 0) this.#page.reset(mark);
      else for (const identity of found) this.#answered.add(identity);
    }
    return cut;
  }

  /** False when not all of it fits. */
  async #answerBatch(batch: ReadonlyMap<string, Key>): Promise<boolean> {
    const found = new Set<string>();
    let fits = true;
    for (const keys of byNulls([...batch.values()])) {
      // Rows that were given before may come again.
      await this.#finder.find(keys, this.#page.mostRows + 1 + this.#page.rows, (line) => {
        const identity = this.#columns.identityOfLine(line);
        if (this.#answered.has(identity)) return true;
        fits &&= this.#page.push(line);
        found.add(identity);
        return fits;
      });
      if (!fits) return false;
    }
    for (const [identity, key] of batch) {
      if (!found.has(identity) && !this.#page.push(this.#columns.tombstone(key))) return false;
    }
    for (const identity of [...batch.keys(), ...found]) this.#answered.add(identity);
    return true;
  }
}
