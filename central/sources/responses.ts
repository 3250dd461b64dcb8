import { promisify } from 'node:util';
import { gunzip, zstdDecompress } from 'node:zlib';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { Fault } from '../../shared/fault.ts';
import { codeOfType } from '../../shared/problems/catalogue.ts';
import { problemMediaType, problemSchema } from '../../shared/protocol/messages.ts';
import { matchesContentDigest } from '../../shared/signing/content-digest.ts';
import type { PublicKey } from '../../shared/signing/keys.ts';
import { type SignedReceipt, type SignedRequest, verifyResponse } from '../../shared/signing/messages.ts';

/** An answer as it came: header names in lower case, the body not yet expanded. */
export interface RawResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/**
 * Verifies digest, signature and binding, in that order (docs/protocol.md S5).
 * Throws `response-unsigned`, `response-altered`, and `grant-too-large` for a request that was refused unread.
 */
export async function verifiedReceipt(
  response: RawResponse,
  request: SignedRequest,
  agentKeys: readonly PublicKey[],
): Promise<SignedReceipt> {
  const { signature, 'signature-input': input, 'content-digest': digest } = response.headers;
  if (signature === undefined || input === undefined || digest === undefined) {
    // Node refuses it by itself before the agent sees it: nobody answers in its place.
    const isTooLarge = response.status === 431;
    throw new GuaritaError(
      isTooLarge ? 'grant-too-large' : 'response-unsigned',
      `HTTP status ${response.status}.`,
    );
  }
  if (!matchesContentDigest(digest, response.body)) {
    throw new GuaritaError('response-altered', 'O corpo não tem o resumo que foi assinado.');
  }
  // Which key it is to be, the signature says itself; whether it is one of the agent's, this list does.
  const signer = agentKeys.find(({ thumbprint }) => input.includes(`;keyid="${thumbprint}"`));
  try {
    if (signer === undefined)
      throw new Fault({ name: 'SignatureRejected', message: 'nenhuma das chaves do agente' });
    return await verifyResponse(response, request, signer);
  } catch (error) {
    throw new GuaritaError('response-altered', 'A assinatura não confere.', { cause: error });
  }
}

/** Pieces of the expanded body, each a turn of the thread pool: the default of 16 KiB costs twice the time. */
const chunkSize = 1024 * 1024;

const expand = { zstd: promisify(zstdDecompress), gzip: promisify(gunzip) } as const;

/** The body as it was before its content coding. Throws `response-too-large` and `page-invalid`. */
export async function openBody(response: RawResponse, maxBytes: number): Promise<Buffer> {
  const coding = response.headers['content-encoding'];
  if (coding === undefined) return response.body;
  if (coding !== 'zstd' && coding !== 'gzip') {
    throw new GuaritaError('page-invalid', `A codificação "${coding}" não foi pedida.`);
  }
  try {
    return await expand[coding](response.body, { chunkSize, maxOutputLength: maxBytes });
  } catch (error) {
    const tooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
    throw new GuaritaError(tooLarge ? 'response-too-large' : 'page-invalid', '', { cause: error });
  }
}

/** The body as JSON. Throws `response-too-large` and `page-invalid`. */
export async function readJson(response: RawResponse, maxBytes: number): Promise<unknown> {
  const body = await openBody(response, maxBytes);
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    // Without its cause: the parser's message quotes the text.
    throw new GuaritaError('page-invalid', 'Não é JSON.');
  }
}

/** The error that a verified problem document reports, under the agent's own code where this version knows it. */
export async function problemOfResponse(response: RawResponse, maxBytes: number): Promise<GuaritaError> {
  const retryAfter = Number(response.headers['retry-after']);
  const details = {
    ...(Number.isFinite(retryAfter) ? { retryAfterSeconds: retryAfter } : {}),
    elsewhere: true,
  };
  const isProblem = response.headers['content-type']?.startsWith(problemMediaType) === true;
  const document = isProblem ? await readJson(response, maxBytes) : null;
  if (!Value.Check(problemSchema, document)) {
    return new GuaritaError('page-invalid', `HTTP status ${response.status}.`, details);
  }
  const code = codeOfType(document.type);
  if (code === undefined) {
    // A newer agent may know trouble of its own that this version does not; with 5xx it may pass.
    const fallback = response.status >= 500 ? 'source-failed' : 'page-invalid';
    return new GuaritaError(fallback, `${document.type}: ${document.title}`, details);
  }
  return new GuaritaError(code, document.detail ?? '', details);
}
