import { userInfo } from 'node:os';
import { inspect } from 'node:util';
import { defaults } from 'pg';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/describe-error.ts';
import { AddressedClient } from '../../../shared/sources/postgres-client/client.ts';
import { lostTls } from '../../../shared/sources/postgres-client/environment-tls.ts';
import { PostgresSessions } from '../../../shared/sources/postgres-client/sessions.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness, userSource } from '../../support/postgres-harness.ts';
import { silentServer } from '../../support/silent-server.ts';

const start = { after: null, until: null };

/** Servers that cannot be reached, and logins that are refused. */
export async function connections(t: Test, server: TestPostgres): Promise<void> {
  await t.test('I10: a login that is refused', async (t) => {
    const secret = 'Senha-Secreta-4711';
    const cases = { 'a wrong password': secret, 'a password that none is configured for': null };
    for (const [what, password] of Object.entries(cases)) {
      await t.test(what, async (t) => {
        const source = userSource(t, server.readerUrl('leitor'), password);
        for (const ask of [() => source.describe(), () => source.proveReadOnly()]) {
          const error = await ask().then(
            () => undefined,
            (error: unknown) => error,
          );
          t.match(error, { code: 'source-login-refused' });
          t.notMatch(everythingOf(error), secret, 'the password is nowhere in it');
        }
      });
    }
  });

  await t.test('what the environment says of connections is for others', async (t) => {
    const said = {
      ...{ PGHOST: 'nowhere.invalid', PGPORT: '1', PGUSER: 'ninguem', PGDATABASE: 'nenhum' },
      ...{ PGPASSWORD: 'leitura', PGOPTIONS: '-c search_path=longe', PGSSLMODE: 'require' },
      ...{ PGSSLNEGOTIATION: 'direct', PGAPPNAME: 'outro', PGREPLICATION: 'database' },
    };
    await server.admin('CREATE DATABASE leitor');
    const before = Object.keys(said).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, said);
    t.teardown(() => {
      for (const [name, value] of before) {
        if (value === undefined) delete process.env[name];
        else process.env[name] = value;
      }
    });
    const named = await askedAs(t, server.readerUrl('leitor'));
    t.match(named, { path: '"$user", public', who: 'leitor', where: 'postgres', name: '' });
    const nameless = userSource(t, server.readerUrl('leitor'), null);
    await t.rejects(nameless.describe(), { code: 'source-login-refused' }, 'the password is none');
    const bare = server.readerUrl('leitor', '');
    t.match(await askedAs(t, `${bare}?application_name=este`), { where: 'leitor', name: 'este' });
    const { user } = defaults;
    t.teardown(() => void (defaults.user = user));
    defaults.user = undefined;
    const { username } = userInfo();
    const ofNobody = new AddressedClient({ connectionString: 'postgres://127.0.0.1' });
    t.match(ofNobody, { user: username, database: username }, 'as where USER is not set');
  });

  await t.test('an address that was encrypted by PGSSLMODE alone', (t) => {
    const lost = (address: string, mode: string) => lostTls(`postgres://${address}`, { PGSSLMODE: mode });
    for (const mode of ['require', 'verify-full', 'prefer']) t.ok(lost('u@banco/siap', mode), mode);
    for (const mode of ['disable', 'allow', '']) t.notOk(lost('u@banco/siap', mode), mode);
    for (const said of ['u@banco/siap?sslmode=disable', 'u@banco/siap?ssl=1', '/siap?host=/run&user=u']) {
      t.notOk(lost(said, 'require'), said);
    }
    t.notOk(lostTls('postgres://u@banco/siap', {}));
    t.end();
  });

  await t.test(
    'a session whose settings are no longer as they were: each transaction sets its own',
    async (t) => {
      const harness = await postgresHarness(t, server, { database: 'alheia' });
      await harness.execute('CREATE TABLE valores (id int PRIMARY KEY, mark timestamptz, f float8, b bytea)');
      await harness.execute(
        `INSERT INTO valores VALUES (1, '2026-01-01', 0.1::float8 + 0.2::float8, '\\x00ff')`,
      );
      const set = [
        `'TimeZone', 'America/Maceio'`,
        `'extra_float_digits', '-15'`,
        `'bytea_output', 'escape'`,
      ].map((setting) => `PERFORM set_config(${setting}, false);`);
      await harness.execute(`CREATE FUNCTION desfaz() RETURNS int LANGUAGE plpgsql AS
      $$ BEGIN ${set.join(' ')} RETURN 1; END $$`);
      await harness.execute('CREATE VIEW outra AS SELECT id, mark, desfaz() FROM valores');
      const views = ['valores', 'outra'].map((name) => ({ name, key: ['id'], watermark: 'mark' }));
      const source = await harness.open(t, { views });
      const lines = async (name: string) => (await source.page(name, start)).lines.toString('utf8');
      const before = await lines('valores');
      t.match(before, '2026-01-01 00:00:00+00\t0.30000000000000004\t');
      await lines('outra');
      t.equal(await lines('valores'), before);
    },
  );

  await t.test('two servers at one address: what was seen of one is not believed of the other', async (t) => {
    const sessionsOf = (expression: string) => {
      const sessions = new PostgresSessions({
        ...{
          url: server.readerUrl('leitor', 'postgres'),
          password: 'leitura',
          connections: 1,
          timeoutSeconds: 10,
          settings: {},
        },
        proof: { statement: `SELECT ${expression} AS server`, check: () => undefined },
      });
      t.teardown(() => sessions.close());
      return sessions;
    };
    const look = () => Promise.resolve('seen');
    const work = (_client: unknown, _spoil: unknown, seen: string) => Promise.resolve(seen);
    const [same, other] = [sessionsOf('1'), sessionsOf('random()')];
    t.equal(await same.transactionAfter(look, 'BEGIN', work), 'seen');
    await t.rejects(other.transactionAfter(look, 'BEGIN', work), { code: 'source-unsettled' });
    t.equal(
      await other.transaction('BEGIN', () => Promise.resolve(1)),
      1,
      'one transaction is of one server',
    );
  });

  await t.test('a server that is down', async (t) => {
    const source = userSource(t, `postgres://leitor@127.0.0.1:${await freePort()}/estado`, 'leitura', [
      { name: 'x', key: ['id'], watermark: 'mark' },
    ]);
    await t.rejects(source.describe(), { code: 'source-unavailable' });
    await t.rejects(source.page('x', start), { code: 'source-unavailable' });
    await t.rejects(source.proveReadOnly(), { code: 'source-unavailable' });
  });

  await t.test('a server that takes the connection and then never says a word', async (t) => {
    // The login is let in ("AuthenticationOk", "ReadyForQuery"), and nothing after it is answered.
    const letIn = Buffer.from([82, 0, 0, 0, 8, 0, 0, 0, 0, 90, 0, 0, 0, 5, 73]);
    const { port } = await silentServer(t, (socket) => socket.write(letIn));
    const source = userSource(t, `postgres://leitor@127.0.0.1:${port}/estado`, 'leitura', [], 1);
    // More at once than there are places: each comes back, and the places are free again afterwards.
    for (const error of await Promise.all(Array.from({ length: 5 }, () => source.describe().catch(codeOf)))) {
      t.match(error, /^source-(unavailable|timeout)$/);
    }
    t.match(await source.describe().catch(codeOf), /^source-(unavailable|timeout)$/);
  });

  await t.test('a database that is not there', async (t) => {
    const source = userSource(t, server.readerUrl('leitor', 'nenhum'), 'leitura');
    await t.rejects(source.describe(), { code: 'source-unavailable' });
  });
}

function codeOf(error: unknown): string {
  return (error as { code: string }).code;
}

/** All that could be printed of an error, its causes included. */
function everythingOf(error: unknown): string {
  const seen = inspect(error, { depth: 20, showHidden: true });
  return [seen, JSON.stringify(error), JSON.stringify(describeError(error))].join('\n');
}

/** What the server knows of who connects, as this process would. */
async function askedAs(t: Test, url: string): Promise<Record<string, unknown> | undefined> {
  const sessions = new PostgresSessions({
    ...{ url, password: 'leitura', connections: 1, timeoutSeconds: 10, settings: {} },
  });
  t.teardown(() => sessions.close());
  return sessions.transaction('BEGIN', async (client) => {
    const { rows } = await client.query<Record<string, unknown>>(
      `SELECT current_setting('search_path') AS path, current_setting('application_name') AS name,
              current_database() AS "where", session_user AS who`,
    );
    return rows[0];
  });
}
