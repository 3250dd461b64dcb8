import { once } from 'node:events';
import { rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import Firebird from 'node-firebird';
import type { Test } from 'tap';
import { mendSrpChallenges } from '../../../shared/sources/firebird/srp.ts';
import type { TestFirebird } from '../../support/firebird.ts';
import { runClient } from './client.ts';
import type { ScriptDatabase } from './script-database.ts';

export async function firebirdScripts(t: Test, server: TestFirebird): Promise<ScriptDatabase> {
  const { host, port, user: username, password: rootPassword } = server;
  const file = server.path('roteiros');
  const name = `${host}/${port}:${file}`;
  const environment = { ISC_USER: username, ISC_PASSWORD: rootPassword };
  const isql = (script: string, database: readonly string[]) =>
    runClient('isql-fb', ['-bail', '-quiet', '-ch', 'UTF8', ...database], environment, script);
  await isql(`CREATE DATABASE '${name}' DEFAULT CHARACTER SET WIN1252;`, []);
  t.teardown(async () => {
    await isql('DROP DATABASE;', [name]);
    rmSync(file, { force: true });
  });
  const run = (script: string) => isql(script.trimEnd().endsWith(';') ? script : `${script}\n;`, [name]);
  return {
    options: ['--database', file],
    source: {
      ...{ engine: 'firebird', host, port, database: file, user: 'GUARITA_LEITURA' },
      timeZone: 'America/Maceio',
    },
    table: (name) => `siap_${name}`,
    run: async (script) => void (await run(script)),
    query: async (sql) => [/^ +(\d+) *$/m.exec(await run(sql))?.slice(1) ?? []],
    fillIn: (script, password) => script.replaceAll('<SENHA>', `'${password}'`),
    // Firebird 2.5 cannot say "if there is none".
    again: (script) => script.replace(/^CREATE USER .*$/m, ''),
    dba: { user: username, password: rootPassword },
    async login(password) {
      // `isPool`: else the driver connects again, for ever, behind our back.
      const options: Firebird.Options & { isPool: true } = {
        ...{ host, port, database: file, user: 'GUARITA_LEITURA', password, isPool: true },
      };
      const attaching = Firebird.attachAsync(options);
      const connection = Firebird.connection as unknown as WireConnection;
      mendSrpChallenges(socketOf(connection));
      const end = () => endConnection(connection);
      t.teardown(end);
      const attachment = await attaching;
      const closed = ended(socketOf(connection));
      closed.catch(() => undefined);
      return {
        run: (sql) => Promise.race([attachment.queryAsync(sql), closed]),
        close: () => Promise.resolve(end()),
      };
    },
    refusal: /no permission|no\s+privilege|GRANT failed/i,
    forbidden: {
      'insert into a view': 'INSERT INTO GUARITA_ADVOGADO ("id") VALUES (1)',
      'update a view': 'UPDATE GUARITA_ADVOGADO SET "id" = 1',
      'delete from a view': 'DELETE FROM GUARITA_ADVOGADO',
      'replace a view': 'CREATE OR ALTER VIEW GUARITA_ADVOGADO AS SELECT 1 AS X FROM RDB$DATABASE',
      'drop a view': 'DROP VIEW GUARITA_ADVOGADO',
      'read a table': 'SELECT * FROM siap_segredo',
      'write to a table': 'INSERT INTO siap_segredo VALUES (1)',
      'write from a block': 'EXECUTE BLOCK AS BEGIN DELETE FROM siap_segredo; END',
      'create a table': 'CREATE TABLE nova (x INTEGER)',
      'create a temporary table': 'CREATE GLOBAL TEMPORARY TABLE nova (x INTEGER)',
      'create a procedure': 'CREATE PROCEDURE f AS BEGIN END',
      'create a user': `CREATE USER outro PASSWORD 'outro'`,
      'give on what it has': 'GRANT SELECT ON GUARITA_ADVOGADO TO PUBLIC',
    },
  };
}

/** What the driver does not declare of its connection. */
interface WireConnection {
  _isClosed: boolean;
  readonly _socket: Socket;
}

/** The driver has no way to end a connection that the server has ended: it would connect again for ever. */
function endConnection(connection: WireConnection): void {
  // oxlint-disable-next-line no-underscore-dangle -- the driver's name
  connection._isClosed = true;
  socketOf(connection).destroy();
}

function socketOf(connection: WireConnection): Socket {
  // oxlint-disable-next-line no-underscore-dangle -- the driver's name
  return connection._socket;
}

async function ended(socket: Socket): Promise<never> {
  if (!socket.closed) await once(socket, 'close');
  throw new Error('the server has ended the session');
}
