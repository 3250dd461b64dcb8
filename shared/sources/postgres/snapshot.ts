import { type ClientBase, DatabaseError, escapeIdentifier, escapeLiteral } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { GuaritaError } from '../../errors.ts';
import { type Key, rawHexOf } from '../reading/keys.ts';
import { afterByRowValue, type KeysetRelation } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import type { Finder, QueryPlan } from '../reading/view-snapshot.ts';
import type { Spoil } from '../sessions.ts';
import type { PostgresConfig } from '../source-config.ts';
import { noOrder } from '../sql/no-order.ts';
import { columnOf, type SqlRelation, type SqlView } from '../sql/relation.ts';
import type { SqlQuery, SqlSnapshot, WatermarkKind } from '../sql/snapshot.ts';
import type { RelationName } from '../view-config.ts';
import { type PostgresColumn, readRelation } from './catalog.ts';
import { type LineDecoder, utf8Decoder } from './encoding.ts';
import { PostgresFinder } from './finder.ts';
import { eachLine } from './lines.ts';
import { inTypesOfView } from './log-keys.ts';
import { type PostgresMoment, replicaBehind } from './moment.ts';
import { writePrivileges } from './privileges.ts';
import { postgresWatermark } from './watermarks.ts';

/** What a full page refuses is read and dropped up to here: cheaper than a new connection. */
const mostRefusedBytes = 1024 * 1024;

/** What a transaction is read with. */
export interface PostgresTransaction {
  readonly client: ClientBase;
  /** Ends the connection after the work, which stops a server that still sends. */
  readonly spoil: Spoil;
  readonly config: PostgresConfig;
  /** Null while the server converts what it gives. */
  readonly decoder: LineDecoder | null;
  /** Read before the transaction began. */
  readonly moment: PostgresMoment;
}

/** A repeatable-read transaction. The server itself writes the lines, by COPY, so that no object is made of a row. */
export class PostgresSnapshot implements SqlSnapshot<PostgresColumn> {
  readonly #client: ClientBase;
  readonly #spoil: Spoil;
  readonly #config: PostgresConfig;
  readonly #decoder: LineDecoder | null;
  readonly #moment: PostgresMoment;

  constructor({ client, spoil, config, decoder, moment }: PostgresTransaction) {
    this.#client = client;
    this.#spoil = spoil;
    this.#config = config;
    this.#decoder = decoder;
    this.#moment = moment;
  }

  epoch(): Promise<string> {
    return Promise.resolve(this.#moment.epoch);
  }

  get behindSeconds(): number {
    return this.#moment.replica?.behindSeconds ?? 0;
  }

  /**
   * A replica that is behind what was read of another server, or of itself before it started anew, catches up. A clock
   * goes on by itself; numbers on a replica that has nothing left to replay do not.
   */
  goneBack({ now }: WatermarkKind): GuaritaError | null {
    const { replica } = this.#moment;
    if (replica === null || (now === null && replica.isCurrent)) return null;
    return replicaBehind(this.#config.url, 'it has not replayed yet what was read before');
  }

  clock(): Promise<string> {
    return Promise.resolve(this.#moment.clock);
  }

  writePrivileges(): Promise<readonly string[]> {
    return writePrivileges(this.#client);
  }

  relation(name: RelationName, what: string): Promise<SqlRelation<PostgresColumn>> {
    return readRelation(this.#client, name, what);
  }

  unusable(column: PostgresColumn, isKey: boolean): string | null {
    return isKey && !column.isOrdered ? noOrder(column) : null;
  }

  identifier(name: string): string {
    return escapeIdentifier(name);
  }

  /**
   * The literal is cast, never the column: a cast column has no index. It is of the column's collation also where it is
   * compared with others like it: of two keys that are one to that, a lookup gives the rows once.
   */
  value({ cast, collation }: PostgresColumn, text: string): string {
    const value = `CAST(${literalOf(text)} AS ${cast})`;
    return collation === null ? value : `${value} COLLATE ${collation}`;
  }

  after(columns: readonly string[], values: readonly string[]): string {
    return afterByRowValue(columns, values);
  }

  notNull(column: string): string {
    return `${column} IS NOT NULL`;
  }

  isOneOf({ name }: PostgresColumn, texts: readonly string[]): string {
    return `CAST(${escapeIdentifier(name)} AS text) IN (${texts.map(escapeLiteral).join(', ')})`;
  }

  async read(
    query: SqlQuery<PostgresColumn>,
    kept: ReadonlySet<number>,
    take: (line: Line) => boolean,
  ): Promise<boolean> {
    let wanted = true;
    let refusedBytes = 0;
    await this.#copy(statementOf(query), kept, (line) => {
      wanted &&= take(line);
      if (!wanted) refusedBytes += line.length;
      return refusedBytes < mostRefusedBytes;
    });
    // The rest is not worth reading: ending the connection is the only way to stop the server from sending it.
    if (refusedBytes < mostRefusedBytes) return true;
    this.#spoil();
    return false;
  }

  async scalar(expression: string): Promise<string | null> {
    const { rows } = await this.#client.query<{ value: string | null }>(
      `SELECT (${expression})::text AS value`,
    );
    return rows[0]?.value ?? null;
  }

  async holds(condition: string): Promise<boolean> {
    return (await this.scalar(condition)) === 'true';
  }

  /** What is no value of a type is refused with SQLSTATE class 22, data exception. */
  async isValue(column: PostgresColumn, text: string): Promise<boolean> {
    try {
      await this.scalar(this.value(column, text));
      return true;
    } catch (error) {
      if (error instanceof DatabaseError && error.code?.startsWith('22') === true) return false;
      throw error;
    }
  }

  async numbers(statement: string): Promise<number[]> {
    const { rows } = await this.#client.query<unknown[]>({ text: statement, rowMode: 'array' });
    return (rows[0] ?? []).map(Number);
  }

  /** Without a sort, only an index gives an order; a sort of ties alone (`Incremental Sort`) reads no more either. */
  async plan(query: SqlQuery<PostgresColumn>): Promise<QueryPlan> {
    const { rows } = await this.#client.query<[string]>({
      text: `EXPLAIN (COSTS OFF) ${statementOf(query)}`,
      rowMode: 'array',
    });
    const text = rows.map(([line]) => line).join('\n');
    return { text, isServed: !/^\s*(->\s+)?Sort$/m.test(text) };
  }

