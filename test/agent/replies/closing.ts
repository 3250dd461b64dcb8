import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { Test } from 'tap';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { testAgent } from '../../support/agent.ts';
import { GatedSource } from '../../support/gate.ts';
import {
  type Answer,
  ask,
  requireProblem,
  requireSealed,
  signedRequest,
} from '../../support/signed-requests.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

const rows = viewPath('rows', 'custodiado');
const largeEnough = 200;

async function allOf(line: Socket): Promise<string> {
  let text = '';
  for await (const chunk of line.setEncoding('latin1') as AsyncIterable<string>) text += chunk;
  return text;
}

/** One answer as its bytes, `Content-Length` and no chunks. */
function parseAnswer(text: string): Omit<Answer, 'request'> {
  const [head = '', body = ''] = text.split('\r\n\r\n', 2);
  const [status = '', ...lines] = head.split('\r\n');
  const fields = lines.map((line) => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
  });
  return {
    status: Number(status.split(' ')[1]),
    headers: Object.fromEntries(fields),
    body: Buffer.from(body, 'latin1'),
  };
}

/** While the agent closes, what is in hand is finished, and what comes then is told so, signed. */
export async function closing(t: Test): Promise<void> {
  await t.test('while the agent closes', async (t) => {
    const source = new GatedSource(peopleSource(t, largeEnough));
    const agent = await testAgent(t, { source, views: ['custodiado'] });
    // One connection that its owner would keep open, as central does.
    const http = new HttpAgent({ keepAlive: true, maxSockets: 1 });
    t.teardown(() => http.destroy());
    const onTheLine = async (): Promise<Answer> => {
      const request = signedRequest(agent, rows);
      const { port } = new URL(agent.url);
      const response = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = { agent: http, host: '127.0.0.1', port, path: rows, headers: request.headers };
        httpRequest(options, resolve).once('error', reject).end();
      });
      const chunks: Buffer[] = [];
      for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
      const headers = response.headers as Record<string, string>;
      return { status: response.statusCode ?? 0, headers, body: Buffer.concat(chunks), request };
    };
    // Another connection, on which a request has begun to arrive.
    const late = signedRequest(agent, rows);
    const { hostname, port, host } = new URL(agent.url);
    const line = connect(Number(port), hostname);
    const head = Object.entries({ host, ...late.headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    await new Promise<void>((sent) => line.write(`GET ${rows} HTTP/1.1\r\n`, () => sent()));
    const inHand = onTheLine();
    await source.held;
    const closing = agent.app.close();
    // Closing has begun once the port refuses newcomers.
    await t.rejects(async () => {
      for (;;) await ask(agent, paths.healthz);
    });
    line.write(`${head.join('')}\r\n`);
    const refused = { ...parseAnswer(await allOf(line)), request: late };
    await requireProblem(t, agent, refused, 503, 'shutting-down');
    t.match(refused.headers, { connection: 'close', 'retry-after': /^\d+$/ });
    source.release();
    const answer = await inHand;
    t.equal(answer.status, 200, 'the page in hand is finished');
    await requireSealed(t, agent, answer);
    t.equal(answer.headers['connection'], 'close', 'and its connection ends with it');
    await closing;
  });
}
