import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { PeerCertificate } from 'node:tls';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import type { CustomFetch } from 'openid-client';
import { Agent, errors, request } from 'undici';
import { faultOf } from '../../../shared/describe-error.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { givenFileFault } from '../../../shared/given-file.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import { readSecret } from '../../../shared/options/secrets.ts';
import { peerFingerprint } from '../../../shared/signing/certificates.ts';
import { certificateOver, isCertificateFault } from '../tls.ts';
import type { ApiConfig } from './api-schema.ts';

/** An answer as it came, whatever its status; header names in lower case. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

export interface SentRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
}

/** The connections to an API. One request is one answer: no redirection is followed, nothing is sent again. */
export class ApiTransport {
  readonly #api: ApiConfig;
  readonly #agent: Agent;

  /** Throws `option-invalid` and `secret-missing` for certificates and keys that cannot be read. */
  constructor(api: ApiConfig, environment: Environment) {
    this.#api = api;
    const timeout = Math.min(api.timeoutSeconds * 1000, 10_000);
    this.#agent = new Agent({
      connections: 1,
      connect: { timeout, ...connectOptions(api.tls, environment) },
    });
  }

  /** Throws `api-unreachable`, `api-untrusted`, `api-answer-too-large`, `stopped`. */
  async send(url: URL, { headers, body, signal }: SentRequest): Promise<ApiAnswer> {
    const milliseconds = this.#api.timeoutSeconds * 1000;
    const limit = AbortSignal.timeout(milliseconds);
    try {
      const answer = await request(url, {
        dispatcher: this.#agent,
        ...(body === undefined ? { method: 'GET' } : { method: 'POST', body }),
        headers: { ...headers, 'accept-encoding': 'gzip' },
        ...{ headersTimeout: milliseconds, bodyTimeout: milliseconds },
        signal: signal === undefined ? limit : AbortSignal.any([signal, limit]),
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of answer.body as AsyncIterable<Buffer>) {
        length += chunk.length;
        // Leaving the loop destroys the body, and with it the connection: the rest is not read.
        if (length > this.#api.maxBytes) throw new GuaritaError('api-answer-too-large');
        chunks.push(chunk);
      }
      const singles = singleValues(answer.headers);
      const expanded = await this.#expand(Buffer.concat(chunks, length), singles['content-encoding']);
      return { status: answer.statusCode, headers: singles, body: expanded };
    } catch (error) {
      if (signal?.aborted === true) throw signal.reason;
      throw transportFault(error);
    }
  }

  /** The same for a library that asks by itself, as `fetch` is. */
  readonly fetch: CustomFetch = async (url, { body, headers, signal }) => {
    const text = body instanceof URLSearchParams ? body.toString() : body;
    if (typeof text !== 'string') throw new GuaritaError('internal');
    const answer = await this.send(new URL(url), { headers, body: text, signal });
    return new Response(answer.body.length === 0 ? null : new Uint8Array(answer.body), {
      status: answer.status,
      headers: { 'content-type': answer.headers['content-type'] ?? '' },
    });
  };

  async close(): Promise<void> {
    await this.#agent.destroy();
  }

  async #expand(body: Buffer, coding: string | undefined): Promise<Buffer> {
    if (coding === undefined || coding === 'identity') return body;
    if (coding !== 'gzip')
      throw new GuaritaError('api-answer-invalid', 'Veio em uma codificação que não foi pedida.');
    try {
      return await promisify(gunzip)(body, { maxOutputLength: this.#api.maxBytes });
    } catch (error) {
      const isTooLarge = (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE';
      throw new GuaritaError(isTooLarge ? 'api-answer-too-large' : 'api-answer-invalid');
    }
  }
}

/** Whatever the environment says: by a variable of Node's nobody would be verified. */
const verified = { rejectUnauthorized: true, minVersion: 'TLSv1.2' } as const;

function connectOptions(tls: ApiConfig['tls'], environment: Environment) {
  if (tls === undefined) return verified;
  const read = (file: string) => {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      throw givenFileFault(file, error);
    }
  };
  const key = readSecret(tls.key, environment);
  return {
    ...verified,
    ...(tls.ca === undefined ? {} : { ca: read(tls.ca) }),
    ...(tls.pin === undefined ? {} : pinned(read(tls.pin), tls.pin)),
    ...(tls.certificate === undefined || key === null ? {} : { cert: read(tls.certificate), key }),
  };
}

/** Only who shows this very certificate: it is its own authority, whoever signed it, and the host's name counts no more. */
function pinned(pem: string, file: string) {
  const fingerprint = fingerprintOf(pem, file);
  return {
    ca: pem,
    allowPartialTrustChain: true,
    checkServerIdentity: (_host: string, { raw }: PeerCertificate) =>
      peerFingerprint(raw) === fingerprint
        ? undefined
        : new GuaritaError('api-untrusted', 'Não é o certificado de api.tls.pin.'),
  };
}

function fingerprintOf(pem: string, file: string): string {
  try {
    return peerFingerprint(new X509Certificate(pem).raw);
  } catch {
    throw new GuaritaError('option-invalid', `O arquivo "${file}" não é um certificado PEM.`);
  }
}

function transportFault(error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  const { code, name } = error as { readonly code?: unknown; readonly name?: unknown };
  // In its own words the client tells of the connection, and in a field beside them what came over it.
  const isOfClient = error instanceof errors.UndiciError || error instanceof errors.HTTPParserError;
  const cause = faultOf(error, isOfClient ? (error as Error).message : undefined);
  const isUntrusted =
    isCertificateFault(code) || code === certificateOver || code === 'ERR_TLS_CERT_ALTNAME_INVALID';
  if (isUntrusted) return new GuaritaError('api-untrusted', `${String(code)}.`, { cause });
  const isLate = name === 'TimeoutError' || /^UND_ERR_(HEADERS|BODY)_TIMEOUT$/.test(String(code));
  if (isLate)
    return new GuaritaError('api-unreachable', 'Não respondeu a tempo ("api.timeoutSeconds").', { cause });
  return new GuaritaError('api-unreachable', typeof code === 'string' ? `${code}.` : '', { cause });
}

function singleValues(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
