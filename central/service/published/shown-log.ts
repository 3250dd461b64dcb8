import type { Transaction } from '../../base/base.ts';
import type { Part, Showing } from './part.ts';

interface Entry {
  readonly id: number;
}

/** Something that is numbered as it begins, and changes until it has ended. */
export interface Log<E extends Entry> {
  lastId(): number;
  find(id: number): E | undefined;
  /** The first ones after that one. */
  after(id: number, most: number): readonly E[];
  /** Those to show that began long ago; such as have not ended. */
  old(upTo: number): readonly E[];
  isOpen(entry: E): boolean;
  write(tx: Transaction, entries: readonly E[], dropUpTo: number): Promise<void>;
}

/** Of the past, so many are shown: of 28 states collected daily, a month. */
const mostShown = 1000;
/** In one transaction, so that in process none is long. */
const atOnce = 50;

/** A table that shows the last of a log: what is new in it, and what changed of what had not ended. */
export class ShownLog<E extends Entry> implements Part {
  readonly #log: Log<E>;
  /** By their numbers, not by when they ended: clocks are set back. */
  #last = 0;
  /** What is shown and has not ended, as text. */
  #open: ReadonlyMap<number, string> = new Map();

  constructor(log: Log<E>) {
    this.#log = log;
  }

  next(all: boolean): Showing | null {
    const from = all ? Math.max(0, this.#log.lastId() - mostShown) : this.#last;
    const before: ReadonlyMap<number, string> = all ? new Map() : this.#open;
    const known = all ? this.#log.old(from) : [...before.keys()].flatMap((id) => this.#log.find(id) ?? []);
    const added = this.#log.after(from, atOnce);
    const entries = [...known, ...added];
    const changed = entries.filter((entry) => before.get(entry.id) !== JSON.stringify(entry));
    if (changed.length === 0 && !all) return null;
    const last = Math.max(from, ...added.map(({ id }) => id));
    return {
      write: (tx) => this.#log.write(tx, changed, last - mostShown),
      shown: () => {
        this.#last = last;
        const open = entries.filter((entry) => this.#log.isOpen(entry));
        this.#open = new Map(open.map((entry) => [entry.id, JSON.stringify(entry)]));
      },
      more: added.length === atOnce,
    };
  }
}
