import { createConnection } from 'mysql2/promise';
import type { Test } from 'tap';
import type { TestMysql } from '../../support/mysql.ts';
import { runClient } from './client.ts';
import type { ScriptDatabase } from './script-database.ts';

export async function mysqlScripts(t: Test, server: TestMysql): Promise<ScriptDatabase> {
  const { host, port, user: username, password: rootPassword } = server;
  const client = (script: string) =>
    runClient(
      'mariadb',
      [
        ...['--no-defaults', '--default-character-set=utf8mb4', '--batch', '--skip-column-names'],
        ...[`--host=${host}`, `--port=${port}`, `--user=${username}`],
      ],
      { MYSQL_PWD: rootPassword },
      script,
    );
  const clean = `DROP DATABASE IF EXISTS siap; DROP DATABASE IF EXISTS guarita;
    DROP USER IF EXISTS 'guarita_leitura'@'127.0.0.1';`;
  await client(`${clean} CREATE DATABASE siap;`);
  t.teardown(() => client(clean));
  return {
    options: ['--from', '127.0.0.1'],
    source: {
      ...{ engine: 'mysql', host, port, database: 'guarita', user: 'guarita_leitura' },
      ...{ tls: { mode: 'off' }, timeZone: 'America/Maceio' },
    },
    columnType: (type) => (type === 'SIGNED' ? 'BIGINT' : type),
    table: (name) => `siap.${name}`,
    run: async (script) => void (await client(script)),
    query: async (sql) =>
      (await client(sql))
        .trimEnd()
        .split('\n')
        .map((line) => line.split('\t')),
    fillIn: (script, password) => script.replaceAll('<SENHA>', `'${password}'`),
    dba: { user: username, password: rootPassword },
    async login(password) {
      const user = { user: 'guarita_leitura', password, database: 'guarita' };
      const connection = await createConnection({ host, port, ...user });
      connection.on('error', () => undefined);
      t.teardown(() => connection.destroy());
      return {
        run: async (sql) => void (await connection.query(sql)),
        close: () => connection.end(),
      };
    },
    refusal: /denied/,
    forbidden: {
      'insert into a view': 'INSERT INTO guarita.advogado (id) VALUES (1)',
      'update a view': 'UPDATE guarita.advogado SET id = 1',
      'delete from a view': 'DELETE FROM guarita.advogado',
      'replace a view': 'CREATE OR REPLACE VIEW guarita.advogado AS SELECT 1 AS id',
      'drop a view': 'DROP VIEW guarita.advogado',
      'see how a view is made': 'SHOW CREATE VIEW guarita.advogado',
      'read a table': 'SELECT * FROM siap.segredo',
      'write to a table': 'INSERT INTO siap.segredo VALUES (1)',
      'empty a table': 'TRUNCATE siap.segredo',
      'lock a view': 'LOCK TABLES guarita.advogado WRITE',
      'create a table': 'CREATE TABLE guarita.nova (x INT)',
      'create a temporary table': 'CREATE TEMPORARY TABLE guarita.nova (x INT)',
      'create a database': 'CREATE DATABASE novo',
      'create a function': 'CREATE FUNCTION guarita.f() RETURNS INT DETERMINISTIC RETURN 1',
      'create a user': `CREATE USER 'outro'@'127.0.0.1'`,
      'give on what it has': `GRANT SELECT ON guarita.advogado TO 'guarita_leitura'@'127.0.0.1'`,
      'write a file of the server': `SELECT 1 INTO OUTFILE '/tmp/guarita'`,
      'change the server': 'SET GLOBAL max_connections = 1',
    },
  };
}
