import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import { problemOf } from '../../shared/problems/catalogue.ts';
import { entryNamedIn, journalHeaderName, serializeJournal } from '../../shared/protocol/journal-mark.ts';
import { problemMediaType } from '../../shared/protocol/messages.ts';
import { pageHeaderName } from '../../shared/protocol/page-header.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import type { KeyPair } from '../../shared/signing/keys.ts';
import {
  type SignatureHeaders,
  type SignedRequest,
  type SignedResponse,
  signResponse,
} from '../../shared/signing/messages.ts';
import type { AgentHome } from '../home.ts';
import { signedRequestOf } from './access.ts';
import { problemDocument } from './problems.ts';

declare module 'fastify' {
  interface FastifyReply {
    /** Rows in the page that this reply carries, for the journal. */
    rows: number | null;
  }
}

/** Smaller bodies are sent as they are. */
const minEncodedBytes = 1024;

/** Output is made in pieces of this size, each a turn of the thread pool: the default of 16 KiB costs a third more. */
const chunkSize = 64 * 1024;

const codings = {
  // Level 1: measured at 0.46 µs a row against 3.4 for gzip's default (docs/performance.md).
  zstd: (body: Buffer) =>
    promisify(zstdCompress)(body, { chunkSize, params: { [constants.ZSTD_c_compressionLevel]: 1 } }),
  gzip: (body: Buffer) => promisify(gzip)(body, { chunkSize, level: 1 }),
} as const;

/**
 * What every reply goes through, errors included: encode, digest, write down, sign, in that order.
 * The journal entry is on disk before the first byte leaves (invariant 7).
 */
export function sealReplies(app: FastifyInstance, options: SealOptions): void {
  app.decorateReply('rows', null);
  app.addHook('onSend', async (request, reply, payload) => {
    // Nothing of a body leaves in answer to HEAD, so there is nothing to digest (RFC 9530 appendix B.2).
    const plain = bytesOf(request.method === 'HEAD' ? '' : payload);
    try {
      const encoded = await encode(request, reply, plain);
      const refusal = refusalOf(request, options.home);
      if (refusal === null) return seal(request, reply, encoded, options.home);
      request.log.info({ code: refusal.code, err: refusal }, 'page in flight refused');
      return seal(request, reply, withhold(request, reply, refusal), options.home);
    } catch (error) {
      // Answered here and not thrown: a reply that could not be written down must not leave in another form.
      const problem = asGuaritaError(error);
      request.log.error({ code: problem.code, err: problem }, 'reply withheld');
      return sign(request, reply, withhold(request, reply, problem), options.home.identity().key);
    }
  });
}

interface SealOptions {
  readonly home: Pick<AgentHome, 'agreements' | 'identity' | 'journal'>;
}

/** What happened to the agreement while the answer was made counts for it, too (invariant 6). */
function refusalOf(request: FastifyRequest, { agreements }: SealOptions['home']): GuaritaError | null {
  if (request.grant === null) return null;
  try {
    agreements.require();
    return null;
  } catch (error) {
    return asGuaritaError(error);
  }
}

/** The body that goes out in the place of one that must not. */
function withhold(request: FastifyRequest, reply: FastifyReply, problem: GuaritaError): Buffer {
  for (const name of [pageHeaderName, 'content-encoding']) reply.removeHeader(name);
  const { status, retry } = problemOf(problem.code);
  reply.code(status).type(problemMediaType);
  if (retry === 'later') reply.header('retry-after', '10');
  reply.problem = problem.code;
  reply.rows = null;
  return Buffer.from(JSON.stringify(problemDocument(problem, request.id)));
}

function bytesOf(payload: unknown): Buffer {
  if (Buffer.isBuffer(payload)) return payload;
  return Buffer.from(typeof payload === 'string' ? payload : '');
}

async function encode(request: FastifyRequest, reply: FastifyReply, body: Buffer): Promise<Buffer> {
  reply.header('vary', 'accept-encoding');
  if (body.length < minEncodedBytes) return body;
  const coding = negotiate(request.headers['accept-encoding'] ?? 'identity', ['zstd', 'gzip']);
  if (coding !== 'zstd' && coding !== 'gzip') return body;
  reply.header('content-encoding', coding);
  const encoded = await codings[coding](body);
  free(body);
  return encoded;
}

/**
 * Gives the memory of a page back at once: left to the garbage collector, which comes by when some 64 MB of them have
 * gathered, it is what the agent's peak is made of. Small buffers share their memory with others and are left alone.
 */
function free(body: Buffer): void {
  const { buffer } = body;
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0);
}

function seal(
  request: FastifyRequest,
  reply: FastifyReply,
  body: Buffer,
  { identity, journal }: SealOptions['home'],
): Buffer {
  const digest = contentDigest(body);
  const [resource = '', query] = request.originalUrl.split('?', 2);
  if (request.routeOptions.config.access !== 'public' && !request.hungUp) {
    const { signature } = signedRequestOf(request).headers;
    const { view } = (request.params ?? {}) as { view?: string };
    const last = journal.request({
      request: request.id,
      grant: request.grant?.jti ?? null,
      key: request.keyid,
      from: request.ip,
      method: request.method,
      resource,
      query: query === undefined ? null : hash('sha256', query, 'base64url'),
      signature: signature === undefined ? null : hash('sha256', signature, 'base64url'),
      // A view that the grant does not name is whatever the caller wrote.
      view: request.grant === null || reply.problem === 'view-not-granted' ? null : (view ?? null),
      status: reply.statusCode,
      problem: reply.problem,
      rows: reply.rows,
      bytes: body.length,
      digest,
    });
    // Whoever has not shown to be central is told nothing of the journal.
    if (request.keyid !== null) {
      const named = entryNamedIn(request.originalUrl);
      const known = named === null ? null : { id: named.id, hash: journal.hashAt(named.id) };
      reply.header(journalHeaderName, serializeJournal({ known, last }));
    }
  }
  return sign(request, reply, body, identity().key);
}

function sign(request: FastifyRequest, reply: FastifyReply, body: Buffer, key: KeyPair): Buffer {
  reply.header('content-length', String(body.length));
  reply.header('content-digest', contentDigest(body));
  const headers = Object.fromEntries(
    Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)]),
  );
  reply.headers({ ...signatureFor({ status: reply.statusCode, headers }, signedRequestOf(request), key) });
  return body;
}

/**
 * A request whose target is no URI (`*`, a fragment), or whose signature cannot be read, is refused, but the answer
 * could not be bound to it: it is then bound to a request that nobody makes.
 */
function signatureFor(response: SignedResponse, request: SignedRequest, key: KeyPair): SignatureHeaders {
  try {
    return signResponse(response, request, key);
  } catch {
    return signResponse(response, { method: request.method, targetUri: unboundUri, headers: {} }, key);
  }
}

/** A name that can never exist (RFC 6761 section 6.4). */
const unboundUri = 'http://invalid/';
