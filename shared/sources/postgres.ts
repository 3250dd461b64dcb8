import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { GuaritaError } from '../errors.ts';
import type { Position } from '../watermark.ts';
import { describeEach } from './describe-view.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { afterByRowValue, type KeysetDialect } from './keyset.ts';
import { splitFields, unescapeField } from './lines.ts';
import { maxRowBytes, type PageBuilder, rowTooLarge } from './page-builder.ts';
import { PostgresBound } from './postgres-bound.ts';
import { type CatalogView, readEpoch, readView } from './postgres-catalog.ts';
import {
  decodeLine,
  isUndecodable,
  type LineDecoder,
  readDecoder,
  utf8Decoder,
} from './postgres-encoding.ts';
import { postgresError } from './postgres-errors.ts';
import { PostgresSessions, type Spoil } from './postgres-session.ts';
import { writePrivileges } from './postgres-privileges.ts';
import { type PageReader, readPage } from './read-page.ts';
import type { PostgresConfig, ViewConfig } from './source-config.ts';
import type { Page, PageRequest, SourceDescription } from './view-source.ts';

/**
 * One rendering for every value, whatever the server's or the user's own settings: what is text here is what the
 * national base stores, and what its digest is of.
 */
const sessionSettings = `
  SET default_transaction_read_only = on; SET client_encoding = 'UTF8'; SET TimeZone = 'UTC';
  SET DateStyle = 'ISO, YMD'; SET IntervalStyle = 'iso_8601'; SET extra_float_digits = 1;
  SET bytea_output = 'hex'; SET xmlbinary = 'base64'; SET lc_monetary = 'C';
  SET standard_conforming_strings = on; SET application_name = 'guarita-agent';`;

/**
 * PostgreSQL 12 or newer, or what speaks its protocol. The server itself writes the lines, by COPY, so that no
 * object is made of a row. Each page is one read-only repeatable-read transaction: bound, columns and rows are of
 * one snapshot.
 */
export class PostgresSource implements Engine {
  readonly #config: PostgresConfig;
  readonly #views: ReadonlyMap<string, ViewConfig>;
  readonly #options: EngineOptions<PostgresConfig>;
  readonly #sessions: PostgresSessions;
  /** Mean bytes of a line by view, learnt from page to page: how many rows to ask for. */
  readonly #lineBytes = new Map<string, number>();
  /** Null while the server converts what it gives: until the first value for which it cannot. */
  #decoder: LineDecoder | null = null;

  constructor(options: EngineOptions<PostgresConfig>) {
    this.#options = options;
    this.#config = options.source;
    this.#views = new Map(options.views.map((view) => [view.name, view]));
    this.#sessions = new PostgresSessions({
      url: this.#config.url,
      password: options.password,
      connections: 4,
      timeoutSeconds: this.#config.timeoutSeconds,
      settings: sessionSettings,
    });
  }

  async proveReadOnly(): Promise<readonly string[]> {
    return this.#snapshot((client) => writePrivileges(client));
  }

  async describe(): Promise<SourceDescription> {
    return this.#snapshot(async (client) => {
      const epoch = await readEpoch(client, this.#config.epoch);
      const described = await describeEach([...this.#views.values()], async (config) => {
        const view = await readView(client, config, epoch);
        // Made only to be checked: a watermark that cannot bound the view is refused here, not at the first page.
        void new PostgresBound(view, this.#config);
        return view.description;
      });
      const clock = await client.query<{ clock: string }>(
        `SELECT to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS clock`,
      );
      return { databaseClock: clock.rows[0]?.clock ?? '', ...described };
    });
  }

  async page(name: string, request: PageRequest): Promise<Page> {
    const config = this.#views.get(name);
    if (config === undefined) throw new GuaritaError('view-unknown', `View "${name}".`);
    try {
      return await this.#page(config, request);
    } catch (error) {
      if (this.#decoder !== null || !(error instanceof GuaritaError) || !isUndecodable(error.cause))
        throw error;
      this.#decoder = await this.#sessions.session(readDecoder);
      if (this.#decoder === null) throw error;
      return await this.#page(config, request);
    }
  }

  async #page(config: ViewConfig, request: PageRequest): Promise<Page> {
    return this.#snapshot(async (client, spoil) => {
      const epoch = await readEpoch(client, this.#config.epoch);
      const view = await readView(client, config, epoch);
      const bound = new PostgresBound(view, this.#config);
      const reader: PageReader = {
        dialect: dialectOf(view),
        lineBytes: this.#lineBytes,
        bound: () => bound.read(client),
        checkBound: (until) => bound.check(client, until),
        isBefore: (watermark, other) => bound.isBefore(client, watermark, other),
        following: (from, until) => bound.following(client, from, until),
        rows: (where, orderBy, limit, page) =>
          this.#copy(client, view, { where, orderBy, limit }, page, spoil),
      };
      return readPage(view.description, request, this.#options.pages, reader);
    }, request.signal);
  }

  async close(): Promise<void> {
    await this.#sessions.close();
  }

  /** One snapshot for all that `work` reads. */
  async #snapshot<T>(
    work: (client: ClientBase, spoil: Spoil) => Promise<T>,
    signal?: AbortSignal,
  ): Promise<T> {
    try {
      return await this.#sessions.transaction(
        'BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY',
        work,
        signal,
      );
    } catch (error) {
      throw postgresError(error);
    }
  }

  /** The server writes the lines; its first field is the empty mark. COPY takes no parameters, hence literals. */
  async #copy(
    client: ClientBase,
    view: CatalogView,
    query: { where: string; orderBy: string; limit: number },
    page: PageBuilder,
    spoil: Spoil,
  ): Promise<{ received: number; last: Position | null }> {
    const columns = view.columns.map((column) => escapeIdentifier(column.name)).join(', ');
    const select = `SELECT NULL, ${columns} FROM ${view.relation}
      WHERE ${query.where} ORDER BY ${query.orderBy} LIMIT ${query.limit}`;
    // SQL_ASCII is PostgreSQL's name for no conversion at all.
    const encoding = this.#decoder === null ? '' : ` (ENCODING 'SQL_ASCII')`;
    const decoder = this.#decoder ?? utf8Decoder;
    const stream = client.query(copyTo(`COPY (${select}) TO STDOUT${encoding}`));
    // An error ends the loop below; one that comes after it, of a connection that was ended, concerns nobody.
    stream.on('error', () => undefined);
    let received = 0;
    let refusedBytes = 0;
    let last: Buffer | null = null;
    await eachLine(stream, (line) => {
      received++;
      if (page.push(decodeLine(line, decoder))) last = line;
      else refusedBytes += line.length;
      return refusedBytes < mostRefusedBytes;
    });
    // The rest is not worth reading: ending the connection is the only way to stop the server from sending it.
    if (refusedBytes >= mostRefusedBytes) spoil();
    return { received, last: last === null ? null : positionOf(view, last, decoder) };
  }
}

