import { GuaritaError } from '../../errors.ts';
import type { Key } from '../reading/keys.ts';
import { afterByComparisons } from '../reading/keyset.ts';
import { hexText, type Line } from '../reading/lines.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { Spoil } from '../sessions.ts';
import type { SqlServerConfig } from '../source-config.ts';
import { SqlFinder } from '../sql/finder.ts';
import { noOrder } from '../sql/no-order.ts';
import type { SqlRelation, SqlView } from '../sql/relation.ts';
import type { SqlQuery, SqlSnapshot, WatermarkKind } from '../sql/snapshot.ts';
import type { RelationName } from '../view-config.ts';
import { columnsStatement, describedRelation, lacksColumns, relationOf } from './catalog.ts';
import type { SqlServerConnection, WireRow } from './connections.ts';
import { literalOf } from './literals.ts';
import { inTypesOfView } from './log-keys.ts';
import { epochStatement, type SqlServerMoment } from './moment.ts';
import { hiddenPlan, mayShowPlan, planOf } from './plan.ts';
import { writePrivileges } from './privileges.ts';
import { rowStatement } from './rows.ts';
import { quoteName, textLiteral } from './text.ts';
import { rendering, type SqlServerColumn } from './types.ts';
import { sqlServerWatermark } from './watermarks.ts';

/** Types of which SQL Server compares and sorts no values. */
const unordered: ReadonlySet<string> = new Set([
  ...['text', 'ntext', 'image', 'xml', 'json'],
  ...['geometry', 'geography', 'sys.geometry', 'sys.geography'],
]);

/** What a full page refuses is read and dropped up to here: cheaper than a new connection. */
const mostRefusedBytes = 1024 * 1024;

/** Keys that one statement looks for: more conditions would cost the server more to compile than to answer. */
const keysAtOnce = 200;

/** What a transaction is read with. */
export interface SqlServerTransaction {
  readonly connection: SqlServerConnection;
  /** Ends the connection after the work, which stops a server that still sends. */
  readonly spoil: Spoil;
  readonly config: SqlServerConfig;
  readonly moment: SqlServerMoment;
  /** Most for one statement. */
  readonly milliseconds: number;
}

/**
 * A transaction of isolation level SNAPSHOT, where the database allows it. Else each statement is one of its own, of
 * READ COMMITTED: what is committed while a page is read may be in it or not, but the bound was read before.
 */
export class SqlServerSnapshot implements SqlSnapshot<SqlServerColumn> {
  readonly #connection: SqlServerConnection;
  readonly #spoil: Spoil;
  readonly #config: SqlServerConfig;
  readonly #moment: SqlServerMoment;
  readonly #milliseconds: number;

  constructor({ connection, spoil, config, moment, milliseconds }: SqlServerTransaction) {
    this.#connection = connection;
    this.#spoil = spoil;
    this.#config = config;
    this.#moment = moment;
    this.#milliseconds = milliseconds;
  }

  async epoch(): Promise<string> {
    const [row = []] = await this.#rows(epochStatement(this.#moment));
    return row.filter((part) => part !== null).join('/');
  }

  clock(): Promise<string> {
    return Promise.resolve(`${this.#moment.clock.replace(' ', 'T')}Z`);
  }

