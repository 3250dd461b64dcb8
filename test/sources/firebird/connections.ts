import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { inspect } from 'node:util';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/log.ts';
import { reader, type TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';

const start = { after: null, until: null };
const views = [{ name: 'x', key: ['id'] }];

/** Servers that cannot be reached, and logins that are refused. */
export async function connections(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  const open = (
    t: Test,
    ...[changes, password]: [Parameters<typeof harness.openEngine>[1]?, (string | null)?]
  ) => {
    const engine = harness.openEngine({ views, timeoutSeconds: 1 }, changes, password);
    t.teardown(() => engine.close());
    return engine;
  };

  await t.test('I10: a login that is refused', async (t) => {
    const secret = 'Senha-Secreta-4711';
    for (const [what, changes, password] of [
      ['a wrong password', {}, secret],
      ['a password that none is configured for', {}, null],
      ['a user that is not there', { user: 'NINGUEM' }, secret],
    ] as const) {
      const error: unknown = await open(t, changes, password)
        .describe()
        .catch((error: unknown) => error);
      t.match(error, { code: 'source-login-refused' }, what);
      const seen = [inspect(error, { depth: 20, showHidden: true }), JSON.stringify(describeError(error))];
      t.notMatch(seen.join('\n'), secret, 'the password is nowhere in it');
    }
  });

  await t.test('a login as servers before Firebird 3 have it, which encrypts nothing', async (t) => {
    await harness.execute(`CREATE OR ALTER USER ANTIGO PASSWORD 'leitura' USING PLUGIN Legacy_UserManager`);
    const engine = open(t, { user: 'ANTIGO' });
    t.match(await engine.session(), { encryption: null });
    t.match(await open(t).session(), { encryption: 'Arc4' }, 'any other is encrypted');
  });

  await t.test('a server that is down', async (t) => {
    const engine = open(t, { port: await freePort() });
    for (const ask of [
      () => engine.describe(),
      () => engine.page('x', start),
      () => engine.proveReadOnly(),
    ]) {
      await t.rejects(() => ask() as Promise<unknown>, { code: 'source-unavailable' });
    }
  });

  await t.test('a database that is not there', async (t) => {
    const engine = open(t, { database: server.path('nenhum') });
    await t.rejects(engine.describe(), { code: 'source-unavailable' });
  });

  await t.test('a server that takes the connection and then never says a word', async (t) => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket);
      socket.resume().on('error', () => undefined);
    }).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    t.teardown(() => {
      for (const socket of sockets) socket.destroy();
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;
    const engine = open(t, { port });
    // More at once than there are places: each comes back, and the places are free again afterwards.
    const asked = Array.from({ length: 5 }, () => t.rejects(engine.describe(), { code: 'source-timeout' }));
    await Promise.all(asked);
    await t.rejects(engine.describe(), { code: 'source-timeout' });
    const left = [...sockets].filter((socket) => !socket.destroyed && socket.readyState === 'open');
    await Promise.all(left.map((socket) => once(socket, 'close')));
    t.pass('no connection to it is left open');
  });

  await t.test('a source that is closed holds no connection', async (t) => {
    const engine = harness.openEngine({ views: [] });
    await engine.describe();
    await engine.close();
    for (;;) {
      const attached = await harness.database.rows(
        `SELECT 1 FROM MON$ATTACHMENTS WHERE MON$USER = '${reader.user}'`,
      );
      if (attached.length === 0) break;
    }
    t.pass();
  });
}
