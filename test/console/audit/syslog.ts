import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import type { Test } from 'tap';
import { SyslogDestination } from '../../../central/audit/ship/syslog.ts';
import { AuditShipper } from '../../../central/service/audit-shipper.ts';
import { readAuditFacts } from '../../../central/state/audit-memory.ts';
import { type TestBases, testFolder } from '../../support/bases.ts';
import { selfSigned } from '../../support/certificate.ts';
import { until } from '../../support/deferred.ts';
import { auditScene, log } from './audit-scene.ts';

/** A server of syslog by TLS, which reads messages by their length (RFC 5425). */
class SyslogServer {
  readonly messages: string[] = [];
  readonly #sockets = new Set<Socket>();
  readonly #identity: { readonly key: string; readonly certificate: string };
  #server: Server | null = null;
  port = 0;

  constructor(identity: { readonly key: string; readonly certificate: string }) {
    this.#identity = identity;
  }

  async start(): Promise<void> {
    const { key, certificate: cert } = this.#identity;
    this.#server = createServer({ key, cert }, (socket) => {
      this.#sockets.add(socket);
      let bytes = Buffer.alloc(0);
      socket.on('error', () => undefined);
      socket.on('data', (part: Buffer) => {
        bytes = Buffer.concat([bytes, part]);
        for (;;) {
          const space = bytes.indexOf(' ');
          const end = space + 1 + Number(bytes.toString('latin1', 0, Math.max(0, space)));
          if (space < 1 || bytes.length < end) return;
          this.messages.push(bytes.toString('latin1', space + 1, end));
          bytes = bytes.subarray(end);
        }
      });
    });
    this.#server.listen(this.port, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = (this.#server.address() as AddressInfo).port;
  }

  /** As a machine that goes down. */
  async stop(): Promise<void> {
    const server = this.#server;
    if (server === null) return;
    this.#server = null;
    const closed = once(server, 'close');
    server.close();
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
    await closed;
  }

  get numbers(): number[] {
    return this.messages.flatMap((message) => {
      const number = /\{"entry":\{"id":(\d+),/.exec(message)?.[1];
      return number === undefined ? [] : [Number(number)];
    });
  }
}

export async function syslog(t: Test, bases: TestBases): Promise<void> {
  const scene = await auditScene(t, bases, 'syslog');
  const { base, baseId, clock } = scene;
  const identity = selfSigned();
  const ca = join(testFolder(t), 'ca.pem');
  writeFileSync(ca, identity.certificate);
  const server = new SyslogServer(identity);
  await server.start();
  t.teardown(() => server.stop());
  const shipperTo = (config: { readonly ca?: string } = { ca }) =>
    new AuditShipper({
      ...{ base, baseId, memory: scene.memory, clock, log, seal: null },
      destination: new SyslogDestination({ host: '127.0.0.1', port: server.port, tls: true, ...config }, () =>
        clock.now(),
      ),
    });
  const told = () => readAuditFacts(scene.state)?.shipped['syslog'];
  const arrived = (last: number) => until(`entry ${last} arrived`, () => server.numbers.includes(last));
  const inOrder = () => {
    const once = [...new Set(server.numbers)];
    t.strictSame(
      once,
      once.map((_number, at) => at + 1),
      'each at least once, in their order',
    );
  };

  await t.test('as RFC 5424 has a message, in ASCII; what was asked for stays here', async (t) => {
    await scene.write({ body: { said: 'não é ASCII: ✓' }, terms: { words: 'MARIA' } });
    await scene.sign();
    const shipper = shipperTo();
    shipper.start();
    await shipper.stop();
    await arrived(1);
    await until('the head arrived', () => server.messages.length === 2);
    const [entry = '', head = ''] = server.messages;
    t.match(entry, /^<110>1 2026-01-01T03:00:00\.000Z [!-~]+ guarita-central - entry - \{"entry":\{"id":1,/);
    t.match(head, / guarita-central - head - \{"head":\{"day":"2026-01-01","id":1,/);
    t.notMatch(server.messages.join(''), /MARIA|[^ -~]/);
    const { body } = (JSON.parse(entry.slice(entry.indexOf('{'))) as { entry: { body: string } }).entry;
    t.match(body, 'não é ASCII: ✓');
    t.match(told(), { entry: 1, head: 1, behind: 0 }, 'ended in order it is known to have arrived');
  });

  await t.test('a server that goes away: told, nothing waits, nothing is lost', async () => {
    const shipper = shipperTo();
    await scene.write();
    shipper.start();
    await shipper.settled();
    await arrived(2);
    await server.stop();
    await scene.write();
    await scene.write();
    await until('it is seen that it has gone', async () => {
      clock.pass(1000);
      await shipper.settled();
      return told()?.problem === 'audit-unshipped';
    });
    t.match(told(), { entry: 1, behind: 3 });
    await server.start();
    await until('it is tried again', async () => {
      clock.pass(60_000);
      await shipper.settled();
      return told()?.problem === null;
    });
    await arrived(4);
    inOrder();
    t.match(told(), { problem: null, entry: 1 }, 'not long enough ago to be sure of it');
    await scene.write();
    clock.pass(21 * 60_000);
    await shipper.settled();
    clock.pass(1000);
    await shipper.settled();
    t.equal((told()?.entry ?? 0) >= 4, true, 'what was sent long ago has arrived');
    await shipper.stop();
    await arrived(5);
    inOrder();
  });

  await t.test('by the file of its authority alone', async (t) => {
    const shipper = shipperTo({});
    await scene.write();
    shipper.start();
    await shipper.settled();
    t.match(told(), { problem: 'audit-unshipped', behind: 1 });
    await shipper.stop();
    const before = server.messages.length;
    const again = shipperTo();
    again.start();
    await again.stop();
    await arrived(6);
    t.ok(server.messages.length > before);
    inOrder();
  });
}
