import type Database from 'better-sqlite3';
import { Temporal } from 'temporal-polyfill';
import { GuaritaError } from '../../errors.ts';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { SqliteConfig } from '../source-config.ts';
import { positionOf, quoteIdentifier, valueOf } from './values.ts';
import type { CycleBound } from '../reading/view-snapshot.ts';

const defaultFormat = '%Y-%m-%d %H:%M:%f';

/** The column whose values bound a cycle: the watermark of a view, or that of its log. */
export interface BoundedColumn {
  /** Quoted. */
  readonly relation: string;
  readonly name: string;
  readonly type: string;
  /** How its instants are written (strftime), when that is declared. */
  readonly format: string | undefined;
  /** Which view, for errors. */
  readonly where: string;
  /** What else would work on that view, for errors. */
  readonly otherModes: string;
}

/**
 * The bound of a SQLite view. SQLite has no type for instants, so the configuration says how the view writes them
 * (strftime); a column declared as a number and given no format is bounded by its greatest value.
 */
export class SqliteBound implements CycleBound {
  readonly #db: Database.Database;
  readonly #config: SqliteConfig;
  readonly #relation: string;
  readonly #watermark: string;
  /** Null for a growing number. */
  readonly #format: string | null;

  /** Throws `watermark-unusable`. */
  constructor(db: Database.Database, config: SqliteConfig, column: BoundedColumn) {
    this.#db = db;
    this.#config = config;
    this.#relation = column.relation;
    this.#watermark = quoteIdentifier(column.name);
    const isNumber = /INT|REAL|FLOA|DOUB|NUM|DEC/.test(column.type.toUpperCase());
    this.#format = column.format ?? (isNumber ? null : defaultFormat);
    const refuse = (why: string): never => {
      const detail = `${column.where}, column "${column.name}": ${why}. ${column.otherModes}`;
      throw new GuaritaError('watermark-unusable', detail);
    };
    // Text sorts as time only from the year on.
    if (this.#format !== null && this.#format !== '%s' && !this.#format.startsWith('%Y')) {
      refuse(`the format "${this.#format}" does not sort by time`);
    }
    if (this.#needsZone() && config.timeZone === undefined) refuse('source.timeZone is not declared');
  }

  read(): string | null {
    if (this.#format === null) {
      return this.#scalar(`SELECT ${positionOf('w')} AS value FROM
        (SELECT max(${this.#watermark}) AS w FROM ${this.#relation})`);
    }
    return this.#instant(
      `'now', '-${this.#config.settleSeconds} seconds', '${this.#offsetMinutes()} minutes'`,
    );
  }

  /** Throws `bound-invalid`. */
  check(until: string): void {
    required(until);
  }

  following(from: string | null, until: string | null): string | null {
    if (until === null) return from;
    const begin = this.#lessOverlap(until);
    if (begin === null || from === null) return begin ?? from;
    return this.isBefore(from, begin) ? begin : from;
  }

  isBefore(watermark: string, other: string): boolean {
    return (
      this.#db
        .prepare(`SELECT ${required(watermark)} < ${required(other)}`)
        .pluck()
        .get() === 1
    );
  }

  /** An epoch count (`%s`) is compared as the integer that the column holds, all else as text. */
  #instant(arguments_: string): string | null {
    const text = `strftime('${this.#format?.replaceAll("'", "''")}', ${arguments_})`;
    const value = this.#format === '%s' ? `CAST(${text} AS INTEGER)` : text;
    return this.#scalar(`SELECT ${positionOf('v')} AS value FROM (SELECT ${value} AS v)`);
  }

  #lessOverlap(until: string): string | null {
    const bound = required(until);
    if (this.#format === null) {
      // By rows as well as by numbers: else a single row that runs far ahead would hide every other one.
      const { overlapCount } = this.#config;
      const [column, relation] = [this.#watermark, this.#relation];
      const some = `SELECT ${column} FROM ${relation} WHERE ${column} <= ${bound}
        ORDER BY ${column} DESC LIMIT 1 OFFSET ${overlapCount}`;
      const least = `SELECT min(${column}) FROM ${relation}`;
      const begin = `min(${bound} - ${overlapCount}, coalesce((${some}), (${least})))`;
      return this.#scalar(`SELECT ${positionOf('v')} AS value FROM (SELECT ${begin} AS v)`);
    }
    const base = this.#format === '%s' ? `${bound}, 'unixepoch'` : bound;
    const seconds = effectiveOverlap(this.#config.overlapSeconds, this.#needsZone());
    return this.#instant(`${base}, '-${seconds} seconds'`);
  }

  #scalar(sql: string): string | null {
    const value: unknown = this.#db.prepare(sql).pluck().get();
    return typeof value === 'string' ? value : null;
  }

  #needsZone(): boolean {
    return this.#format !== null && this.#format !== '%s' && !this.#format.endsWith('Z');
  }

  /** What the declared zone is ahead of UTC at this moment, in minutes; SQLite knows UTC only. */
  #offsetMinutes(): number {
    if (!this.#needsZone()) return 0;
    const now = Temporal.Now.zonedDateTimeISO(this.#config.timeZone ?? 'UTC');
    return Math.round(now.offsetNanoseconds / 60e9);
  }
}

function required(text: string): string {
  const value = valueOf(text);
  if (value === undefined) throw new GuaritaError('bound-invalid');
  return value;
}
