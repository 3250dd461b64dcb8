import { isDeepStrictEqual } from 'node:util';
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { GuaritaError } from '../errors.ts';
import type { Position } from '../watermark.ts';
import { type Key, rawHexOf, textsOf } from './keys.ts';
import { afterByRowValue, type KeysetRelation } from './keyset.ts';
import type { Line } from './lines.ts';
import type { PageBuilder } from './page-builder.ts';
import { PostgresBound } from './postgres-bound.ts';
import type { CatalogRelation, CatalogView } from './postgres-catalog.ts';
import { type LineDecoder, utf8Decoder } from './postgres-encoding.ts';
import { eachLine } from './postgres-lines.ts';
import { inTypesOfView } from './postgres-log-keys.ts';
import { PostgresFinder } from './postgres-lookup.ts';
import type { Spoil } from './postgres-session.ts';
import type { ChangelogConfig, PostgresConfig } from './source-config.ts';
import { keptPlaces } from './stub-line.ts';
import { otherModes } from './view-modes.ts';
import type { CycleBound, LogReader, RowsRead, ViewSnapshot } from './view-snapshot.ts';

/** What a view is read with; `spoil` ends the connection after the work, which stops a server that still sends. */
export interface PostgresSnapshot {
  readonly client: ClientBase;
  readonly spoil: Spoil;
  readonly config: PostgresConfig;
  /** Null while the server converts what it gives. */
  readonly decoder: LineDecoder | null;
}

/** A view in one transaction. Throws `watermark-unusable`. */
export function postgresView(view: CatalogView, snapshot: PostgresSnapshot): ViewSnapshot {
  const { description, relation } = view;
  const keyset = keysetOf(view, description.key);
  const kept = keptPlaces(description);
  const fields = ['NULL', ...view.columns.map((column) => escapeIdentifier(column.name))].join(', ');
  const select = (clauses: string, take: (line: Line) => boolean) =>
    copy(snapshot, `SELECT ${fields} FROM ${relation} ${clauses}`, kept, take);
  return {
    description,
    keyset,
    bound: postgresBound(view, snapshot.client, snapshot.config),
    log: logOf(view, snapshot),
    finder: new PostgresFinder(
      snapshot.client,
      { relation, key: description.key, literal: (name, text) => keyset.dialect.value(name, text) },
      select,
    ),
    scan: (take) =>
      select('', (line) => {
        take(line);
        return true;
      }),
    rows: (where, orderBy, limit, page) =>
      pageRows(view, snapshot, page, (take) =>
        select(`WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`, take),
      ),
  };
}

/** What bounds the cycles of a view; null in mode `snapshot`. Throws `watermark-unusable`. */
export function postgresBound(
  { config, description, columns, relation, log }: CatalogView,
  client: ClientBase,
  source: PostgresConfig,
): CycleBound | null {
  const { watermark, name } = description;
  const bounded = (relation: string, columns: CatalogView['columns'], column: string, where: string) => {
    const cast = columns.find((candidate) => candidate.name === column)?.cast ?? '';
    const what = { relation, name: column, cast, where, otherModes: otherModes(config) };
    return new PostgresBound(client, what, source);
  };
  if (watermark !== null) return bounded(relation, columns, watermark, `View "${name}"`);
  if (log === null || config.changelog === undefined) return null;
  return bounded(
    log.relation,
    log.columns,
    config.changelog.watermark,
    `View "${name}", log ${log.relation}`,
  );
}

function logOf(view: CatalogView, snapshot: PostgresSnapshot): LogReader | null {
  const { config, log } = view;
  const { changelog } = config;
  if (log === null || changelog === undefined) return null;
  const { watermark, key } = changelog;
  const names = [watermark, ...key];
  const fields = names.map(escapeIdentifier).join(', ');
  const keyset = keysetOf(log, key);
  const types = typesOf(view.columns, config.key);
  const kept = new Set(names.keys());
  const render = (keys: readonly Key[]) =>
    isDeepStrictEqual(types, typesOf(log.columns, key))
      ? keys
      : inTypesOfView(keys, {
          ...{ client: snapshot.client, types },
          value: (place, text) => keyset.dialect.value(key[place] ?? '', text),
          read: (sql, take) => copy(snapshot, sql, kept, take),
        });
  return {
    keyset,
    watermark,
    filter: filterOf(changelog),
    entries: async (where, orderBy, limit) => {
      const lines: Line[] = [];
      const sql = `SELECT NULL, ${fields} FROM ${log.relation} WHERE ${where} ORDER BY ${orderBy} LIMIT ${limit}`;
      await copy(snapshot, sql, kept, (line) => lines.push(line) > 0);
      // None is null: the conditions of the keyset leave those out.
      const entries = lines.map((line) => textsOf(line, [...names.keys()]).map((text) => text ?? ''));
      const keys = await render(entries.map(([, ...texts]) => texts));
      return entries.map(([at = '', ...texts], index) => {
        return { position: { watermark: at, key: texts }, key: keys[index] ?? texts };
      });
    },
  };
}

