import { once } from 'node:events';
import { Socket } from 'node:net';
import { inspect } from 'node:util';
import * as fc from 'fast-check';
import Firebird from 'node-firebird';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { describeError } from '../../../shared/describe-error.ts';
import { mendSrpChallenges } from '../../../shared/sources/firebird/srp.ts';
import { reader, type TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { silentServer } from '../../support/silent-server.ts';

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

  await t.test('a login by SRP whose salt begins with a zero, as every sixteenth does', async (t) => {
    // Each setting of a password draws a new salt.
    let digits = '';
    while (digits.length !== 63) {
      await harness.execute(`CREATE OR ALTER USER SALGADO PASSWORD 'leitura' USING PLUGIN Srp`);
      const engine = open(t, { user: 'SALGADO' });
      t.match(await engine.session(), { encryption: 'Arc4' });
      await engine.close();
      digits = (Firebird.connection as unknown as { serverKeys: { salt: string } }).serverKeys.salt;
    }
  });

  await t.test('what a server sends at a login, however it arrives in pieces', async (t) => {
    const bytes = (least: number, most: number) => fc.uint8Array({ minLength: least, maxLength: most });
    const challenge = fc.record({
      salt: fc.integer({ min: 0, max: 64 }),
      key: bytes(1, 256),
      rest: bytes(4, 16),
      isAccept: fc.boolean(),
    });
    const property = fc.property(
      challenge,
      bytes(0, 40),
      fc.integer({ min: 1, max: 50 }),
      (sent, later, at) => {
        const socket = new Socket();
        const received: Buffer[] = [];
        socket.on('data', (data) => received.push(data));
        mendSrpChallenges(socket);
        const [before, data] = packetOf(sent);
        const packet = Buffer.concat([before, lengthOf(data), data, zeros(data.length), sent.rest]);
        // The pieces are those of the challenge: the server says nothing more before it is answered.
        const cut = 1 + (at % (packet.length - sent.rest.length - 1));
        for (const piece of [packet.subarray(0, cut), packet.subarray(cut)]) socket.emit('data', piece);
        const [mended = Buffer.alloc(0)] = received;
        const saltAndLengths = Math.ceil((2 + sent.salt) / 4) * 4;
        const length = mended.readInt32BE(before.length);
        const start = before.length + 4;
        const found = mended.subarray(start + saltAndLengths, start + length);
        if (!found.equals(sent.key)) return false;
        if (!mended.subarray(start + length + zeros(length).length).equals(sent.rest)) return false;
        const over = Buffer.concat([Buffer.from([0, 0, 0, 9]), later]);
        socket.emit('data', over);
        socket.emit('data', packet);
        return (
          received.length === 3 && received[1]?.equals(over) === true && received[2]?.equals(packet) === true
        );
      },
    );
    t.doesNotThrow(() => fc.assert(property));
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
    const { port, sockets } = await silentServer(t);
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

/** What stands before the length of the plugin's data, and those data. */
function packetOf(sent: { salt: number; key: Uint8Array; isAccept: boolean }): readonly [Buffer, Buffer] {
  const before = Buffer.alloc(sent.isAccept ? 16 : 4);
  before.writeInt32BE(sent.isAccept ? 98 : 92);
  const data = Buffer.alloc(2 + sent.salt + 2 + sent.key.length, 'A');
  data.writeUInt16LE(sent.salt);
  data.writeUInt16LE(sent.key.length, 2 + sent.salt);
  data.set(sent.key, 4 + sent.salt);
  return [before, data];
}

function lengthOf(data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(data.length);
  return length;
}

/** What fills the last word of so many bytes. */
function zeros(length: number): Buffer {
  return Buffer.alloc(-length & 3);
}
