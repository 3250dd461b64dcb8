import { request as httpRequest } from 'node:http';
import type { Test } from 'tap';
import { viewPath } from '../../../shared/protocol/paths.ts';
import { testAgent } from '../../support/agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { deferred, until } from '../../support/deferred.ts';
import { answerOn, connectTo, exchange, rawRequest } from '../../support/raw-requests.ts';
import { ask, signedRequest } from '../../support/signed-requests.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

const rows = viewPath('rows', 'custodiado');

const host = (url: string) => ['host', new URL(url).host] as const;

/** Clients that ask for too much, too slowly, or hang up. */
export async function limits(t: Test): Promise<void> {
  await t.test('a client that hangs up while it is being answered does not count for ever', async (t) => {
    const limits = { requestsPerMinute: 1000, concurrent: 2, connections: 100 };
    const source = new ArraySource({ description: viewOf('custodiado', peopleColumns), rows: people(1, 5) });
    const released = deferred();
    source.beforePage = () => released.promise;
    const agent = await testAgent(t, { source, views: ['custodiado'], limits });
    const { hostname, port } = new URL(agent.url);
    for (let i = 1; i <= 2; i++) {
      const { headers } = signedRequest(agent, rows);
      const request = httpRequest({ hostname, port, path: rows, headers, agent: false });
      request.on('error', () => undefined).end();
      await until('it is being answered', () => source.asked.length === i);
      request.destroy();
    }
    released.resolve();
    await until('the next one is served', async () => (await ask(agent, rows)).status === 200);
  });

  await t.test('what is too large is refused before it is held', async (t) => {
    const agent = await testAgent(t, {
      ...{ source: peopleSource(t, 3), views: ['custodiado'], requestTimeout: 1000 },
    });
    const large = 'x'.repeat(100_000);
    const signed = Object.entries(signedRequest(agent, rows).headers);
    await t.test('a header, or all of them', async (t) => {
      for (const headers of [
        [['x-large', large] as const],
        Array.from({ length: 1000 }, (_, i) => [`x-${i}`, 'twenty characters 20'.repeat(5)] as const),
      ]) {
        const answer = await exchange(
          agent,
          rawRequest(`GET ${rows} HTTP/1.1`, [host(agent.url), ...signed, ...headers]),
        );
        t.equal(answer?.status, 431);
        t.notMatch(answer?.body.toString(), 'Pessoa');
      }
    });
    await t.test('an address', async (t) => {
      const request = rawRequest(`GET ${rows}?after=${large} HTTP/1.1`, [host(agent.url), ...signed]);
      t.equal((await exchange(agent, request))?.status, 431);
    });
    await t.test('a body, whether it says its length or not', async (t) => {
      const target = viewPath('lookup', 'custodiado');
      const body = JSON.stringify({ keys: [['x'.repeat(2 * 1024 * 1024)]] });
      const line = `POST ${target} HTTP/1.1`;
      const own = () => [host(agent.url), ...Object.entries(signedRequest(agent, target, { body }).headers)];
      const chunk = Buffer.from(`${body.length.toString(16)}\r\n${body}`);
      const lengths = [
        rawRequest(line, [...own(), ['content-length', String(body.length)]]),
        rawRequest(line, [...own(), ['transfer-encoding', 'chunked']], chunk),
      ];
      for (const request of lengths) {
        const answer = await exchange(agent, request);
        t.equal(answer?.status, 413);
        t.match(answer?.body.toString(), 'request-too-large');
        t.equal(answer?.headers.get('connection'), 'close', 'the rest is not read');
      }
    });
  });

  await t.test('a client that is slow on purpose is hung up on, and takes nobody’s place', async (t) => {
    const limits = { requestsPerMinute: 1000, concurrent: 4, connections: 8 };
    const agent = await testAgent(t, {
      ...{ source: peopleSource(t, 3), views: ['custodiado'], limits, requestTimeout: 300 },
    });
    const body = '{"keys":[["1"]]}';
    const target = viewPath('lookup', 'custodiado');
    const begun = [
      () => Buffer.from('GET /v2/views HTTP/1.1\r\n'),
      () =>
        rawRequest(`POST ${target} HTTP/1.1`, [
          host(agent.url),
          ...Object.entries(signedRequest(agent, target, { body }).headers),
          ['content-length', String(body.length)],
        ]),
    ];
    for (const beginning of begun) {
      const sockets = Array.from({ length: 8 }, () => connectTo(agent));
      const answers = sockets.map(answerOn);
      for (const socket of sockets) socket.write(beginning());
      for (const answer of await Promise.all(answers)) {
        if (answer !== null) t.ok([400, 408, 429].includes(answer.status), String(answer.status));
      }
      t.equal((await ask(agent, rows)).status, 200, 'the next one is served');
    }
  });
}
