import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { temporaryFolder } from '../../support/sqlite-views.ts';
import type { ScriptDatabase } from './script-database.ts';

export function sqliteScripts(t: Test): Promise<ScriptDatabase> {
  const file = join(temporaryFolder(t), 'estado.sqlite');
  const db = new Database(file);
  t.teardown(() => db.close());
  return Promise.resolve({
    options: ['--database', file],
    source: { engine: 'sqlite', file, timeZone: 'America/Maceio' },
    table: (name) => `siap_${name}`,
    run: (script) => Promise.resolve(void db.exec(script)),
    query: (sql) => Promise.resolve(db.prepare<[], unknown[]>(sql).raw().all()),
    fillIn: (script) => script,
    login: null,
    dba: null,
    forbidden: {},
    refusal: /readonly/,
  });
}
