import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { GuaritaError } from '../errors.ts';
import type { CatalogView } from './postgres-catalog.ts';
import type { PostgresConfig } from './source-config.ts';

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

const seconds = (bound: string, config: PostgresConfig) =>
  `${bound} - ${config.overlapSeconds} * interval '1 second'`;
const local = (zone: string) => `(${instant}) AT TIME ZONE ${escapeLiteral(zone)}`;
const count = (bound: string, config: PostgresConfig) => `${bound} - ${config.overlapCount}::numeric`;
/** Not below the least value of the type: the overlap may be wider than the type is. */
const countDownTo = (least: string) => (bound: string, config: PostgresConfig) =>
  `greatest(${count(bound, config)}, ${least})`;

const kinds: Readonly<Record<string, WatermarkKind>> = {
  'timestamp with time zone': { now: () => instant, before: seconds, needsZone: false },
  'timestamp without time zone': { now: local, before: seconds, needsZone: true },
  date: { now: local, before: seconds, needsZone: true },
  smallint: { now: null, before: countDownTo('-32768'), needsZone: false },
  integer: { now: null, before: countDownTo('-2147483648'), needsZone: false },
  bigint: { now: null, before: countDownTo('-9223372036854775808'), needsZone: false },
  numeric: { now: null, before: count, needsZone: false },
};

/** SQL for the bound of a cycle that begins now, and for the watermark at which the next one begins. */
export class PostgresBound {
  readonly #kind: WatermarkKind;
  readonly #cast: string;
  readonly #view: CatalogView;
  readonly #config: PostgresConfig;

  /** Throws `watermark-unusable`. */
  constructor(view: CatalogView, config: PostgresConfig) {
    const name = view.description.watermark;
    this.#cast = view.columns.find((column) => column.name === name)?.cast ?? '';
    this.#view = view;
    this.#config = config;
    const where = `View "${view.description.name}", column "${name}" of type ${this.#cast}`;
    const kind = kinds[this.#cast];
    if (kind === undefined) throw new GuaritaError('watermark-unusable', `${where}.`);
    this.#kind = kind;
    if (this.#kind.needsZone && config.timeZone === undefined) {
      throw new GuaritaError('watermark-unusable', `${where}: source.timeZone is not declared.`);
    }
  }

  async read(client: ClientBase): Promise<string | null> {
    const { now } = this.#kind;
    const bound =
      now === null
        ? `(SELECT max(${escapeIdentifier(this.#view.description.watermark)}) FROM ${this.#view.relation})`
        : `(${now(this.#config.timeZone ?? 'UTC')}) - ${this.#config.settleSeconds} * interval '1 second'`;
    return this.#scalar(client, `CAST(${bound} AS ${this.#cast})`);
  }

  /** Throws `bound-invalid` for what is no value of the column (SQLSTATE class 22, data exception). */
  async check(client: ClientBase, until: string): Promise<void> {
    if (until.includes('\0')) throw new GuaritaError('bound-invalid');
    try {
      await this.#scalar(client, this.#literal(until));
    } catch (error) {
      const refused = error instanceof DatabaseError && error.code?.startsWith('22') === true;
      throw refused ? new GuaritaError('bound-invalid', '', { cause: error }) : error;
    }
  }

  async following(client: ClientBase, from: string | null, until: string | null): Promise<string | null> {
    if (until === null) return from;
    const bound = this.#literal(until);
    const begin = `CAST(${this.#kind.before(bound, this.#config)} AS ${this.#cast})`;
    return this.#scalar(client, from === null ? begin : `greatest(${begin}, ${this.#literal(from)})`);
  }

  async isBefore(client: ClientBase, watermark: string, other: string): Promise<boolean> {
    return (await this.#scalar(client, `${this.#literal(watermark)} < ${this.#literal(other)}`)) === 'true';
  }

  #literal(text: string): string {
    return `CAST(${escapeLiteral(text)} AS ${this.#cast})`;
  }

  async #scalar(client: ClientBase, expression: string): Promise<string | null> {
    const { rows } = await client.query<{ value: string | null }>(`SELECT (${expression})::text AS value`);
    return rows[0]?.value ?? null;
  }
}