  watermark(column: PostgresColumn): WatermarkKind | string {
    return postgresWatermark(column, this.#config, this.#moment);
  }

  finder(view: SqlView<PostgresColumn>, keyset: KeysetRelation): Finder {
    const { relation, columns, description } = view;
    const kept = keptPlaces(description);
    return new PostgresFinder(
      this.#client,
      { relation, key: description.key, literal: (name, text) => keyset.dialect.value(name, text) },
      (clauses, take) => this.#copy(`SELECT ${fieldsOf(columns)} FROM ${relation} ${clauses}`, kept, take),
    );
  }

  keysOfView(view: SqlView<PostgresColumn>, keys: readonly Key[]): Promise<readonly Key[]> {
    const { config, log } = view;
    const logKey = config.changelog?.key ?? [];
    return inTypesOfView(keys, {
      client: this.#client,
      types: config.key.map((name) => columnOf(view, name).type),
      value: (place, text) => this.value(columnOf(log ?? view, logKey[place] ?? ''), text),
      read: (sql, take) => this.#copy(sql, new Set(config.key.keys()), take),
    });
  }

  /** The server writes the lines; their first field is the empty mark. COPY takes no parameters, hence literals. */
  async #copy(select: string, kept: ReadonlySet<number>, take: (line: Line) => boolean): Promise<void> {
    // SQL_ASCII is PostgreSQL's name for no conversion at all.
    const encoding = this.#decoder === null ? '' : ` (ENCODING 'SQL_ASCII')`;
    const stream = this.#client.query(copyTo(`COPY (${select}) TO STDOUT${encoding}`));
    // An error ends the loop of `eachLine`; one that comes after it, of a connection that was ended, concerns nobody.
    stream.on('error', () => undefined);
    await eachLine(stream, { decoder: this.#decoder ?? utf8Decoder, kept }, take);
  }
}

function statementOf(query: SqlQuery<PostgresColumn>): string {
  const { relation, columns, where, orderBy, limit, offset } = query;
  return [
    `SELECT ${fieldsOf(columns)} FROM ${relation}`,
    ...(where === undefined ? [] : [`WHERE ${where}`]),
    ...(orderBy === undefined ? [] : [`ORDER BY ${orderBy}`]),
    ...(limit === undefined ? [] : [`LIMIT ${limit}`]),
    ...(offset === undefined ? [] : [`OFFSET ${offset}`]),
  ].join(' ');
}

function fieldsOf(columns: readonly PostgresColumn[]): string {
  return ['NULL', ...columns.map(({ name }) => escapeIdentifier(name))].join(', ');
}

function literalOf(text: string): string {
  const hex = rawHexOf(text);
  if (hex === null && !text.includes('\0')) return escapeLiteral(text);
  if (hex === null || !/^[0-9a-f]+$/.test(hex)) throw new GuaritaError('cursor-invalid');
  return `convert_from('\\x${hex}', getdatabaseencoding())`;
}
