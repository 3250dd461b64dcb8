import { type Key, rawHexOf } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { Finder } from '../reading/view-snapshot.ts';
import type { ColumnDescription, KeyText } from '../view-source.ts';
import { columnOf, type SqlView } from './relation.ts';
import type { SqlSnapshot } from './snapshot.ts';

/** What an engine must know of a text before it may be compared with a column: no row has what is no value of it. */
export type IsValue<C> = (column: C, text: string) => boolean;

/**
 * Finds rows by their keys, for engines that compare a column with a list of values by its index: a key of one column
 * is one of a list, one of more columns is a list of conjunctions.
 */
export class SqlFinder<C extends ColumnDescription> implements Finder {
  readonly keysAtOnce: number;
  readonly #snapshot: SqlSnapshot<C>;
  readonly #view: SqlView<C>;
  readonly #key: readonly C[];
  readonly #kept: ReadonlySet<number>;
  readonly #isValue: IsValue<C>;

  constructor(
    snapshot: SqlSnapshot<C>,
    view: SqlView<C>,
    options: { readonly keysAtOnce: number; readonly isValue: IsValue<C> },
  ) {
    this.#snapshot = snapshot;
    this.#view = view;
    this.#key = view.description.key.map((name) => columnOf(view, name));
    this.#kept = keptPlaces(view.description);
    this.keysAtOnce = options.keysAtOnce;
    this.#isValue = options.isValue;
  }

  async find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void> {
    const possible = keys.filter((key) => key.every((text, place) => this.#mayHold(place, text)));
    if (possible.length === 0) return;
    let wanted = true;
    const { relation, columns } = this.#view;
    const query = { relation, columns, where: this.#where(possible), limit };
    await this.#snapshot.read(query, this.#kept, (line) => {
      // What comes after is dropped: `limit` says how much that can be, and the snapshot is still needed.
      wanted &&= take(line);
      return true;
    });
  }

  #mayHold(place: number, text: KeyText): boolean {
    const column = this.#key[place];
    return column !== undefined && (text === null || rawHexOf(text) !== null || this.#isValue(column, text));
  }

  /** The keys of one question have their nulls in the same places, see `byNulls`. */
  #where(keys: readonly Key[]): string {
    const nulls: string[] = [];
    const given: number[] = [];
    for (const [place, { name }] of this.#key.entries()) {
      if ((keys[0]?.[place] ?? null) === null) nulls.push(`${this.#snapshot.identifier(name)} IS NULL`);
      else given.push(place);
    }
    const [first] = given;
    if (first === undefined) return nulls.join(' AND ');
    if (given.length === 1) {
      const values = [...new Set(keys.map((key) => this.#value(key, first)))];
      return [...nulls, `${this.#name(first)} IN (${values.join(', ')})`].join(' AND ');
    }
    const rows = keys.map((key) =>
      given.map((place) => `${this.#name(place)} = ${this.#value(key, place)}`).join(' AND '),
    );
    return [...nulls, `(${[...new Set(rows)].map((row) => `(${row})`).join(' OR ')})`].join(' AND ');
  }

  #name(place: number): string {
    return this.#snapshot.identifier(this.#key[place]?.name ?? '');
  }

  #value(key: Key, place: number): string {
    const column = this.#key[place];
    if (column === undefined) throw new TypeError('no such column');
    return this.#snapshot.value(column, key[place] ?? '');
  }
}
