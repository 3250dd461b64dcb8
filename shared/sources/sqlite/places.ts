import type Database from 'better-sqlite3';
import { encodeRawFields, type Line } from '../reading/lines.ts';
import type { SqlQuery } from '../sql/snapshot.ts';
import { clausesOf } from './clauses.ts';
import { bytesOf, type SqliteColumn } from './values.ts';

/**
 * The lines of rows that are read as places in an order. They are few, no digest is made of them, and nothing of them
 * is cut, however long: what the rows that come next are compared with has to be whole.
 */
export function placeLines(db: Database.Database, query: SqlQuery<SqliteColumn>): Line[] {
  const { columns, limit = -1, offset = 0 } = query;
  const fields = columns.map(bytesOf).join(', ');
  const statement = `SELECT ${fields} ${clausesOf(query)} LIMIT ${limit} OFFSET ${offset}`;
  const rows = db.prepare(statement).raw().all() as (Buffer | null)[][];
  return rows.map((row) => encodeRawFields(row));
}
