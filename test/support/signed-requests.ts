import { randomBytes } from 'node:crypto';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { createSignatureSync } from 'http-message-sig';
import type { Test } from 'tap';
import Value from 'typebox/value';
import { openBody } from '../../central/sources/responses.ts';
import { codeOfType, type ProblemCode } from '../../shared/problems/catalogue.ts';
import { type ProblemMessage, problemMediaType, problemSchema } from '../../shared/protocol/messages.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import type { KeyPair, PublicKey } from '../../shared/signing/keys.ts';
import { type SignedRequest, signRequest, verifyResponse } from '../../shared/signing/messages.ts';
import type { TestAgent } from './agent.ts';

/** An answer as it came over the wire: header names in lower case, the body as sent. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** What was asked, by which the answer's signature is verified. */
  readonly request: SignedRequest;
}

export interface Ask {
  readonly method?: string;
  /** Null: no grant at all. */
  readonly grant?: string | null;
  /** Null: no signature at all. */
  readonly key?: KeyPair | null;
  /** The moment of the signature. */
  readonly now?: Date;
  readonly headers?: Readonly<Record<string, string>>;
  /** JSON, sent by POST with its digest, which is signed. */
  readonly body?: string;
}

type Addressed = Pick<TestAgent, 'url' | 'centralKey' | 'grant'>;

/** A request for a target, exactly as written: nothing on the way normalises it. */
export function signedRequest(agent: Addressed, target: string, ask: Ask = {}): SignedRequest {
  const grant = ask.grant === undefined ? agent.grant : ask.grant;
  const key = ask.key === undefined ? agent.centralKey : ask.key;
  const method = ask.method ?? (ask.body === undefined ? 'GET' : 'POST');
  const targetUri = agent.url + target;
  const authorization: Record<string, string> = grant === null ? {} : { authorization: `Bearer ${grant}` };
  const bound: Record<string, string> =
    ask.body === undefined
      ? {}
      : { 'content-type': 'application/json', 'content-digest': contentDigest(Buffer.from(ask.body)) };
  const headers = { ...bound, ...ask.headers, ...authorization };
  const unsigned: SignedRequest = { method, targetUri, headers };
  if (key === null) return unsigned;
  return { ...unsigned, headers: { ...unsigned.headers, ...signRequest(unsigned, key, ask.now) } };
}

/** A signature with parameters and components of the test's own choice, where `signRequest` gives none. */
export function signatureWith(
  request: SignedRequest,
  key: KeyPair,
  parameters: Readonly<Record<string, string | number>>,
  components: readonly string[] = ['@method', '@target-uri', 'authorization'],
): SignedRequest {
  const created = Math.floor(Date.now() / 1000);
  const nonce = randomBytes(16).toString('base64url');
  const { signature, signatureInput } = createSignatureSync(
    {
      kind: 'request',
      method: request.method,
      targetUri: request.targetUri,
      fields: Object.entries(request.headers).map(([name, value]) => ({ name, value })),
    },
    {
      label: 'guarita',
      components,
      parameters: {
        created,
        expires: created + 60,
        nonce,
        keyid: key.thumbprint,
        alg: 'ed25519',
        ...parameters,
      },
      signer: { algorithm: 'ed25519', sign: (data) => key.sign(data) },
    },
  );
  return { ...request, headers: { ...request.headers, signature, 'signature-input': signatureInput } };
}

/** Sends a request as it is; `target` and `body` other than the signed ones are for the tests that tamper. */
export async function send(
  agent: { url: string },
  request: SignedRequest,
  target?: string,
  body?: string,
): Promise<Answer> {
  const { hostname, port } = new URL(agent.url);
  const path = target ?? request.targetUri.slice(agent.url.length);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    const options = { hostname, port, path, method: request.method, headers: request.headers, agent: false };
    httpRequest(options, resolve).once('error', reject).end(body);
  });
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  const headers = Object.entries(response.headers).map(([name, value]) => [name, String(value)] as const);
  return {
    status: response.statusCode ?? 0,
    headers: Object.fromEntries(headers),
    body: Buffer.concat(chunks),
    request,
  };
}

/** Signs a request for a target and sends it. */
export function ask(agent: Addressed, target: string, options: Ask = {}): Promise<Answer> {
  return send(agent, signedRequest(agent, target, options), undefined, options.body);
}

/** Every answer, whatever it is: digest of what was sent, and the agent's signature bound to the request. */
export async function requireSealed(
  t: Test,
  agent: { readonly key: PublicKey },
  answer: Answer,
): Promise<void> {
  const what = `${answer.request.method} ${answer.request.targetUri}: ${answer.status}`;
  t.equal(answer.headers['content-digest'], contentDigest(answer.body), `${what}: digest of the body`);
  await t.resolves(verifyResponse(answer, answer.request, agent.key), `${what}: signature holds`);
}

/** The problem document of an answer; fails the test when it is none. */
export async function problemIn(t: Test, answer: Answer): Promise<ProblemMessage> {
  t.match(answer.headers['content-type'], problemMediaType, 'media type of a problem');
  const body = await openBody(answer, 1024 * 1024);
  const document: unknown = body.length === 0 ? null : JSON.parse(body.toString('utf8'));
  if (!Value.Check(problemSchema, document)) throw new Error(`no problem document: ${body.toString('utf8')}`);
  t.equal(document.status, answer.status, 'status of the document is that of the answer');
  return document;
}

/** Asserts that an answer is a sealed refusal with this code and status, and returns its document. */
export async function requireProblem(
  t: Test,
  agent: { readonly key: PublicKey },
  answer: Answer,
  status: number,
  code: ProblemCode,
): Promise<ProblemMessage> {
  await requireSealed(t, agent, answer);
  const document = await problemIn(t, answer);
  t.equal(codeOfType(document.type), code, `${answer.request.targetUri}: ${code}`);
  t.equal(answer.status, status, `status ${status}`);
  return document;
}

/** What the agent binds its answer to when a request has no target, or no signature, that could be bound to. */
export function unbound(answer: Answer): Answer {
  return {
    ...answer,
    request: { method: answer.request.method, targetUri: 'http://invalid/', headers: {} },
  };
}
