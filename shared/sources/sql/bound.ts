import { GuaritaError } from '../../errors.ts';
import type { CycleBound } from '../reading/view-snapshot.ts';
import type { ViewConfig } from '../view-config.ts';
import { otherModes } from '../view-modes.ts';
import type { ColumnDescription } from '../view-source.ts';
import { placeOf, readTexts } from './places.ts';
import type { SqlSnapshot, WatermarkKind } from './snapshot.ts';

/** The column whose values bound a cycle: the watermark of a view, or that of its log. */
export interface BoundedColumn<C extends ColumnDescription> {
  readonly relation: string;
  readonly column: C;
  /** Which view, for errors. */
  readonly where: string;
  /** Of that view. */
  readonly config: ViewConfig;
  /** How many rows and numbers a cycle begins before the last bound of a number. */
  readonly overlapCount: number;
}

/** The bound of a cycle that begins now, and the watermark at which the next one begins. The database compares. */
export class SqlBound<C extends ColumnDescription> implements CycleBound {
  readonly #snapshot: SqlSnapshot<C>;
  readonly #kind: WatermarkKind;
  readonly #bounded: BoundedColumn<C>;

  /** Throws `watermark-unusable`. */
  constructor(snapshot: SqlSnapshot<C>, bounded: BoundedColumn<C>) {
    this.#snapshot = snapshot;
    this.#bounded = bounded;
    const kind = snapshot.watermark(bounded.column, bounded.config);
    if (typeof kind === 'string') {
      const { name, type } = bounded.column;
      // Where values are typed, not columns, a column's type is not why.
      const column = snapshot.asPlace === undefined ? `column "${name}" of type ${type}` : `column "${name}"`;
      const detail = `${bounded.where}, ${column}: ${kind} ${otherModes(bounded.config)}`;
      throw new GuaritaError('watermark-unusable', detail);
    }
    this.#kind = kind;
  }

  read(): Promise<string | null> {
    const { now } = this.#kind;
    return now === null ? this.#extreme('max') : this.#scalar(now);
  }

  /** Throws `bound-invalid` for what is no value of the column. */
  async check(until: string): Promise<void> {
    const { column } = this.#bounded;
    if (until.includes('\0') || !(await this.#snapshot.isValue(column, until))) {
      throw new GuaritaError('bound-invalid');
    }
  }

  isBefore(watermark: string, other: string): Promise<boolean> {
    return this.#snapshot.holds(`${this.#value(watermark)} < ${this.#value(other)}`);
  }

  goneBack(): GuaritaError {
    return (
      this.#snapshot.goneBack?.() ??
      new GuaritaError('epoch-changed', 'Its greatest watermark is before what was read already.')
    );
  }

  async following(from: string | null, until: string | null): Promise<string | null> {
    if (until === null) return from;
    const before = await this.#scalar(this.#kind.before(this.#value(until)));
    const begin =
      this.#kind.now === null ? await this.#lesser(before, await this.#rowsBefore(until)) : before;
    if (begin === null || from === null) return begin ?? from;
    return (await this.isBefore(from, begin)) ? begin : from;
  }

  /**
   * The number that stands as many rows before the bound as the overlap counts; the least one where there are fewer.
   * Distance in numbers alone would let a single row that runs far ahead hide every other one.
   */
  async #rowsBefore(until: string): Promise<string | null> {
    const { relation, column, overlapCount } = this.#bounded;
    const name = this.#snapshot.identifier(column.name);
    const [row] = await readTexts(this.#snapshot, {
      ...{ relation, columns: [placeOf(this.#snapshot, column)], where: `${name} <= ${this.#value(until)}` },
      ...{ orderBy: `${name} DESC`, limit: 1, offset: overlapCount },
    });
    return row === undefined ? this.#extreme('min') : (row[0] ?? null);
  }

  async #lesser(one: string | null, other: string | null): Promise<string | null> {
    if (one === null || other === null) return one ?? other;
    return (await this.isBefore(one, other)) ? one : other;
  }

  #extreme(which: 'min' | 'max'): Promise<string | null> {
    const { relation, column } = this.#bounded;
    return this.#scalar(`(SELECT ${which}(${this.#snapshot.identifier(column.name)}) FROM ${relation})`);
  }

  #value(text: string): string {
    return this.#snapshot.value(this.#bounded.column, text);
  }

  #scalar(expression: string): Promise<string | null> {
    return this.#snapshot.scalar(expression, placeOf(this.#snapshot, this.#bounded.column));
  }
}
