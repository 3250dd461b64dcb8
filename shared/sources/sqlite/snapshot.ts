import type Database from 'better-sqlite3';
import { GuaritaError } from '../../errors.ts';
import type { Key } from '../reading/keys.ts';
import { afterByRowValue } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { SqliteConfig } from '../source-config.ts';
import { columnOf, type SqlRelation, type SqlView } from '../sql/relation.ts';
import type { SqlQuery, SqlSnapshot, WatermarkKind } from '../sql/snapshot.ts';
import type { RelationName, ViewConfig } from '../view-config.ts';
import { readEpoch, readRelation } from './catalog.ts';
import { clausesOf } from './clauses.ts';
import { SqliteFinder } from './finder.ts';
import { SqliteLines } from './lines.ts';
import { keyOfView } from './log-keys.ts';
import { placeLines } from './places.ts';
import { writePrivileges } from './privileges.ts';
import { takeInTurns } from './turns.ts';
import { quoteIdentifier, quoteText, type SqliteColumn, textOf, valueOf } from './values.ts';
import { sqliteWatermark } from './watermarks.ts';

const clockStatement = `SELECT strftime('%Y-%m-%dT%H:%M:%fZ', 'now')`;

/** The transaction that a handle is in. SQLite types values, not columns: a place says of which type its values are. */
export class SqliteSnapshot implements SqlSnapshot<SqliteColumn> {
  readonly #db: Database.Database;
  readonly #config: SqliteConfig;
  readonly #signal: AbortSignal | undefined;
  /** By the columns that they give: a page asks for the same ones again. */
  readonly #lines = new Map<readonly SqliteColumn[], SqliteLines>();

  constructor(db: Database.Database, config: SqliteConfig, signal?: AbortSignal) {
    this.#db = db;
    this.#config = config;
    this.#signal = signal;
  }

  async epoch(): Promise<string> {
    return readEpoch(this.#config.file);
  }

  async clock(): Promise<string> {
    return String(this.#value(clockStatement));
  }

  async writePrivileges(): Promise<readonly string[]> {
    return writePrivileges(this.#db);
  }

  async relation(name: RelationName, what: string): Promise<SqlRelation<SqliteColumn>> {
    return readRelation(this.#db, name, what);
  }

  identifier(name: string): string {
    return quoteIdentifier(name);
  }

  value(_column: SqliteColumn, text: string): string {
    const value = valueOf(text);
    if (value === undefined) throw new GuaritaError('cursor-invalid');
    return value;
  }

  asPlace(column: SqliteColumn): SqliteColumn {
    return { ...column, isPlace: true };
  }

  after(columns: readonly string[], values: readonly string[]): string {
    return afterByRowValue(columns, values);
  }

  /** Without the plus, SQLite may take another index for this than that of the order. */
  notNull(column: string): string {
    return `+${column} IS NOT NULL`;
  }

  isOneOf({ name }: SqliteColumn, texts: readonly string[]): string {
    return `CAST(${quoteIdentifier(name)} AS TEXT) IN (${texts.map(quoteText).join(', ')})`;
  }

  async read(
    query: SqlQuery<SqliteColumn>,
    kept: ReadonlySet<number>,
    take: (line: Line) => boolean,
  ): Promise<boolean> {
    const { limit, offset } = query;
    const lines = query.columns.some((column) => column.isPlace === true)
      ? placeLines(this.#db, query)
      : this.#linesOf(query, kept).read(clausesOf(query), { limit, offset });
    await takeInTurns(lines, take, this.#signal);
    return true;
  }

  /** As a subquery, it is worked out once, however often its text asks for it. */
  async scalar(expression: string, column: SqliteColumn): Promise<string | null> {
    const text = textOf({ ...column, name: 'v' });
    const value = this.#value(`SELECT ${text} FROM (SELECT ${expression} AS v)`);
    return typeof value === 'string' ? value : null;
  }

  async holds(condition: string): Promise<boolean> {
    return this.#value(`SELECT ${condition}`) === 1;
  }

  async isValue(_column: SqliteColumn, text: string): Promise<boolean> {
    return valueOf(text) !== undefined;
  }

  async numbers(statement: string): Promise<number[]> {
    const row = this.#db.prepare(statement).raw().get() as unknown[];
    return row.map(Number);
  }

  /** Without a sort, only an index gives an order. */
  async plan(query: SqlQuery<SqliteColumn>): Promise<QueryPlan> {
    const statement = `SELECT * ${clausesOf(query)} LIMIT ${query.limit ?? -1}`;
    const steps = this.#db.prepare(`EXPLAIN QUERY PLAN ${statement}`).all() as { detail: string }[];
    const text = steps.map(({ detail }) => detail).join('\n');
    return { text, isServed: !text.includes('TEMP B-TREE') };
  }

  watermark(column: SqliteColumn, { watermarkFormat }: ViewConfig): WatermarkKind | string {
    return sqliteWatermark(column, watermarkFormat, this.#config);
  }

  finder(view: SqlView<SqliteColumn>): Finder {
    const { relation, description } = view;
    const key = description.key.map((name) => columnOf(view, name));
    const lines = () => this.#linesOf(view, keptPlaces(description));
    return new SqliteFinder(this.#db, { relation, key }, lines, this.#signal);
  }

  async keysOfView(view: SqlView<SqliteColumn>, keys: readonly Key[]): Promise<readonly Key[]> {
    return keys.map(keyOfView(this.#db, view));
  }

  #linesOf({ relation, columns }: SqlRelation<SqliteColumn>, kept: ReadonlySet<number>): SqliteLines {
    const lines = this.#lines.get(columns) ?? new SqliteLines(this.#db, relation, columns, kept);
    this.#lines.set(columns, lines);
    return lines;
  }

  #value(statement: string): unknown {
    return this.#db.prepare(statement).pluck().get();
  }
}
