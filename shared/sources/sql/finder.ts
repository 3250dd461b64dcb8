import type { Key } from '../reading/keys.ts';
import type { Line } from '../reading/lines.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { Finder } from '../reading/view-snapshot.ts';
import type { ColumnDescription } from '../view-source.ts';
import { columnOf, type SqlView } from './relation.ts';
import type { SqlSnapshot } from './snapshot.ts';

/**
 * SQL for the value of a column that has this text (or raw bytes, see `keys.ts`); null where no row can have it: a
 * key that is none of the view's names no row, and stops none that is asked for beside it.
 */
export type LiteralOf<C> = (column: C, text: string) => string | null;

/** SQL for the values of a key, by the places of its columns; null where it has none. */
type Literals = readonly (string | null)[];

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
  readonly #literalOf: LiteralOf<C>;

  constructor(
    snapshot: SqlSnapshot<C>,
    view: SqlView<C>,
    options: { readonly keysAtOnce: number; readonly literalOf: LiteralOf<C> },
  ) {
    this.#snapshot = snapshot;
    this.#view = view;
    this.#key = view.description.key.map((name) => columnOf(view, name));
    this.#kept = keptPlaces(view.description);
    this.keysAtOnce = options.keysAtOnce;
    this.#literalOf = options.literalOf;
  }

  async find(keys: readonly Key[], limit: number, take: (line: Line) => boolean): Promise<void> {
    const possible = keys.map((key) => this.#literals(key)).filter((literals) => literals !== null);
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

  /** Null where the key is of no row. */
  #literals(key: Key): Literals | null {
    const literals = this.#key.map((column, place) => {
      const text = key[place] ?? null;
      return text === null ? null : this.#literalOf(column, text);
    });
    return literals.every((literal, place) => literal !== null || (key[place] ?? null) === null)
      ? literals
      : null;
  }

  /** The keys of one question have their nulls in the same places, see `byNulls`. */
  #where(keys: readonly Literals[]): string {
    const nulls: string[] = [];
    const given: number[] = [];
    for (const [place, { name }] of this.#key.entries()) {
      if ((keys[0]?.[place] ?? null) === null) nulls.push(`${this.#snapshot.identifier(name)} IS NULL`);
      else given.push(place);
    }
    const [first] = given;
    if (first === undefined) return nulls.join(' AND ');
    if (given.length === 1) {
      const values = [...new Set(keys.map((key) => key[first] ?? null))];
      return [...nulls, `${this.#name(first)} IN (${values.join(', ')})`].join(' AND ');
    }
    const rows = keys.map((key) =>
      given.map((place) => `${this.#name(place)} = ${key[place] ?? null}`).join(' AND '),
    );
    return [...nulls, `(${[...new Set(rows)].map((row) => `(${row})`).join(' OR ')})`].join(' AND ');
  }

  #name(place: number): string {
    return this.#snapshot.identifier(this.#key[place]?.name ?? '');
  }
}
