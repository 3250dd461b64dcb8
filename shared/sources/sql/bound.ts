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
  /** Of a log: which of its entries are about the view, as SQL conditions. */
  readonly filter?: readonly string[];
}

/**
 * A log that many tables share: entries of the view are looked for among so many overlaps of all numbers, and no
 * further, since no index may serve that.
 */
const mostOverlaps = 1000;

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
      const column =
        snapshot.asPlace === undefined ? `coluna "${name}", de tipo ${type}` : `coluna "${name}"`;
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
      this.#snapshot.goneBack?.(this.#kind) ??
      new GuaritaError('epoch-changed', 'A maior marca d’água está antes do que já foi lido.')
    );
  }

  async following(from: string | null, until: string | null): Promise<string | null> {
    if (until === null) return from;
    const before = await this.#scalar(this.#kind.before(this.#value(until)));
    const begin =
      this.#kind.now === null
        ? await this.#lesser(
            await this.#lesser(before, await this.#rowsBefore(until)),
            await this.#ownBefore(until),
          )
        : before;
    if (begin === null || from === null) return begin ?? from;
    return (await this.isBefore(from, begin)) ? begin : from;
  }

  overlapBefore(watermark: string): Promise<string | null> {
    return this.#scalar(this.#kind.before(this.#value(watermark)));
  }

  least(): Promise<string | null> {
    return this.#extreme('min');
  }

  /**
   * The number that stands as many rows before the bound as the overlap counts; the least one where there are fewer.
   * Distance in numbers alone would let a single row that runs far ahead hide every other one.
   */
  async #rowsBefore(until: string, conditions: readonly string[] = []): Promise<string | null> {
    const { relation, column, overlapCount } = this.#bounded;
    const name = this.#snapshot.identifier(column.name);
    const [row] = await readTexts(this.#snapshot, {
      ...{ relation, columns: [placeOf(this.#snapshot, column)] },
      ...{ where: [`${name} <= ${this.#value(until)}`, ...conditions].join(' AND ') },
      ...{ orderBy: `${name} DESC`, limit: 1, offset: overlapCount },
    });
    return row === undefined ? this.least() : (row[0] ?? null);
  }

  /**
   * The same of the entries that are about the view, where the log has others: what a long transaction writes down for
   * it must not lie behind those of a hundred other tables.
   */
  async #ownBefore(until: string): Promise<string | null> {
    const { column, filter = [] } = this.#bounded;
    if (filter.length === 0) return null;
    const floor = await this.#scalar(this.#kind.before(this.#value(until), mostOverlaps));
    if (floor === null) return null;
    const name = this.#snapshot.identifier(column.name);
    const own = await this.#rowsBefore(until, [`${name} >= ${this.#value(floor)}`, ...filter]);
    return own !== null && (await this.isBefore(own, floor)) ? floor : own;
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
