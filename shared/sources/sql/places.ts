import { type Key, textsOf } from '../reading/keys.ts';
import type { ColumnDescription } from '../view-source.ts';
import type { SqlQuery, SqlSnapshot } from './snapshot.ts';

/** The column as it is read for a place in the order: the column itself, unless the engine says otherwise. */
export function placeOf<C extends ColumnDescription>(snapshot: SqlSnapshot<C>, column: C): C {
  return snapshot.asPlace?.(column) ?? column;
}

/** The texts of all columns, for a few rows of a few columns. */
export async function readTexts<C extends ColumnDescription>(
  snapshot: SqlSnapshot<C>,
  query: SqlQuery<C>,
): Promise<Key[]> {
  const places = [...query.columns.keys()];
  const rows: Key[] = [];
  await snapshot.read(query, new Set(places), (line) => rows.push(textsOf(line, places)) > 0);
  return rows;
}
