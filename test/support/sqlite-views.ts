import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import type { SqliteConfig } from '../../shared/sources/source-config.ts';
import { SqliteSource } from '../../shared/sources/sqlite/source.ts';
import type { ViewConfig } from '../../shared/sources/view-config.ts';
import { temporaryParent } from './temporary-parent.ts';

/** A folder of this test's own, deleted when it ends. */
export function temporaryFolder(t: Test): string {
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Makes a SQLite file from statements. */
export function createSqlite(file: string, sql: string): void {
  const db = new Database(file);
  try {
    db.exec(sql);
  } finally {
    db.close();
  }
}

/** A table of invented people: `id`, `nome`, `versao` (a growing number, the watermark). */
export function peopleSql(rows: number, table = 'custodiado'): string {
  return `CREATE TABLE "${table}" (id INTEGER PRIMARY KEY, nome TEXT, versao INTEGER);
    INSERT INTO "${table}" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${rows})
      SELECT i, 'Pessoa número ' || i, i FROM n;`;
}

export function peopleView(name = 'custodiado', relation: string[] = [name]): ViewConfig {
  return { name, relation, key: ['id'], watermark: 'versao' };
}

export const sqliteDefaults: Omit<SqliteConfig, 'file'> = {
  engine: 'sqlite',
  settleSeconds: 0,
  overlapSeconds: 0,
  overlapCount: 0,
  scanTimeoutSeconds: 60,
  epoch: '',
  timeoutSeconds: 30,
};

const pages = { bytes: 1024 * 1024, rows: 10_000 };

/** The real SQLite engine on a file. */
export function sqliteSource(file: string, views: readonly ViewConfig[], limits = pages): SqliteSource {
  const source = { ...sqliteDefaults, file };
  return new SqliteSource({ source, views, pages: limits, password: null });
}

/** The real SQLite engine on a new file with a view of people. */
export function peopleSource(t: Test, rows: number, limits = pages): SqliteSource {
  const file = join(temporaryFolder(t), 'estado.sqlite');
  createSqlite(file, peopleSql(rows));
  return sqliteSource(file, [peopleView()], limits);
}
