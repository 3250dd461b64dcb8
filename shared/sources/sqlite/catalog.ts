import { statSync } from 'node:fs';
import Database from 'better-sqlite3';
import { faultOf } from '../../describe-error.ts';
import { GuaritaError } from '../../errors.ts';
import type { SqlRelation } from '../sql/relation.ts';
import { type RelationName, relationParts } from '../view-config.ts';
import { quoteIdentifier, type SqliteColumn } from './values.ts';

/** A file put in the place of the old one has another inode; one written over needs the declared `epoch`. */
export function readEpoch(file: string): string {
  const { dev, ino } = statSync(file);
  return `${dev}/${ino}`;
}

/** Throws `view-missing`. */
export function readRelation(
  db: Database.Database,
  name: RelationName,
  what: string,
): SqlRelation<SqliteColumn> {
  const relation = relationParts(name).map(quoteIdentifier).join('.');
  try {
    // Of a view, SQLite declares a type where the column comes straight from a table, and never NOT NULL.
    const statement = db.prepare(`SELECT * FROM ${relation} LIMIT 0`);
    const columns = statement.columns().map(({ name, type }) => ({ name, type: type ?? '', nullable: true }));
    return { relation, columns };
  } catch (error) {
    const absent = error instanceof Database.SqliteError && error.code === 'SQLITE_ERROR';
    if (!absent) throw error;
    throw new GuaritaError('view-missing', `${what} (${relation}).`, { cause: faultOf(error) });
  }
}
