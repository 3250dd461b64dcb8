import { Client } from 'pg';
import type { Test } from 'tap';
import type { TestPostgres } from '../../support/postgres.ts';
import type { ScriptDatabase } from './script-database.ts';

/** A whole script is one simple query, as `psql` sends its statements one by one: it ends at the first that fails. */
export async function postgresScripts(t: Test, server: TestPostgres): Promise<ScriptDatabase> {
  await server.admin('CREATE DATABASE siap');
  const run = (script: string) => server.admin(script, 'siap');
  await run('CREATE SCHEMA siap');
  return {
    options: ['--database', 'siap'],
    source: {
      engine: 'postgres',
      url: `postgres://guarita_leitura@127.0.0.1:${server.port}/siap`,
      timeZone: 'America/Maceio',
    },
    table: (name) => `siap.${name}`,
    run: async (script) => void (await run(script)),
    query: async (sql) => (await run(sql)).map((row) => Object.values(row)),
    // `\password` of psql sends this, with the password already hashed.
    fillIn: (script, password) => `${script};\nALTER ROLE guarita_leitura PASSWORD '${password}';`,
    async login(password) {
      const { port } = server;
      const client = new Client({
        ...{ host: '127.0.0.1', port, user: 'guarita_leitura', password },
        database: 'siap',
      });
      client.on('error', () => undefined);
      await client.connect();
      t.teardown(() => client.end());
      // What is refused below is refused by privileges, not by a setting that the user may change.
      await client.query('SET default_transaction_read_only = off');
      return { run: (sql) => client.query(sql), close: () => client.end() };
    },
    dba: { user: 'postgres', password: 'admin' },
    refusal: { code: '42501' },
    forbidden: {
      'insert into a view': 'INSERT INTO guarita.advogado (id) VALUES (1)',
      'update a view': 'UPDATE guarita.advogado SET id = 1',
      'delete from a view': 'DELETE FROM guarita.advogado',
      'replace a view': 'CREATE OR REPLACE VIEW guarita.advogado AS SELECT 1 AS id',
      'drop a view': 'DROP VIEW guarita.advogado',
      'read a table': 'SELECT * FROM siap.segredo',
      'write to a table': 'INSERT INTO siap.segredo VALUES (1)',
      'empty a table': 'TRUNCATE siap.segredo',
      'lock a table': 'DO $$ BEGIN LOCK TABLE siap.segredo; END $$',
      'lock a view': 'DO $$ BEGIN LOCK TABLE guarita.advogado IN EXCLUSIVE MODE; END $$',
      'create a table': 'CREATE TABLE guarita.nova (x int)',
      'create a table in public': 'CREATE TABLE public.nova (x int)',
      'create a schema': 'CREATE SCHEMA novo',
      'create a function': 'CREATE FUNCTION guarita.f() RETURNS int LANGUAGE sql AS $$SELECT 1$$',
      'create a user': 'CREATE ROLE outro',
      'read a file of the server': `SELECT pg_read_file('PG_VERSION')`,
      'run a program': `COPY (SELECT 1) TO PROGRAM 'true'`,
      'change the server': `ALTER SYSTEM SET work_mem = '1MB'`,
      'take another role': 'SET ROLE postgres',
    },
  };
}