  writePrivileges(): Promise<readonly string[]> {
    const { hasServer } = this.#moment;
    return writePrivileges(this.#connection, { hasServer, milliseconds: this.#milliseconds });
  }

  async relation(name: RelationName, what: string): Promise<SqlRelation<SqlServerColumn>> {
    const relation = relationOf(name, what);
    const all = await this.#rows(columnsStatement(relation));
    const wanted = name.columns?.map(quoteName).join(', ');
    const rows =
      wanted !== undefined && lacksColumns(all) ? await this.#rows(columnsStatement(relation, wanted)) : all;
    return describedRelation(rows, relation, what);
  }

  unusable(column: SqlServerColumn, isKey: boolean): string | null {
    return isKey && unordered.has(column.base) ? noOrder(column) : null;
  }

  identifier(name: string): string {
    return quoteName(name);
  }

  value(column: SqlServerColumn, text: string): string {
    const literal = literalOf(column, text);
    if (literal === null) throw new GuaritaError('cursor-invalid');
    return literal;
  }

  /** SQL Server has no row values. Only the first condition is one that an index can be entered by. */
  after(columns: readonly string[], values: readonly string[]): string {
    return afterByComparisons(columns, values);
  }

  notNull(column: string): string {
    return `${column} IS NOT NULL`;
  }

  /** By their bytes: a collation may take `a` for `A`. The blanks that fill up a `char` are not of the text. */
  isOneOf(column: SqlServerColumn, texts: readonly string[]): string {
    const { form, sql } = rendering(column, quoteName(column.name), this.#moment);
    const wide = form === 'text' ? sql : `CONVERT(nvarchar(max), ${quoteName(column.name)})`;
    const isPadded = column.base === 'char' || column.base === 'nchar';
    const bytes = (text: string) => `CONVERT(varbinary(max), ${text})`;
    const own = bytes(`CONVERT(nvarchar(max), ${isPadded ? `RTRIM(${wide})` : wide})`);
    const given = texts.map((text) => bytes(textLiteral(isPadded ? text.trimEnd() : text)));
    return `${own} IN (${given.join(', ')})`;
  }

  async read(
    query: SqlQuery<SqlServerColumn>,
    kept: ReadonlySet<number>,
    take: (line: Line) => boolean,
  ): Promise<boolean> {
    const { sql, lineOf } = rowStatement(query, kept, this.#moment);
    let wanted = true;
    let refusedBytes = 0;
    let spoilt = false;
    const takeRow = (row: WireRow) => {
      if (spoilt) return;
      const line = lineOf(row);
      wanted &&= take(line);
      if (!wanted) refusedBytes += line.length;
      if (refusedBytes < mostRefusedBytes) return;
      // The rest is not worth reading: ending the connection stops the server from sending it.
      spoilt = true;
      this.#spoil();
    };
    try {
      await this.#connection.run(sql, this.#milliseconds, takeRow);
    } catch (error) {
      if (!spoilt) throw error;
    }
    return !spoilt;
  }

  async scalar(expression: string, column: SqlServerColumn): Promise<string | null> {
    const { form, sql } = rendering(column, expression, this.#moment);
    const [[value = null] = []] = await this.#rows(`SELECT ${sql}`);
    if (value === null) return null;
    return Buffer.isBuffer(value) && form === 'binary' ? hexText(value) : String(value);
  }

  async holds(condition: string): Promise<boolean> {
    const [[value] = []] = await this.#rows(`SELECT CASE WHEN ${condition} THEN 1 ELSE 0 END`);
    return value === 1;
  }

  isValue(column: SqlServerColumn, text: string): Promise<boolean> {
    return Promise.resolve(literalOf(column, text) !== null);
  }

  async numbers(statement: string): Promise<number[]> {
    const [row = []] = await this.#rows(statement);
    return row.map(Number);
  }

  /** SHOWPLAN must stand alone in its batch. */
  async plan(query: SqlQuery<SqlServerColumn>): Promise<QueryPlan> {
    const [[mayShow] = []] = await this.#rows(mayShowPlan);
    if (mayShow !== 1) return hiddenPlan;
    await this.#rows('SET SHOWPLAN_XML ON');
    const [[xml] = []] = await this.#rows(rowStatement(query, new Set(), this.#moment).sql);
    await this.#rows('SET SHOWPLAN_XML OFF');
    return planOf(String(xml));
  }

  watermark(column: SqlServerColumn): WatermarkKind | string {
    return sqlServerWatermark(column, this.#config, this.#moment);
  }

  finder(view: SqlView<SqlServerColumn>): Finder {
    return new SqlFinder(this, view, { keysAtOnce, literalOf });
  }

  keysOfView(view: SqlView<SqlServerColumn>, keys: readonly Key[]): Promise<readonly Key[]> {
    return inTypesOfView(view, keys, {
      ...{ connection: this.#connection, milliseconds: this.#milliseconds, abilities: this.#moment },
    });
  }

  #rows(statement: string): Promise<WireRow[]> {
    return this.#connection.rows(statement, this.#milliseconds);
  }
}