function typesOf(columns: CatalogRelation['columns'], names: readonly string[]): string[] {
  return names.map((name) => columns.find((column) => column.name === name)?.type ?? '');
}

function filterOf({ table, operation }: ChangelogConfig): string[] {
  return [table, operation].flatMap((filter) =>
    filter === undefined
      ? []
      : [
          `CAST(${escapeIdentifier(filter.column)} AS text) IN (${filter.values.map(escapeLiteral).join(', ')})`,
        ],
  );
}

/** What a full page refuses is read and dropped up to here: cheaper than a new connection. */
const mostRefusedBytes = 1024 * 1024;

async function pageRows(
  { description, columns }: CatalogView,
  { spoil }: PostgresSnapshot,
  page: PageBuilder,
  select: (take: (line: Line) => boolean) => Promise<void>,
): Promise<RowsRead> {
  const before = page.rows;
  let received = 0;
  let refusedBytes = 0;
  await select((line) => {
    received++;
    if (!page.push(line)) refusedBytes += line.length;
    return refusedBytes < mostRefusedBytes;
  });
  // The rest is not worth reading: ending the connection is the only way to stop the server from sending it.
  if (refusedBytes >= mostRefusedBytes) spoil();
  const taken = page.rows - before;
  const names = [...(description.watermark === null ? [] : [description.watermark]), ...description.key];
  const places = names.map((name) => columns.findIndex((column) => column.name === name));
  const positionOf = (line: Line): Position | null => {
    const texts = textsOf(line, places);
    const watermark = description.watermark === null ? null : (texts.shift() ?? null);
    // The keyset leaves out nulls; but a stub has one in the place of a value that is too long.
    const key = texts.filter((text) => text !== null);
    return key.length === texts.length ? { watermark, key } : null;
  };
  const positions = function* () {
    for (const line of page.linesFromEnd(taken)) yield positionOf(line);
  };
  return { received, taken, positions };
}

/** The server writes the lines; their first field is the empty mark. COPY takes no parameters, hence literals. */
async function copy(
  { client, decoder }: PostgresSnapshot,
  select: string,
  kept: ReadonlySet<number>,
  take: (line: Line) => boolean,
): Promise<void> {
  // SQL_ASCII is PostgreSQL's name for no conversion at all.
  const encoding = decoder === null ? '' : ` (ENCODING 'SQL_ASCII')`;
  const stream = client.query(copyTo(`COPY (${select}) TO STDOUT${encoding}`));
  // An error ends the loop of `eachLine`; one that comes after it, of a connection that was ended, concerns nobody.
  stream.on('error', () => undefined);
  await eachLine(stream, { decoder: decoder ?? utf8Decoder, kept }, take);
}

function keysetOf({ columns }: CatalogRelation, key: readonly string[]): KeysetRelation {
  const byName = new Map(columns.map((column) => [column.name, column]));
  return {
    key,
    isNullable: (name) => byName.get(name)?.nullable ?? true,
    dialect: {
      identifier: escapeIdentifier,
      // The literal is cast, never the column: a cast column has no index.
      value: (name, text) => `CAST(${literalOf(text)} AS ${byName.get(name)?.cast ?? 'text'})`,
      after: afterByRowValue,
      notNull: (column) => `${column} IS NOT NULL`,
    },
  };
}

function literalOf(text: string): string {
  const hex = rawHexOf(text);
  if (hex === null && !text.includes('\0')) return escapeLiteral(text);
  if (hex === null || !/^[0-9a-f]+$/.test(hex)) throw new GuaritaError('cursor-invalid');
  return `convert_from('\\x${hex}', getdatabaseencoding())`;
}
