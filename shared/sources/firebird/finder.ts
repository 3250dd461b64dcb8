import { type Key, KeyColumns } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder } from '../reading/view-snapshot.ts';
import { SqlFinder } from '../sql/finder.ts';
import { columnOf, type SqlView } from '../sql/relation.ts';
import type { SqlSnapshot } from '../sql/snapshot.ts';
import type { FirebirdColumn } from './catalog.ts';
import { literalOf } from './literals.ts';

/** A statement has at most 64 KiB before Firebird 3; this is for the values in it. */
const mostBytes = 40_000;

/** Finds rows by their keys: no more of them in one statement than it has room for. */
export class FirebirdFinder implements Finder {
  /** A list has at most 1500 values. */
  readonly keysAtOnce = 500;
  readonly #finder: SqlFinder<FirebirdColumn>;
  readonly #key: readonly FirebirdColumn[];
  readonly #columns: KeyColumns;

  constructor(snapshot: SqlSnapshot<FirebirdColumn>, view: SqlView<FirebirdColumn>) {
    this.#finder = new SqlFinder(snapshot, view, { keysAtOnce: this.keysAtOnce, literalOf });
    this.#columns = new KeyColumns(view.description);
    this.#key = view.description.key.map((name) => columnOf(view, name));
  }

  async find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void> {
    let left = limit;
    let wanted = true;
    /** A row that equals keys of several statements comes with each of them. */
    const before = new Set<string>();
    let now = new Set<string>();
    const takeCounted = (line: Line) => {
      const identity = this.#columns.identityOfLine(line);
      if (before.has(identity)) return wanted;
      now.add(identity);
      left--;
      wanted &&= take(line);
      return wanted;
    };
    for (const some of this.#fitting(keys)) {
      if (!wanted || left <= 0) return;
      await this.#finder.find(some, limit, takeCounted);
      for (const identity of now) before.add(identity);
      now = new Set();
    }
  }

  /** The keys that can be keys of a row, in groups that fit a statement. */
  *#fitting(keys: readonly Key[]): Generator<Key[]> {
    let group: Key[] = [];
    let bytes = 0;
    for (const key of keys) {
      const values = key.map((text, place) => this.#bytesOf(place, text));
      if (values.includes(0)) continue;
      const size = values.reduce((sum, value) => sum + value, 0);
      if (group.length > 0 && bytes + size > mostBytes) {
        yield group;
        group = [];
        bytes = 0;
      }
      group.push(key);
      bytes += size;
    }
    if (group.length > 0) yield group;
  }

  /** Of a condition; 0 where there is no such value. */
  #bytesOf(place: number, text: string | null): number {
    const column = this.#key[place];
    if (column === undefined || text === null) return 1;
    const literal = literalOf(column, text);
    return literal === null ? 0 : literal.length + Buffer.byteLength(column.name) + 16;
  }
}