/** What a full page refuses is read and dropped up to here: cheaper than a new connection. */
const mostRefusedBytes = 1024 * 1024;

/**
 * Whole lines, without their newlines, as long as `take` wants more. What is no line yet is held only as long as a
 * page could take it.
 */
async function eachLine(stream: AsyncIterable<Buffer>, take: (line: Buffer) => boolean): Promise<void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  for await (const chunk of stream) {
    let start = 0;
    for (let end = chunk.indexOf(0x0a); end !== -1; end = chunk.indexOf(0x0a, start)) {
      const line = chunk.subarray(start, end);
      if (!take(heldBytes === 0 ? line : Buffer.concat([...held, line]))) return;
      if (heldBytes > 0) held = [];
      heldBytes = 0;
      start = end + 1;
    }
    if (start === chunk.length) continue;
    held.push(chunk.subarray(start));
    heldBytes += chunk.length - start;
    if (heldBytes > maxRowBytes) throw rowTooLarge(heldBytes);
  }
}

/** Watermark and key of a line, as the text that the server gave and will cast back. */
function positionOf(view: CatalogView, line: Buffer, decoder: LineDecoder): Position {
  const fields = splitFields(line).slice(1);
  const text = (name: string): string | null => {
    const field = fields[view.columns.findIndex((column) => column.name === name)];
    const bytes = field === undefined ? null : unescapeField(field);
    return bytes === null ? null : (decoder.text(bytes) ?? `${undecoded}${bytes.toString('hex')}`);
  };
  const { watermark, key, name } = view.description;
  return {
    watermark: text(watermark),
    key: key.map((column) => {
      const value = text(column);
      if (value === null)
        throw new GuaritaError('row-breaks-key', `View "${name}", column "${column}" is null.`);
      return value;
    }),
  };
}

/** Before the bytes, in hexadecimal, of a value without text: no text of PostgreSQL's can begin with it. */
const undecoded = '\0';

function dialectOf(view: CatalogView): KeysetDialect {
  const casts = new Map(view.columns.map((column) => [column.name, column.cast]));
  return {
    identifier: escapeIdentifier,
    // The literal is cast, never the column: a cast column has no index.
    value: (column, text) => `CAST(${literalOf(text)} AS ${casts.get(column) ?? 'text'})`,
    after: afterByRowValue,
  };
}

function literalOf(text: string): string {
  if (!text.includes(undecoded)) return escapeLiteral(text);
  if (!/^\0[0-9a-f]+$/.test(text)) throw new GuaritaError('cursor-invalid');
  return `convert_from('\\x${text.slice(1)}', getdatabaseencoding())`;
}
