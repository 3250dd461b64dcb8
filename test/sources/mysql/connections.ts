import { inspect } from 'node:util';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/describe-error.ts';
import type { TestMysql } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';
import { silentServer } from '../../support/silent-server.ts';

const start = { after: null, until: null };

/** Servers that cannot be reached, and logins that are refused. */
export async function connections(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const open = (
    t: Test,
    ...options: Parameters<typeof harness.openEngine> extends [unknown, ...infer R] ? R : never
  ) => {
    const engine = harness.openEngine({ views: [{ name: 'x', key: ['id'] }], timeoutSeconds: 2 }, ...options);
    t.teardown(() => engine.close());
    return engine;
  };

  await t.test('what a session is', async (t) => {
    const engine = open(t);
    t.match(await engine.session(), {
      product: /^(MariaDB|MySQL) \d/,
      encryption: null,
      characterSet: 'utf8mb4',
      clock: /^\d{4}-\d\d-\d\dT.*Z$/,
    });
    t.match(engine.address, { host: server.host, port: server.port });
  });

  await t.test(
    'a session whose settings are no longer as they were: each transaction sets its own',
    async (t) => {
      const { database } = harness;
      await database.execute(`CREATE TABLE valores (id INT PRIMARY KEY, z TIMESTAMP NULL, t VARCHAR(20))`);
      await database.execute(`INSERT INTO valores VALUES (1, '2026-01-02 03:04:05', 'ção')`);
      await database.execute(`CREATE FUNCTION desfaz() RETURNS INT DETERMINISTIC NO SQL
      BEGIN SET time_zone = '-04:00', sql_mode = '', character_set_results = latin1, max_sort_length = 8; RETURN 1; END`);
      await database.execute('CREATE VIEW alheia AS SELECT id, desfaz() AS d FROM valores');
      await database.execute(`GRANT EXECUTE ON ${database.name}.* TO ${database.reader}`);
      const views = ['valores', 'alheia'].map((name) => ({ name, key: ['id'] }));
      const engine = harness.openEngine({ views });
      t.teardown(() => engine.close());
      const lines = async (name: string) => (await engine.page(name, start)).lines.toString('utf8');
      const before = await lines('valores');
      t.match(before, '2026-01-02 03:04:05\tção');
      await lines('alheia');
      t.equal(await lines('valores'), before);
    },
  );

  await t.test('a server that is down', async (t) => {
    const engine = open(t, { port: await freePort() });
    await t.rejects(engine.describe(), { code: 'source-unavailable' });
    await t.rejects(engine.page('x', start), { code: 'source-unavailable' });
    await t.rejects(engine.proveReadOnly(), { code: 'source-unavailable' });
  });

  await t.test('a server that takes the connection and never says a word', async (t) => {
    const { port } = await silentServer(t);
    const engine = open(t, { host: '127.0.0.1', port });
    await t.rejects(engine.page('x', start), { code: 'source-unavailable' });
  });

  await t.test('a login that is refused: the password is nowhere in the error', async (t) => {
    const secret = 'senha-que-ninguem-viu';
    for (const changes of [{}, { user: 'ninguem' }]) {
      const error: unknown = await open(t, changes, secret)
        .describe()
        .catch((error: unknown) => error);
      t.match(error, { code: 'source-login-refused' });
      t.notMatch(inspect(error, { depth: 9 }), secret);
      t.notMatch(JSON.stringify(describeError(error)), secret);
    }
  });

  await t.test('a database that is not there, or not this user’s', async (t) => {
    await t.rejects(open(t, { database: 'nenhum' }).describe(), {
      code: /source-(login-refused|unavailable)/,
    });
  });

  await t.test('a server without TLS, where the configuration demands it: no login is sent', async (t) => {
    for (const mode of ['verify', 'encrypt'] as const) {
      const engine = open(t, { tls: { mode } });
      await t.rejects(engine.describe(), { code: 'source-unavailable', detail: /source\.tls/ }, mode);
    }
  });
}
