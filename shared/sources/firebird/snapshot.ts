import { type Key, textsOf } from '../reading/keys.ts';
import { afterByComparisons } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { FirebirdConfig } from '../source-config.ts';
import { noOrder } from '../sql/no-order.ts';
import { columnOf, type SqlRelation, type SqlView } from '../sql/relation.ts';
import type { SqlQuery, SqlSnapshot, WatermarkKind } from '../sql/snapshot.ts';
import type { RelationName } from '../view-config.ts';
import type { FirebirdTransaction } from './attachment.ts';
import { type FirebirdColumn, quoteIdentifier, readRelation } from './catalog.ts';
import { type FirebirdCharsets, hexLiteral } from './charsets.ts';
import { instantOf, type ServerClock } from './clock.ts';
import { FirebirdFinder } from './finder.ts';
import { FirebirdLines, fieldOf } from './lines.ts';
import { literalOf, requireLiteral } from './literals.ts';
import { inTypesOfView } from './log-keys.ts';
import { writePrivileges } from './privileges.ts';
import { firebirdWatermark } from './watermarks.ts';

/** What a transaction is read with. */
export interface FirebirdReading {
  readonly transaction: FirebirdTransaction;
  readonly config: FirebirdConfig;
  readonly charsets: FirebirdCharsets;
  /** When the transaction began. */
  readonly clock: ServerClock;
  readonly epoch: string;
}

/** Most rows that FIRST can be told; more than that is all. */
const mostRows = 2 ** 31 - 1;

/** A read-only transaction of one snapshot (`concurrency`). */
export class FirebirdSnapshot implements SqlSnapshot<FirebirdColumn> {
  readonly #transaction: FirebirdTransaction;
  readonly #reading: FirebirdReading;

  constructor(reading: FirebirdReading) {
    this.#transaction = reading.transaction;
    this.#reading = reading;
  }

  epoch(): Promise<string> {
    return Promise.resolve(this.#reading.epoch);
  }

  clock(): Promise<string> {
    return Promise.resolve(instantOf(this.#reading.clock));
  }

  writePrivileges(): Promise<readonly string[]> {
    return writePrivileges(this.#transaction);
  }

  relation(name: RelationName, what: string): Promise<SqlRelation<FirebirdColumn>> {
    const { charsets, config } = this.#reading;
    return readRelation(this.#transaction, { charsets, unnamed: config.charset }, name, what);
  }

  /** BLOBs have no order: Firebird sorts them by where they are stored. */
  unusable(column: FirebirdColumn, isKey: boolean): string | null {
    const { unusable, kind } = column;
    return unusable === null && isKey && kind === 'blob' ? noOrder(column) : unusable;
  }

  identifier(name: string): string {
    return quoteIdentifier(name);
  }

  value(column: FirebirdColumn, text: string): string {
    return requireLiteral(column, text);
  }

  /** Firebird has no row values. The first condition says in words that an index serves where they begin. */
  after(columns: readonly string[], values: readonly string[]): string {
    return afterByComparisons(columns, values);
  }

  notNull(column: string): string {
    return `${column} IS NOT NULL`;
  }

  isOneOf(column: FirebirdColumn, texts: readonly string[]): string {
    const values = texts.flatMap((text) => textLiteral(column, text) ?? []);
    return values.length === 0 ? '1 = 0' : `${quoteIdentifier(column.name)} IN (${values.join(', ')})`;
  }

  async read(
    query: SqlQuery<FirebirdColumn>,
    kept: ReadonlySet<number>,
    take: (line: Line) => boolean,
  ): Promise<boolean> {
    const lines = new FirebirdLines(query.columns, kept);
    await this.#transaction.read(statementOf(query, lines.fields), lines.rowsAtOnce, async (rows) => {
      for (const row of rows) {
        if (!take(lines.line(row) ?? (await lines.lineWithBlobs(row, this.#transaction)))) return false;
      }
      return true;
    });
    return true;
  }

  async scalar(expression: string, column: FirebirdColumn): Promise<string | null> {
    const field = fieldOf(column, `CAST(${expression} AS ${column.cast})`);
    const [row = []] = await this.#transaction.rows(`SELECT ${field} FROM RDB$DATABASE`);
    const line = new FirebirdLines([column], new Set([0])).line(row);
    return line === null ? null : (textsOf(line, [0])[0] ?? null);
  }

  async holds(condition: string): Promise<boolean> {
    const rows = await this.#transaction.rows(`SELECT 1 FROM RDB$DATABASE WHERE ${condition}`);
    return rows.length > 0;
  }

  isValue(column: FirebirdColumn, text: string): Promise<boolean> {
    return Promise.resolve(literalOf(column, text) !== null);
  }

  async numbers(statement: string): Promise<number[]> {
    const [row = []] = await this.#transaction.rows(statement);
    return row.map(Number);
  }

  async plan(query: SqlQuery<FirebirdColumn>): Promise<QueryPlan> {
    const lines = new FirebirdLines(query.columns, new Set());
    const text = await this.#transaction.plan(statementOf(query, lines.fields));
    return { text, isServed: /\bORDER\b/.test(text) && !/\bSORT \(/.test(text) };
  }

  watermark(column: FirebirdColumn): WatermarkKind | string {
    const { config, clock } = this.#reading;
    return firebirdWatermark(column, config, clock);
  }

  finder(view: SqlView<FirebirdColumn>): Finder {
    return new FirebirdFinder(this, view);
  }

  keysOfView(view: SqlView<FirebirdColumn>, keys: readonly Key[]): Promise<readonly Key[]> {
    const { config, log } = view;
    const logKey = config.changelog?.key ?? [];
    const places = config.key.map((name, place) => {
      return { view: columnOf(view, name), log: columnOf(log ?? view, logKey[place] ?? '') };
    });
    return inTypesOfView(this.#transaction, keys, places);
  }
}

/** Of a text, also where the column is a BLOB, which is compared like one. */
function textLiteral(column: FirebirdColumn, text: string): string | null {
  if (column.kind !== 'blob') return literalOf(column, text);
  const bytes = column.charset?.encode(text) ?? null;
  return bytes === null ? null : hexLiteral(bytes, column.storedAs);
}

function statementOf(query: SqlQuery<FirebirdColumn>, fields: string): string {
  const { relation, where, orderBy, limit, offset } = query;
  return [
    'SELECT',
    ...(limit === undefined || limit > mostRows ? [] : [`FIRST ${limit}`]),
    ...(offset === undefined ? [] : [`SKIP ${offset}`]),
    `${fields} FROM ${relation}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
  ].join(' ');
}
