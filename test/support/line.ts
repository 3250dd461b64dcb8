import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage, type ServerResponse } from 'node:http';
import type { Test } from 'tap';

/** An answer on its way from the agent to central, to be changed. */
export interface Passing {
  status: number;
  headers: Record<string, string>;
  body: Buffer;
}

export interface Line {
  /** Where central finds the agent. */
  readonly url: string;
  /** What is done to each answer; null leaves it unanswered, for ever. */
  tamper: (answer: Passing, response: ServerResponse) => Passing | null;
}

/** The line between central and an agent, in the hands of someone else; passes all on until told otherwise. */
export async function tamperedLine(t: Test, agent: { url: string }): Promise<Line> {
  const server = createServer((request, response) => {
    forward(agent, request).then(
      (answer) => {
        const changed = line.tamper(answer, response);
        if (changed === null || response.destroyed) return;
        response.writeHead(changed.status, changed.headers).end(changed.body);
      },
      () => response.destroy(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port on loopback');
  const line: Line = { url: `http://127.0.0.1:${address.port}`, tamper: (answer) => answer };
  return line;
}

/** Host as it came: the line is not seen, and what central signed for is this very address. */
async function forward(agent: { url: string }, request: IncomingMessage): Promise<Passing> {
  const { hostname, port } = new URL(agent.url);
  const { method, url: path, headers } = request;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { hostname, port, path, method, headers, agent: false };
    httpRequest(options, resolve).once('error', reject).end();
  });
  const chunks: Buffer[] = [];
  for await (const chunk of answer as AsyncIterable<Buffer>) chunks.push(chunk);
  const { connection: _hop, ...rest } = answer.headers;
  const fields = Object.entries(rest).map(([name, value]) => [name, String(value)] as const);
  return { status: answer.statusCode ?? 0, headers: Object.fromEntries(fields), body: Buffer.concat(chunks) };
}
