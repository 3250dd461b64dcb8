import { Pool } from 'undici';
import { GuaritaError } from '../../shared/errors.ts';
import type { JournalMark } from '../../shared/journal/entry.ts';
import { namingEntry } from '../../shared/protocol/journal-mark.ts';
import { versionOfPath } from '../../shared/protocol/version.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import type { KeyPair, PublicKey } from '../../shared/signing/keys.ts';
import { type SignedReceipt, type SignedRequest, signRequest } from '../../shared/signing/messages.ts';
import { type RawResponse, verifiedReceipt } from './responses.ts';
import { type AgentTls, requireCurrent, tlsConnectOptions } from './tls.ts';
import { transportError } from './transport-errors.ts';

export interface AgentLineOptions {
  /** `https://host:port`, without a path; `http:` on loopback only. */
  readonly url: string;
  /** Central's own key, for which the grant was issued. */
  readonly key: KeyPair;
  /** Keys that may have signed an answer: around a rotation there are two. */
  readonly agentKeys: readonly PublicKey[];
  /** Needed for `https:`. */
  readonly tls?: AgentTls;
  readonly grant: string;
  /** Seconds after which an answer that has not begun is given up, and one of which nothing more has come. */
  readonly timeoutSeconds: number;
  /** Most bytes of one answer, before and after it is expanded. */
  readonly maxBytes: number;
  /** The last entry of the agent's journal that central holds, which each request names; without it none does. */
  readonly heldEntry?: () => JournalMark | null;
  /** Called with each verified answer, refusals too, before anything is made of it; the view is null for none. */
  readonly onReceipt?: (view: string | null, receipt: SignedReceipt) => void;
}

export interface Question {
  /** The view that it is about. */
  readonly view?: string | undefined;
  /** JSON; without it the question is a GET. */
  readonly body?: Buffer | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the ordinary time for an answer to begin. */
  readonly timeoutSeconds?: number | undefined;
}

/** A verified answer, whatever its status, and the receipt of it. */
export interface SignedAnswer extends RawResponse {
  readonly receipt: SignedReceipt;
}

/** The line to an agent: every request is signed, and an answer is one that the agent signed for this very request. */
export class AgentLine {
  readonly #options: AgentLineOptions;
  readonly #pool: Pool;

  constructor(options: AgentLineOptions) {
    this.#options = options;
    const milliseconds = options.timeoutSeconds * 1000;
    this.#pool = new Pool(new URL(options.url).origin, {
      connections: 2,
      connectTimeout: Math.min(milliseconds, 10_000),
      ...(options.tls === undefined ? {} : { connect: tlsConnectOptions(options.tls) }),
      keepAliveTimeout: 60_000,
    });
  }

  /** The receipt is handed on before anything is made of the answer. */
  async ask(resource: string, question: Question): Promise<SignedAnswer> {
    if (this.#options.tls !== undefined) requireCurrent(this.#options.tls, new Date());
    // Version 1 knows of no entries, and refuses what it does not know.
    const held = versionOfPath(resource) === 1 ? null : (this.#options.heldEntry?.() ?? null);
    const target = namingEntry(resource, held);
    const request = this.#sign(target, question.body);
    const response = await this.#send(target, request, question);
    const receipt = await verifiedReceipt(response, request, this.#options.agentKeys);
    this.#options.onReceipt?.(question.view ?? null, receipt);
    return { ...response, receipt };
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** A body is bound by its digest, which the signature covers. */
  #sign(target: string, body: Buffer | undefined): SignedRequest {
    const authorization = `Bearer ${this.#options.grant}`;
    const unsigned: SignedRequest = {
      method: body === undefined ? 'GET' : 'POST',
      targetUri: new URL(this.#options.url).origin + target,
      headers:
        body === undefined ? { authorization } : { authorization, 'content-digest': contentDigest(body) },
    };
    const signature = signRequest(unsigned, this.#options.key);
    return { ...unsigned, headers: { ...unsigned.headers, ...signature } };
  }

  async #send(
    target: string,
    request: SignedRequest,
    { body, signal, timeoutSeconds = this.#options.timeoutSeconds }: Question,
  ): Promise<RawResponse> {
    let length = 0;
    try {
      const {
        statusCode,
        headers,
        body: answer,
      } = await this.#pool.request({
        ...(body === undefined ? { method: 'GET' } : { method: 'POST', body }),
        path: target,
        headers: {
          ...request.headers,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          'accept-encoding': 'zstd, gzip',
        },
        // Of a slow line a page takes its time: as long as it comes it is not given up, or it never came at all.
        headersTimeout: timeoutSeconds * 1000,
        bodyTimeout: this.#options.timeoutSeconds * 1000,
        ...(signal === undefined ? {} : { signal }),
      });
      const chunks: Buffer[] = [];
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        length += chunk.length;
        // Leaving the loop destroys the body, and with it the connection: the rest is not read.
        if (length > this.#options.maxBytes) throw new GuaritaError('response-too-large');
        chunks.push(chunk);
      }
      return { status: statusCode, headers: singleValues(headers), body: Buffer.concat(chunks, length) };
    } catch (error) {
      throw transportError(error, length);
    }
  }
}

function singleValues(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
