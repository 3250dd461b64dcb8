import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { type ProblemCode, problemOf, problemType } from '../../shared/problems/catalogue.ts';
import { problemMediaType } from '../../shared/protocol/messages.ts';
import { pageHeaderName, rowsMediaType } from '../../shared/protocol/page-header.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import { generateKeyPair, type KeyPair } from '../../shared/signing/keys.ts';
import { signResponse } from '../../shared/signing/messages.ts';

/** Lines of rows, and the header that says what they are. */
export class LinesAnswer {
  readonly header: string;
  readonly lines: Buffer;

  constructor(header: string, lines: Buffer) {
    this.header = header;
    this.lines = lines;
  }
}

/** What a stand-in answers with: JSON, lines, or the code of a problem. */
export type StandInAnswer = object | LinesAnswer | ProblemCode;

export interface VersionedAgent {
  readonly url: string;
  readonly key: KeyPair;
  /** Paths that were asked for, the earliest first. */
  readonly asked: string[];
  /** Answers a path; may be exchanged while it runs. */
  answer: (path: string) => StandInAnswer;
  /** Whether the answers are signed; others are what something on the way says. */
  signed: boolean;
}

/**
 * Stands in for an agent of any version, of the past or to come: it signs as an agent does, and answers what the test
 * says. It believes every request, since what is tested is central.
 */
export async function versionedAgent(
  t: Test,
  answer: (path: string) => StandInAnswer,
): Promise<VersionedAgent> {
  const key = generateKeyPair();
  const server = createServer((request, response) => reply(agent, request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  const { port } = server.address() as AddressInfo;
  const agent: VersionedAgent = { url: `http://127.0.0.1:${port}`, key, asked: [], answer, signed: true };
  return agent;
}

function reply(agent: VersionedAgent, request: IncomingMessage, response: ServerResponse): void {
  request.resume();
  const { url = '', method = '' } = request;
  agent.asked.push(url);
  const answer = agent.answer(url);
  const status = typeof answer === 'string' ? problemOf(answer).status : 200;
  const { body, ...described } = contentOf(answer);
  const headers = { ...described, 'content-digest': contentDigest(body) };
  const asked = { method, targetUri: agent.url + url, headers: request.headers as Record<string, string> };
  const signature = agent.signed ? signResponse({ status, headers }, asked, agent.key) : {};
  response.writeHead(status, { ...headers, ...signature }).end(body);
}

function contentOf(answer: StandInAnswer): { body: Buffer; 'content-type': string } {
  if (typeof answer === 'string')
    return { 'content-type': problemMediaType, body: Buffer.from(JSON.stringify(documentOf(answer))) };
  if (answer instanceof LinesAnswer) {
    const page = { [pageHeaderName]: answer.header };
    return { 'content-type': rowsMediaType, ...page, body: answer.lines };
  }
  return { 'content-type': 'application/json; charset=utf-8', body: Buffer.from(JSON.stringify(answer)) };
}

function documentOf(code: ProblemCode): object {
  const { title, hint, status } = problemOf(code);
  return { type: problemType(code), title, hint, status };
}
