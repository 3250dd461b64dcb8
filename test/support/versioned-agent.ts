import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Test } from 'tap';
import { type ProblemCode, problemOf, problemType } from '../../shared/problems/catalogue.ts';
import { problemMediaType } from '../../shared/protocol/messages.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import { generateKeyPair, type KeyPair } from '../../shared/signing/keys.ts';
import { signResponse } from '../../shared/signing/messages.ts';

/** What a stand-in answers with: JSON, or the code of a problem. */
export type StandInAnswer = object | ProblemCode;

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
  const body = Buffer.from(JSON.stringify(typeof answer === 'string' ? documentOf(answer) : answer));
  const headers = {
    'content-type': typeof answer === 'string' ? problemMediaType : 'application/json; charset=utf-8',
    'content-digest': contentDigest(body),
  };
  const asked = { method, targetUri: agent.url + url, headers: request.headers as Record<string, string> };
  const signature = agent.signed ? signResponse({ status, headers }, asked, agent.key) : {};
  response.writeHead(status, { ...headers, ...signature }).end(body);
}

function documentOf(code: ProblemCode): object {
  const { title, hint, status } = problemOf(code);
  return { type: problemType(code), title, hint, status };
}
