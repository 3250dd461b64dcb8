import { hash } from 'node:crypto';
import { promisify } from 'node:util';
import { constants, gzip, zstdCompress } from 'node:zlib';
import { negotiate } from '@fastify/accept-negotiator';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { asGuaritaError } from '../../shared/errors.ts';
import { problemMediaType } from '../../shared/protocol/messages.ts';
import { pageHeaderName } from '../../shared/protocol/page-header.ts';
import { problemOf } from '../../shared/protocol/problems.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import type { KeyPair } from '../../shared/signing/keys.ts';
import {
  type SignatureHeaders,
  type SignedRequest,
  type SignedResponse,
  signResponse,
} from '../../shared/signing/messages.ts';
import type { Journal } from '../journal/journal.ts';
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
export function sealReplies(app: FastifyInstance, options: { key: KeyPair; journal: Journal }): void {
  app.decorateReply('rows', null);
  app.addHook('onSend', async (request, reply, payload) => {
    // Nothing of a body leaves in answer to HEAD, so there is nothing to digest (RFC 9530 appendix B.2).
    const plain = bytesOf(request.method === 'HEAD' ? '' : payload);
    try {
      return seal(request, reply, await encode(request, reply, plain), options);
    } catch (error) {
      // Answered here and not thrown: a reply that could not be written down must not leave in another form.
      const problem = asGuaritaError(error);
      request.log.error({ code: problem.code, err: problem }, 'reply withheld');
      for (const name of [pageHeaderName, 'content-encoding']) reply.removeHeader(name);
      reply.code(problemOf(problem.code).status).type(problemMediaType).header('retry-after', '10');
      return sign(
        request,
        reply,
        Buffer.from(JSON.stringify(problemDocument(problem, request.id))),
        options.key,
      );
    }
  });
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
  options: { key: KeyPair; journal: Journal },
): Buffer {
  const digest = contentDigest(body);
  const [resource = '', query] = request.originalUrl.split('?', 2);
  if (request.routeOptions.config.access !== 'public') {
    options.journal.append({
      requestId: request.id,
      grantId: request.grant?.jti ?? null,
      keyid: request.keyid,
      method: request.method,
      resource,
      queryDigest: query === undefined ? null : hash('sha256', query, 'base64url'),
      status: reply.statusCode,
      problem: reply.problem,
      rows: reply.rows,
      bytes: body.length,
      contentDigest: digest,
    });
  }
  return sign(request, reply, body, options.key);
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
