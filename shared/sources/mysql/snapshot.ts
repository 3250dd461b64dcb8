import { GuaritaError } from '../../errors.ts';
import { type Key, textsOf } from '../reading/keys.ts';
import { afterByComparisons } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { MysqlConfig } from '../source-config.ts';
import { SqlFinder } from '../sql/finder.ts';
import { noOrder } from '../sql/no-order.ts';
import { columnOf, type SqlRelation, type SqlView } from '../sql/relation.ts';
import type { SqlQuery, SqlSnapshot, WatermarkKind } from '../sql/snapshot.ts';
import type { RelationName } from '../view-config.ts';
import { readEpoch, readRelation } from './catalog.ts';
import type { Field, MysqlTransaction } from './connections.ts';
import { numberOf } from './errors.ts';
import { MysqlLines } from './lines.ts';
import { literalOf, mayBeValue, quoteIdentifier, quoteText } from './literals.ts';
import { inTypesOfView } from './log-keys.ts';
import { writePrivileges } from './privileges.ts';
import { fieldOf, type MysqlColumn } from './types.ts';
import { mysqlWatermark } from './watermarks.ts';

/** What a full page refuses is read and dropped up to here: cheaper than a new connection. */
const mostRefusedBytes = 1024 * 1024;

/** ER_VIEW_NO_EXPLAIN: a plan is shown only to who may read what a view is made of. */
const plansAreHidden = 1345;

/** A repeatable-read transaction whose snapshot was taken when it began. */
export class MysqlSnapshot implements SqlSnapshot<MysqlColumn> {
  readonly ordersByNull = false;
  readonly #transaction: MysqlTransaction;
  readonly #config: MysqlConfig;

  constructor(transaction: MysqlTransaction, config: MysqlConfig) {
    this.#transaction = transaction;
    this.#config = config;
  }

  epoch(): Promise<string> {
    return readEpoch(this.#transaction);
  }

  async clock(): Promise<string> {
    const [row] = await this.#transaction.rows(
      `SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%fZ')`,
    );
    return row?.[0] ?? '';
  }

  writePrivileges(): Promise<readonly string[]> {
    return writePrivileges(this.#transaction);
  }

  relation(name: RelationName, what: string): Promise<SqlRelation<MysqlColumn>> {
    return readRelation(this.#transaction, this.#config.database, name, what);
  }

  /** ENUM and SET are sorted by their numbers and compared by their texts; documents and shapes have no order. */
  unusable(column: MysqlColumn, isKey: boolean): string | null {
    const { kind, base } = column;
    const hasOrder =
      kind !== 'choice' && kind !== 'document' && (kind !== 'bytes' || /binary|blob/.test(base));
    return isKey && !hasOrder ? noOrder(column) : null;
  }

  identifier(name: string): string {
    return quoteIdentifier(name);
  }

  value(column: MysqlColumn, text: string): string {
    const literal = literalOf(column, text);
    if (literal === null) throw new GuaritaError('cursor-invalid');
    return literal;
  }

  after(columns: readonly string[], values: readonly string[]): string {
    return afterByComparisons(columns, values);
  }

  notNull(column: string): string {
    return `${column} IS NOT NULL`;
  }

  /** By their bytes: a collation may take `a` for `A`. */
  isOneOf({ name }: MysqlColumn, texts: readonly string[]): string {
    const text = `CONVERT(${quoteIdentifier(name)} USING utf8mb4) COLLATE utf8mb4_bin`;
    return `${text} IN (${texts.map(quoteText).join(', ')})`;
  }

  async read(
    query: SqlQuery<MysqlColumn>,
    kept: ReadonlySet<number>,
    take: (line: Line) => boolean,
  ): Promise<boolean> {
    const lines = new MysqlLines(query.columns, kept);
    let wanted = true;
    let refusedBytes = 0;
    await this.#transaction.read(statementOf(query, lines.fields), (row) => {
      wanted &&= take(lines.line(row));
      if (!wanted) refusedBytes += bytesOf(row);
      return refusedBytes < mostRefusedBytes;
    });
    return refusedBytes < mostRefusedBytes;
  }

  async scalar(expression: string, column: MysqlColumn): Promise<string | null> {
    const lines = new MysqlLines([{ ...column, isLong: false }], new Set([0]));
    let text: string | null = null;
    await this.#transaction.read(`SELECT ${fieldOf(column, `(${expression})`)}`, (row) => {
      text = textsOf(lines.line(row), [0])[0] ?? null;
      return true;
    });
    return text;
  }

  async holds(condition: string): Promise<boolean> {
    const [row] = await this.#transaction.rows(`SELECT IF(${condition}, 1, 0)`);
    return row?.[0] === '1';
  }

  async isValue(column: MysqlColumn, text: string): Promise<boolean> {
    return mayBeValue(column, text) && (await this.holds(`${this.value(column, text)} IS NOT NULL`));
  }

  async numbers(statement: string): Promise<number[]> {
    const [row = []] = await this.#transaction.rows(statement);
    return row.map(Number);
  }

  /** Without a sort (`Using filesort`), only an index gives an order. */
  async plan(query: SqlQuery<MysqlColumn>): Promise<QueryPlan> {
    const statement = statementOf(query, new MysqlLines(query.columns, new Set()).fields);
    try {
      const rows = await this.#transaction.rows(`EXPLAIN ${statement}`);
      const text = rows.map((row) => row.filter((field) => field !== null).join(' ')).join('\n');
      return { text, isServed: !/Using (filesort|temporary)/.test(text) };
    } catch (error) {
      if (numberOf(error) !== plansAreHidden) throw error;
      return {
        isServed: null,
        text: 'EXPLAIN needs SELECT on the tables of the view, which this user does not have.',
      };
    }
  }

  watermark(column: MysqlColumn): WatermarkKind | string {
    return mysqlWatermark(column, this.#config);
  }

  finder(view: SqlView<MysqlColumn>): Finder {
    return new SqlFinder(this, view, { keysAtOnce: 500, literalOf });
  }

  keysOfView(view: SqlView<MysqlColumn>, keys: readonly Key[]): Promise<readonly Key[]> {
    const { config, log } = view;
    const logKey = config.changelog?.key ?? [];
    const places = config.key.map((name, place) => {
      return { view: columnOf(view, name), log: columnOf(log ?? view, logKey[place] ?? '') };
    });
    return inTypesOfView(this.#transaction, keys, places);
  }
}

function bytesOf(row: readonly Field[]): number {
  return row.reduce((bytes, field) => bytes + (field?.length ?? 0), 0);
}

function statementOf(query: SqlQuery<MysqlColumn>, fields: string): string {
  const { relation, where, orderBy, limit, offset } = query;
  return [
    `SELECT ${fields} FROM ${relation}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ...(offset === undefined ? [] : [`OFFSET ${offset}`]),
  ].join(' ');
}
