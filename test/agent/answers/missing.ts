import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Test } from 'tap';
import { freePort } from '../../../scripts/demo/processes.ts';
import { testAgent } from '../../support/agent.ts';
import { GatedSource } from '../../support/gate.ts';
import type { Passing } from '../../support/line.ts';
import { peopleSource } from '../../support/sqlite-views.ts';
import { central, overTamperedLine, refused, view, wholeView } from '../../support/tampered-answers.ts';

/** What central waits for in these tests: the beginning of an answer, or more of it. */
const seconds = 0.2;

/**
 * Writes the answer byte by byte, as far apart as goes on while a byte is waited for, and after so many seconds at once
 * what is left. Both ends are in this process: where the machine lets it stand, it does so for both.
 */
async function trickle(response: ServerResponse, { status, headers, body }: Passing, during: number) {
  response.writeHead(status, headers);
  const enough = performance.now() + during * 1000;
  let sent = 0;
  while (sent < body.length && performance.now() < enough && !response.destroyed) {
    response.write(body.subarray(sent, ++sent));
    await sleep(10);
  }
  response.end(body.subarray(sent));
}

/** Answers that do not come, or not whole. */
export async function missing(t: Test): Promise<void> {
  await t.test('an answer that does not come', async (t) => {
    await t.test('never', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = () => null;
      const { source } = central(t, agent, line.url, { timeoutSeconds: seconds });
      await t.rejects(source.page(view, wholeView), { code: 'agent-timeout', detail: 'Não veio resposta.' });
    });
    await t.test('an agent that is slow', async (t) => {
      const source = new GatedSource(peopleSource(t, 20));
      const agent = await testAgent(t, { source, views: [view] });
      t.teardown(() => source.release());
      await refused(t, central(t, agent, agent.url, { timeoutSeconds: seconds }), 'agent-timeout');
      source.release();
    });
    await t.test('its head comes, its body does not', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (answer, response) => {
        response.writeHead(answer.status, answer.headers).write(answer.body.subarray(0, 100));
        return null;
      };
      await refused(t, central(t, agent, line.url, { timeoutSeconds: seconds }), 'agent-timeout');
    });
    await t.test('its body comes slowly: not late, as long as it does not stand still', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (answer, response) => {
        void trickle(response, answer, 3 * seconds);
        return null;
      };
      const { source } = central(t, agent, line.url, { timeoutSeconds: seconds });
      t.match(await source.page(view, wholeView), { rows: 200 });
    });
    await t.test('slowly, where a few kilobytes are all there is to come', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (answer, response) => {
        void trickle(response, answer, Number.POSITIVE_INFINITY);
        return null;
      };
      const { source } = central(t, agent, line.url, { timeoutSeconds: seconds });
      await t.rejects(source.describe(), { code: 'agent-timeout' });
    });
    await t.test('it stands still, though longer would have been waited for it to begin', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (answer, response) => {
        response.writeHead(answer.status, answer.headers).write(answer.body.subarray(0, 100));
        return null;
      };
      const { source } = central(t, agent, line.url, { timeoutSeconds: seconds, scanTimeoutSeconds: 3600 });
      await t.rejects(source.digests(view, { buckets: 1024 }), {
        code: 'agent-timeout',
        detail: 'Depois de 100 bytes nada mais veio.',
      });
    });
    await t.test('the connection breaks in the middle of the body', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (answer, response) => {
        response.writeHead(answer.status, answer.headers);
        response.write(answer.body.subarray(0, 100), () => response.destroy());
        return null;
      };
      await refused(t, central(t, agent, line.url), 'agent-unreachable');
    });
    await t.test('the connection breaks before it', async (t) => {
      const { agent, line } = await overTamperedLine(t);
      line.tamper = (_answer, response) => {
        response.destroy();
        return null;
      };
      await refused(t, central(t, agent, line.url), 'agent-unreachable');
    });
    await t.test('refused', async (t) => {
      const { agent } = await overTamperedLine(t);
      const { source } = central(t, agent, `http://127.0.0.1:${await freePort()}`);
      await t.rejects(source.page(view, wholeView), { code: 'agent-unreachable', detail: 'ECONNREFUSED.' });
    });
    await t.test('from something that does not speak HTTP', async (t) => {
      const { agent } = await overTamperedLine(t);
      const server = createServer((socket) => {
        socket.on('error', () => socket.destroy()).end('SSH-2.0-OpenSSH\r\n');
      }).listen(0, '127.0.0.1');
      await once(server, 'listening');
      t.teardown(() => void server.close());
      const address = server.address();
      const port = typeof address === 'object' ? address?.port : undefined;
      await refused(t, central(t, agent, `http://127.0.0.1:${port}`), 'agent-unreachable');
    });
  });
}
