import { once } from 'node:events';
import { connect as connectPlain, type Socket } from 'node:net';
import { join } from 'node:path';
import { type ConnectionOptions, connect, type TLSSocket } from 'node:tls';
import type { Test } from 'tap';
import { AgentSource } from '../../../central/sources/agent.ts';
import { allowedAddresses } from '../../../shared/allowed-addresses.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { createCertificate } from '../../../shared/signing/certificates.ts';
import type { Identity } from '../../../shared/signing/identity.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { agedIdentity } from '../../support/aged-identity.ts';
import { type TestAgent, type TestAgentOptions, testAgent } from '../../support/agent.ts';
import { until } from '../../support/deferred.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';
import { peopleSource, temporaryFolder } from '../../support/sqlite-views.ts';

const rows = viewPath('rows', 'custodiado');

async function identityOf(name: string, from?: Date): Promise<Identity> {
  const key = generateKeyPair();
  return { key, certificate: await createCertificate(key, name, from) };
}

/** An agent that speaks TLS with one central. */
async function tlsAgent(
  t: Test,
  { tls = true, ...more }: Pick<TestAgentOptions, 'allow' | 'limits'> & { readonly tls?: boolean } = {},
) {
  const central = await identityOf('guarita-central');
  const scene = { source: peopleSource(t, 20), views: ['custodiado'], ...more };
  const agent = await testAgent(t, tls ? { ...scene, central } : scene);
  return { agent, central };
}

function clientOf(t: Test, agent: TestAgent, identity: Identity, shown = agent.home.identity()): AgentSource {
  const source = new AgentSource({
    url: agent.url,
    key: agent.centralKey,
    agentKeys: [agent.key],
    grant: agent.grant,
    tls: { identity, certificates: [shown.certificate] },
    timeoutSeconds: 10,
    maxBytes: 1024 * 1024,
  });
  t.teardown(() => source.close());
  return source;
}

const pem = ({ key }: Identity) => key.privateKeyObject.export({ type: 'pkcs8', format: 'pem' });

/** Tries to speak TLS; resolves to what was answered to a request for its health, or the error's code. */
async function health(agent: TestAgent, options: ConnectionOptions): Promise<string> {
  const { port, hostname } = new URL(agent.url);
  const socket = connect({ port: Number(port), host: hostname, rejectUnauthorized: false, ...options });
  socket.write(`GET ${paths.healthz} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`);
  return answerOf(socket);
}

