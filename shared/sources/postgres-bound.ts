import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { GuaritaError } from '../errors.ts';
import { effectiveOverlap } from './local-clock.ts';
import type { PostgresConfig } from './source-config.ts';
import type { CycleBound } from './view-snapshot.ts';

/**
 * How a watermark type is bounded. `now` is SQL for the present instant in that type; the bound is that less the
 * settle time. Numbers have no clock and are bounded by their greatest value. Other types are refused: without an
 * overlap, what commits late would be lost in silence.
 */
interface WatermarkKind {
  readonly now: ((zone: string) => string) | null;
  /** SQL for one overlap before a bound. */
  readonly before: (bound: string, config: PostgresConfig) => string;
  readonly needsZone: boolean;
}

/** On a replica, what has been replayed is what can be bounded: its clock runs ahead of its data. */
const instant = `CASE WHEN pg_is_in_recovery()
  THEN least(now(), coalesce(pg_last_xact_replay_timestamp(), '-infinity')) ELSE now() END`;

const seconds = (isLocal: boolean) => (bound: string, config: PostgresConfig) =>
  `${bound} - ${effectiveOverlap(config.overlapSeconds, isLocal)} * interval '1 second'`;
const local = (zone: string) => `(${instant}) AT TIME ZONE ${escapeLiteral(zone)}`;
const count = (bound: string, config: PostgresConfig) => `${bound} - ${config.overlapCount}::numeric`;
/** Not below the least value of the type: the overlap may be wider than the type is. */
const countDownTo = (least: string) => (bound: string, config: PostgresConfig) =>
  `greatest(${count(bound, config)}, ${least})`;

const kinds: Readonly<Record<string, WatermarkKind>> = {
  'timestamp with time zone': { now: () => instant, before: seconds(false), needsZone: false },
  'timestamp without time zone': { now: local, before: seconds(true), needsZone: true },
  date: { now: local, before: seconds(true), needsZone: true },
  smallint: { now: null, before: countDownTo('-32768'), needsZone: false },
  integer: { now: null, before: countDownTo('-2147483648'), needsZone: false },
  bigint: { now: null, before: countDownTo('-9223372036854775808'), needsZone: false },
  numeric: { now: null, before: count, needsZone: false },
};

/** The column whose values bound a cycle: the watermark of a view, or that of its log. */
export interface BoundedColumn {
  readonly relation: string;
  readonly name: string;
  /** The type to cast a literal to. */
  readonly cast: string;
  /** Which view, for errors. */
  readonly where: string;
  /** What else would work on that view, for errors. */
  readonly otherModes: string;
}

/** The bound of a cycle that begins now, and the watermark at which the next one begins. */
export class PostgresBound implements CycleBound {
  readonly #client: ClientBase;
  readonly #kind: WatermarkKind;
  readonly #column: BoundedColumn;
  readonly #config: PostgresConfig;

  /** Throws `watermark-unusable`. */
  constructor(client: ClientBase, column: BoundedColumn, config: PostgresConfig) {
    this.#client = client;
    this.#column = column;
    this.#config = config;
    const where = `${column.where}, column "${column.name}" of type ${column.cast}`;
    const kind = kinds[column.cast];
    if (kind === undefined) {
      throw new GuaritaError('watermark-unusable', `${where}. ${column.otherModes}`);
    }
    this.#kind = kind;
    if (this.#kind.needsZone && config.timeZone === undefined) {
      throw new GuaritaError(
        'watermark-unusable',
        `${where}: source.timeZone is not declared. ${column.otherModes}`,
      );
    }
  }

  async read(): Promise<string | null> {
    const { now } = this.#kind;
    const { name, relation, cast } = this.#column;
    const bound =
      now === null
        ? `(SELECT max(${escapeIdentifier(name)}) FROM ${relation})`
        : `(${now(this.#config.timeZone ?? 'UTC')}) - ${this.#config.settleSeconds} * interval '1 second'`;
    return this.#scalar(`CAST(${bound} AS ${cast})`);
  }

  /** Throws `bound-invalid` for what is no value of the column (SQLSTATE class 22, data exception). */
  async check(until: string): Promise<void> {
    if (until.includes('\0')) throw new GuaritaError('bound-invalid');
    try {
      await this.#scalar(this.#literal(until));
    } catch (error) {
      const refused = error instanceof DatabaseError && error.code?.startsWith('22') === true;
      throw refused ? new GuaritaError('bound-invalid', '', { cause: error }) : error;
    }
  }

  async following(from: string | null, until: string | null): Promise<string | null> {
    if (until === null) return from;
    const bound = this.#literal(until);
    const before = this.#kind.before(bound, this.#config);
    const some = this.#kind.now === null ? `least(${before}, ${this.#rowsBefore(bound)})` : before;
    const begin = `CAST(${some} AS ${this.#column.cast})`;
    return this.#scalar(from === null ? begin : `greatest(${begin}, ${this.#literal(from)})`);
  }

  async isBefore(watermark: string, other: string): Promise<boolean> {
    return (await this.#scalar(`${this.#literal(watermark)} < ${this.#literal(other)}`)) === 'true';
  }

  /**
   * The number that stands as many rows before the bound as the overlap counts; the least one where there are fewer.
   * Distance in numbers alone would let a single row that runs far ahead hide every other one.
   */
  #rowsBefore(bound: string): string {
    const { relation, name } = this.#column;
    const column = escapeIdentifier(name);
    return `coalesce(
      (SELECT ${column} FROM ${relation} WHERE ${column} <= ${bound}
        ORDER BY ${column} DESC LIMIT 1 OFFSET ${this.#config.overlapCount}),
      (SELECT min(${column}) FROM ${relation}))`;
  }

  #literal(text: string): string {
    return `CAST(${escapeLiteral(text)} AS ${this.#column.cast})`;
  }

  async #scalar(expression: string): Promise<string | null> {
    const { rows } = await this.#client.query<{ value: string | null }>(
      `SELECT (${expression})::text AS value`,
    );
    return rows[0]?.value ?? null;
  }
}
