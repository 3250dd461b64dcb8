import { isDeepStrictEqual } from 'node:util';
import { type Key, textsOf } from '../reading/keys.ts';
import type { KeysetRelation } from '../reading/keyset.ts';
import type { Line } from '../reading/lines.ts';
import { keptPlaces } from '../reading/stub-line.ts';
import {
  type CycleBound,
  type LogEntry,
  type LogReader,
  type LogSurvey,
  smallRelation,
  type ViewSnapshot,
} from '../reading/view-snapshot.ts';
import type { ChangelogConfig, ViewConfig } from '../view-config.ts';
import type { ColumnDescription } from '../view-source.ts';
import { SqlBound } from './bound.ts';
import { pageRows } from './page-rows.ts';
import { placeOf, readTexts } from './places.ts';
import { columnOf, type SqlRelation, type SqlView } from './relation.ts';
import type { SqlQuery, SqlSnapshot } from './snapshot.ts';
import { survey } from './survey.ts';

/** A view in one transaction of an engine that speaks SQL. Throws `watermark-unusable`. */
export function sqlView<C extends ColumnDescription>(
  view: SqlView<C>,
  snapshot: SqlSnapshot<C>,
  overlapCount: number,
): ViewSnapshot {
  const { description, relation, columns } = view;
  const keyset = keysetOf(snapshot, view, description.key);
  const kept = keptPlaces(description);
  const rows: SqlQuery<C> = { relation, columns };
  const readAll = async (query: SqlQuery<C>, take: (line: Line) => void) => {
    await snapshot.read(query, kept, (line) => {
      take(line);
      return true;
    });
  };
  return {
    description,
    keyset,
    bound: boundOf(view, snapshot, overlapCount),
    log: logOf(view, snapshot),
    finder: snapshot.finder(view, keyset),
    scan: (take) => readAll(rows, take),
    lines: (where, limit, take) => readAll({ ...rows, where, limit }, take),
    rows: (where, orderBy, limit, page) =>
      pageRows(snapshot, description, { ...rows, where, orderBy, limit }, page),
    plan: (where, orderBy, limit) => snapshot.plan({ ...rows, where, orderBy, limit }),
    survey: () => survey(view, snapshot, keyset),
  };
}

/** What bounds the cycles of a view; null in mode `snapshot`. Throws `watermark-unusable`. */
function boundOf<C extends ColumnDescription>(
  view: SqlView<C>,
  snapshot: SqlSnapshot<C>,
  overlapCount: number,
): CycleBound | null {
  const { config, description, log } = view;
  const { watermark, name } = description;
  const bounded = (of: SqlRelation<C>, column: string, where: string, filter: readonly string[] = []) =>
    new SqlBound(snapshot, {
      ...{ relation: of.relation, column: columnOf(of, column), where, config, overlapCount, filter },
    });
  if (watermark !== null) return bounded(view, watermark, `Visão "${name}"`);
  if (log === null || config.changelog === undefined) return null;
  const where = `Visão "${name}", log ${log.relation}`;
  return bounded(log, config.changelog.watermark, where, filterOf(snapshot, log, config.changelog));
}

/** Which entries of a log are about the view. */
function filterOf<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  log: SqlRelation<C>,
  { table, operation }: ChangelogConfig,
): string[] {
  return [table, operation].flatMap((filter) =>
    filter === undefined ? [] : [snapshot.isOneOf(columnOf(log, filter.column), filter.values)],
  );
}

function logOf<C extends ColumnDescription>(view: SqlView<C>, snapshot: SqlSnapshot<C>): LogReader | null {
  const { config, log } = view;
  const { changelog } = config;
  if (log === null || changelog === undefined) return null;
  const { watermark, key } = changelog;
  const ofKey = key.map((name) => columnOf(log, name));
  const places = [columnOf(log, watermark), ...ofKey].map((column) => placeOf(snapshot, column));
  // The key is read by itself as well where its places say more than its texts do.
  const columns = snapshot.asPlace === undefined ? places : [...places, ...ofKey];
  const types = (of: SqlRelation<C>, names: readonly string[]) =>
    names.map((name) => columnOf(of, name).type);
  // Of values that have types of their own, equal declarations say nothing.
  const isAsInView =
    snapshot.asPlace === undefined && isDeepStrictEqual(types(view, config.key), types(log, key));
  const entriesOf = async (rows: readonly Key[]): Promise<LogEntry[]> => {
    // None is null: the conditions of the keyset leave those out.
    const texts = rows.map((row) => row.map((text) => text ?? ''));
    const named = texts.map((row) => row.slice(-key.length));
    const keys = isAsInView ? named : await snapshot.keysOfView(view, named);
    return texts.map(([at = '', ...row], index) => {
      return { position: { watermark: at, key: row.slice(0, key.length) }, key: keys[index] ?? [] };
    });
  };
  return {
    keyset: keysetOf(snapshot, log, key),
    watermark,
    filter: filterOf(snapshot, log, changelog),
    entries: async (where, orderBy, limit) => {
      return entriesOf(await readTexts(snapshot, { relation: log.relation, columns, where, orderBy, limit }));
    },
    survey: (until) => surveyLog(snapshot, log, config, until),
    distinct: async (where) => {
      const rows = new Map<string, Key>();
      const places = [...columns.keys()];
      await snapshot.read({ relation: log.relation, columns, where }, new Set(places), (line) => {
        const texts = textsOf(line, places);
        rows.set(JSON.stringify(texts), texts);
        return true;
      });
      return entriesOf([...rows.values()]);
    },
  };
}

/**
 * A cycle reads entries on from its begin, and, where they are numbered, looks back from its end for where the next one is
 * to begin.
 */
async function surveyLog<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  log: SqlRelation<C>,
  config: ViewConfig,
  until: string | null,
): Promise<LogSurvey> {
  const { relation } = log;
  const watermark = config.changelog?.watermark;
  if (until === null || watermark === undefined) return { isSmall: true, plans: [] };
  const column = columnOf(log, watermark);
  const name = snapshot.identifier(watermark);
  const value = snapshot.value(column, until);
  const query = { relation, columns: [placeOf(snapshot, column)] };
  // A log is of all views, and grows for ever: it is not counted to its end, by each of them.
  const isSmall = (await readTexts(snapshot, { ...query, limit: smallRelation + 1 })).length <= smallRelation;
  const plans = [await snapshot.plan({ ...query, where: `${name} >= ${value}`, orderBy: name, limit: 1000 })];
  const kind = snapshot.watermark(column, config);
  if (typeof kind !== 'string' && kind.now === null) {
    plans.push(
      await snapshot.plan({ ...query, where: `${name} <= ${value}`, orderBy: `${name} DESC`, limit: 1 }),
    );
  }
  return { isSmall, plans };
}

export function keysetOf<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  relation: SqlRelation<C>,
  key: readonly string[],
): KeysetRelation {
  return {
    key,
    isNullable: (name) => columnOf(relation, name).nullable,
    dialect: {
      identifier: (name) => snapshot.identifier(name),
      value: (name, text) => snapshot.value(columnOf(relation, name), text),
      after: (columns, values) => snapshot.after(columns, values),
      notNull: (column) => snapshot.notNull(column),
      ordersByNull: snapshot.ordersByNull ?? true,
    },
  };
}