async function answerOf(socket: TLSSocket | Socket): Promise<string> {
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  try {
    await once(socket, 'close');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
  return text.split('\r\n', 1)[0] ?? '';
}

export async function connections(t: Test): Promise<void> {
  await t.test('T1: mutual TLS: the pinned ones speak, and nobody else', async (t) => {
    const { agent, central } = await tlsAgent(t);
    t.match(agent.url, /^https:/);
    t.equal((await clientOf(t, agent, central).page('custodiado', { after: null, until: null })).rows, 20);

    await t.test(
      'a client without a certificate, or with another, is refused by the handshake',
      async (t) => {
        t.not(await health(agent, {}), 'HTTP/1.1 200 OK');
        const stranger = await identityOf('guarita-central');
        t.not(await health(agent, { key: pem(stranger), cert: stranger.certificate.pem }), 'HTTP/1.1 200 OK');
        await t.rejects(clientOf(t, agent, stranger).describe(), { code: 'agent-unreachable' });
        const known = { key: pem(central), cert: central.certificate.pem };
        t.equal(await health(agent, known), 'HTTP/1.1 200 OK', 'with the pinned one even health is told');
        t.not(await health(agent, { ...known, maxVersion: 'TLSv1.2' }), 'HTTP/1.1 200 OK', 'TLS 1.3 only');
      },
    );
    await t.test('plain HTTP is not answered', async (t) => {
      const { port, hostname } = new URL(agent.url);
      const socket = connectPlain(Number(port), hostname);
      socket.write(`GET ${paths.healthz} HTTP/1.1\r\nhost: x\r\n\r\n`);
      t.not(await answerOf(socket), 'HTTP/1.1 200 OK');
    });
    await t.test('an agent that shows another certificate than the pinned one is not asked', async (t) => {
      const other = await identityOf('guarita-agent AL');
      await t.rejects(clientOf(t, agent, central, other).describe(), { code: 'certificate-unknown' });
    });
    await t.test('a certificate that is over', async (t) => {
      const old = await identityOf('guarita-central', new Date('2020-01-01'));
      const aged = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], central: old });
      t.not(await health(aged, { key: pem(old), cert: old.certificate.pem }), 'HTTP/1.1 200 OK');
      await t.rejects(clientOf(t, aged, old).describe(), {
        code: 'certificate-expired',
        detail: /^O da central, em 20/,
      });
    });
    await t.test('an agent whose certificate is over is not taken for somebody else', async (t) => {
      const folder = temporaryFolder(t);
      await agedIdentity(join(folder, 'agent.key.jwk'), 'guarita-agent AL', 731);
      const own = await identityOf('guarita-central');
      const from = { folder, centralKey: own.key };
      const aged = await testAgent(t, {
        source: peopleSource(t, 3),
        views: ['custodiado'],
        central: own,
        from,
      });
      await t.rejects(clientOf(t, aged, own).describe(), {
        code: 'certificate-expired',
        detail: 'O do agente.',
      });
    });
  });

  await t.test('T2: connections from elsewhere are hung up on', async (t) => {
    const { agent, central } = await tlsAgent(t, { allow: ['10.8.0.0/24', '192.0.2.7'] });
    await t.rejects(clientOf(t, agent, central).describe(), { code: 'agent-unreachable' });
    const near = await tlsAgent(t, { allow: ['127.0.0.0/8'] });
    t.ok((await clientOf(t, near.agent, near.central).describe()).views.length);
    const isAllowed = allowedAddresses(['10.8.0.0/24', '192.0.2.7', '2001:db8::/32'], 'listen.allow');
    for (const [remoteAddress, expected] of [
      ['10.8.0.1', true],
      ['::ffff:10.8.0.1', true],
      ['10.8.1.1', false],
      ['192.0.2.7', true],
      ['192.0.2.8', false],
      ['2001:db8::1', true],
      ['2001:db9::1', false],
      ['', false],
    ] as const) {
      t.equal(isAllowed({ remoteAddress }), expected, remoteAddress);
    }
    for (const wrong of ['10.8.0.0/33', '10.8.0', 'central', '::/129', '10.8.0.0/', '10.0.0.0/8/8']) {
      t.throws(() => allowedAddresses([wrong], 'listen.allow'), { code: 'config-invalid' }, wrong);
    }
  });

  await t.test('T4: one client asks too much', async (t) => {
    await t.test(
      'in a minute: told to wait, then hung up on, and the journal does not grow with it',
      async (t) => {
        const limits = { requestsPerMinute: 5, concurrent: 100, connections: 100 };
        const agent = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], limits });
        for (let i = 0; i < 5; i++) t.equal((await ask(agent, rows)).status, 200);
        for (let i = 0; i < 5; i++) {
          const answer = await ask(agent, rows);
          await requireProblem(t, agent, answer, 429, 'too-many-requests');
          t.match(answer.headers['retry-after'], /^\d+$/);
        }
        for (let i = 0; i < 20; i++) await t.rejects(ask(agent, rows));
        t.ok([...agent.home.journal.entries()].length <= 12, 'those who do not stop are not written down');
      },
    );
    await t.test('at once', async (t) => {
      const limits = { requestsPerMinute: 1000, concurrent: 2, connections: 100 };
      const agent = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], limits });
      const answers = await Promise.all(Array.from({ length: 12 }, () => ask(agent, rows)));
      const statuses = answers.map(({ status }) => status);
      t.ok(statuses.includes(200), 'some are answered');
      t.ok(statuses.every((status) => status === 200 || status === 429));
      t.equal((await ask(agent, rows)).status, 200, 'and all of them later');
    });
  });

  await t.test('as many silent connections as there may be, from an address that is allowed', async (t) => {
    const most = 8;
    const limits = { requestsPerMinute: 10_000, concurrent: 16, connections: most };
    for (const tls of [true, false]) {
      const { agent, central } = await tlsAgent(t, { limits, tls });
      const { port, hostname } = new URL(agent.url);
      const hold = async (localAddress: string) => {
        const socket = connectPlain({ port: Number(port), host: hostname, localAddress });
        t.teardown(() => socket.destroy());
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        return { socket, closed: new Promise((resolve) => socket.once('close', resolve)) };
      };
      const works = async () => {
        if (!tls) return t.equal((await ask(agent, rows)).status, 200);
        const client = clientOf(t, agent, central);
        t.equal((await client.page('custodiado', { after: null, until: null })).rows, 20);
        return client.close();
      };
      const other = await hold('127.0.0.3');
      const held = [];
      for (let n = 1; n < most; n++) held.push(await hold('127.0.0.2'));
      await works();
      await held[0]?.closed;
      t.ok(held[0]?.socket.destroyed, 'the oldest of those who hold the most goes');
      t.notOk(other.socket.destroyed, 'and nobody else');
      for (let n = 0; n < 3 * most; n++) await hold('127.0.0.2');
      t.notOk(other.socket.destroyed);
      await works();
    }
  });

  await t.test('connections that were let in keep their place', async (t) => {
    const limits = { requestsPerMinute: 10_000, concurrent: 16, connections: 2 };
    const { agent, central } = await tlsAgent(t, { limits });
    const { port, hostname } = new URL(agent.url);
    const own = { key: pem(central), cert: central.certificate.pem };
    const enter = async () => {
      const socket = connect({ port: Number(port), host: hostname, rejectUnauthorized: false, ...own });
      t.teardown(() => socket.destroy());
      socket.on('error', () => undefined);
      await once(socket, 'secureConnect');
      const health = once(socket, 'data');
      socket.write(`GET ${paths.healthz} HTTP/1.1\r\nhost: x\r\n\r\n`);
      await health;
      return socket;
    };
    const inside = [await enter(), await enter()];
    const late = connectPlain(Number(port), hostname);
    late.on('error', () => undefined);
    await once(late, 'close');
    t.notOk(inside.some(({ destroyed }) => destroyed));
    inside[0]?.destroy();
    await once(inside[0] as TLSSocket, 'close');
    await until('there is room again', async () => (await enter().catch(() => null)) !== null);
  });

  await t.test(
    'a thousand connections at once, and clients that send nothing: others are served',
    async (t) => {
      const limits = { requestsPerMinute: 10_000, concurrent: 16, connections: 64 };
      const agent = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'], limits });
      const { port, hostname } = new URL(agent.url);
      const clients = Array.from({ length: 1000 }, () => {
        const socket = connectPlain(Number(port), hostname);
        const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
        socket.on('error', () => undefined);
        socket.write('GET /v2/views HTTP/1.1\r\nx: ');
        return { socket, closed };
      });
      await Promise.race(clients.map(({ closed }) => closed));
      for (const { socket } of clients) socket.destroy();
      await Promise.all(clients.map(({ closed }) => closed));
      t.equal((await ask(agent, rows)).status, 200);
    },
  );
}
