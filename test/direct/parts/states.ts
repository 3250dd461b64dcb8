import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { standardViews } from '../../../shared/dictionary/standard-views.ts';
import { testFolder } from '../../support/bases.ts';
import type { TestPostgres } from '../../support/postgres.ts';

/** A state's database with twenty lawyers, as central is told of it. */
export interface DirectState {
  /** Options of `source add`. */
  readonly options: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  /** Options with a user that can write; null where there are no users. */
  readonly writable: readonly string[] | null;
  /** SQL of an instant an hour ago, as the table has them. */
  readonly lately: string;
  run(sql: string): Promise<void>;
}

export type MakeState = (name: string) => Promise<DirectState>;

const columns = standardViews.find(({ name }) => name === 'advogado')?.columns ?? [];

/** All as text, but for the key and the instant by which changes are found. */
function tableSql(instant: string): string {
  const types: Readonly<Record<string, string>> = { id: 'bigint', atualizado_em: instant };
  const typed = columns.map(({ name }) => `${name} ${types[name] ?? 'text'}`);
  return `CREATE TABLE advogado (${typed.join(', ')}); CREATE UNIQUE INDEX advogado_id ON advogado (id);`;
}

export async function postgresState(server: TestPostgres, name: string): Promise<DirectState> {
  await server.admin(`CREATE DATABASE ${name}`);
  const there = await server.admin(`SELECT 1 FROM pg_roles WHERE rolname = 'leitor'`);
  if (there.length === 0) {
    await server.createReader('leitor');
    await server.admin(`CREATE ROLE gravador LOGIN PASSWORD 'leitura'`);
  }
  const run = async (sql: string) => void (await server.admin(sql, name));
  await run(`REVOKE CREATE ON SCHEMA public FROM PUBLIC; REVOKE TEMPORARY ON DATABASE ${name} FROM PUBLIC;
    ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO leitor; ${tableSql('timestamptz')}
    INSERT INTO advogado (id, nome, atualizado_em)
      SELECT i, 'Advogado ' || i, '2026-01-01Z'::timestamptz + i * interval '1 second' FROM generate_series(1, 20) AS i;
    GRANT INSERT ON advogado TO gravador; GRANT SELECT ON advogado TO gravador`);
  const at = [
    '--engine',
    'postgres',
    '--host',
    '127.0.0.1',
    '--port',
    String(server.port),
    '--database',
    name,
  ];
  const others = ['--tls', 'off', '--time-zone', 'America/Maceio', '--password-env', 'SENHA_DO_ESTADO'];
  return {
    options: [...at, ...others, '--user', 'leitor'],
    environment: { SENHA_DO_ESTADO: 'leitura' },
    writable: ['--user', 'gravador'],
    lately: `now() - interval '1 hour'`,
    run,
  };
}

export function sqliteState(t: Test): MakeState {
  return (name) => {
    const file = join(testFolder(t), `${name}.sqlite`);
    const run = (sql: string) => {
      const db = new Database(file);
      db.exec(sql);
      db.close();
      return Promise.resolve();
    };
    const rows = Array.from(
      { length: 20 },
      (_, row) =>
        `(${row + 1}, 'Advogado ${row + 1}', '2026-01-01 00:00:${String(row + 1).padStart(2, '0')}')`,
    );
    return run(
      `${tableSql('text')} INSERT INTO advogado (id, nome, atualizado_em) VALUES ${rows.join(', ')}`,
    ).then(() => ({
      options: ['--engine', 'sqlite', '--file', file, '--time-zone', 'America/Maceio'],
      environment: {},
      writable: null,
      lately: `datetime('now', '-4 hours')`,
      run,
    }));
  };
}
