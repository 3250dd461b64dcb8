import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import { Pool } from 'undici';
import { GuaritaError } from '../../shared/errors.ts';
import {
  agentSchema,
  digestsSchema,
  type RenewalBody,
  type RenewalMessage,
  renewalSchema,
  viewsSchema,
} from '../../shared/protocol/messages.ts';
import {
  type AnswerInfo,
  pageHeaderName,
  parseAnswerInfo,
  parsePageInfo,
  rowsMediaType,
} from '../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../shared/protocol/paths.ts';
import { protocolVersion } from '../../shared/protocol/version.ts';
import { contentDigest } from '../../shared/signing/content-digest.ts';
import type { KeyPair, PublicKey } from '../../shared/signing/keys.ts';
import { type SignedReceipt, type SignedRequest, signRequest } from '../../shared/signing/messages.ts';
import { codeOfType, problemTypePrefix } from '../../shared/problems/catalogue.ts';
import type {
  BrokenView,
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageRequest,
  SourceDescription,
  ViewDigests,
  ViewSource,
} from '../../shared/sources/view-source.ts';
import { type AgentTls, tlsConnectOptions } from './tls.ts';
import { transportError } from './transport-errors.ts';
import { openBody, problemOfResponse, type RawResponse, readJson, verifiedReceipt } from './responses.ts';

export interface AgentSourceOptions {
  /** `https://host:port`, without a path; `http:` on loopback only. */
  readonly url: string;
  /** Central's own key, for which the grant was issued. */
  readonly key: KeyPair;
  /** Keys that may have signed an answer: around a rotation there are two. */
  readonly agentKeys: readonly PublicKey[];
  /** Needed for `https:`. */
  readonly tls?: AgentTls;
  readonly grant: string;
  /** Most seconds for one answer, from the request to its last byte. */
  readonly timeoutSeconds: number;
  /** The same for digests and listings, for which the agent reads a whole view; without it, no longer than others. */
  readonly scanTimeoutSeconds?: number;
  /** Most bytes of one answer, before and after it is expanded. */
  readonly maxBytes: number;
  /** Called with each verified answer, refusals too, before anything is made of it; the view is null for none. */
  readonly onReceipt?: (view: string | null, receipt: SignedReceipt) => void;
}

/**
 * A `guarita-agent` as a ViewSource (rule 2 of the work plan). Every request is signed; of an answer, nothing is
 * parsed or expanded before digest, signature and binding to the request have been verified.
 */
export class AgentSource implements ViewSource {
  readonly #options: AgentSourceOptions;
  readonly #pool: Pool;

  constructor(options: AgentSourceOptions) {
    this.#options = options;
    const milliseconds = options.timeoutSeconds * 1000;
    this.#pool = new Pool(new URL(options.url).origin, {
      connections: 2,
      connectTimeout: Math.min(milliseconds, 10_000),
      ...(options.tls === undefined ? {} : { connect: tlsConnectOptions(options.tls) }),
      keepAliveTimeout: 60_000,
    });
  }

  async describe(): Promise<SourceDescription> {
    const agent = await this.#json(paths.agent, agentSchema);
    if (agent.protocol !== protocolVersion) {
      throw new GuaritaError('page-invalid', `The agent speaks version ${agent.protocol} of the protocol.`);
    }
    const { views, broken } = await this.#json(paths.views, viewsSchema);
    return { databaseClock: agent.databaseClock, views, broken: broken.map(brokenView) };
  }

  async page(view: string, request: PageRequest): Promise<Page> {
    const query = new URLSearchParams();
    if (request.after !== null) query.set('after', request.after);
    if (request.until !== null) query.set('until', request.until);
    if (request.limit !== undefined) query.set('limit', String(request.limit));
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    const target = `${viewPath('rows', view)}${search}`;
    const response = await this.#ask(target, { view, signal: request.signal });
    requireLines(response);
    const info = parsePageInfo(response.headers[pageHeaderName]);
    const lines = await openBody(response, this.#options.maxBytes);
    return { ...info, lines };
  }

  async digests(view: string, { buckets, signal }: DigestsRequest): Promise<ViewDigests> {
    const target = `${viewPath('digests', view)}?buckets=${buckets}`;
    const response = await this.#ask(target, {
      view,
      signal,
      timeoutSeconds: this.#scanTimeoutSeconds,
    });
    const digests = await this.#checked(response, digestsSchema, 'digests');
    if (digests.counts.length !== buckets || digests.digests.length !== buckets) {
      throw new GuaritaError('page-invalid', `It has not ${buckets} buckets.`);
    }
    return digests;
  }

  async list(view: string, { buckets, wanted, signal }: ListRequest): Promise<Listing> {
    const { lines, info } = await this.#lines(viewPath('digests', view), view, {
      ...{ body: bodyOf({ buckets, wanted }), signal, timeoutSeconds: this.#scanTimeoutSeconds },
    });
    const { rows, fingerprint, epoch } = info;
    return { lines, rows, fingerprint, epoch };
  }

  async lookup(view: string, { keys, signal }: LookupRequest): Promise<Lookup> {
    const isAnswer = ({ answered = 0, cut = 0 }: AnswerInfo) =>
      answered >= 1 && answered <= (cut > 0 ? 1 : keys.length);
    const { lines, info } = await this.#lines(
      viewPath('lookup', view),
      view,
      { body: bodyOf({ keys }), signal },
      isAnswer,
    );
    const { rows, fingerprint, epoch, answered = 0, cut = 0 } = info;
    return { lines, rows, fingerprint, epoch, answered, cut };
  }

  /** The grant as it stands now, and what the agent says of its keys. Not an answer about a view. */
  async renew(body: RenewalBody): Promise<RenewalMessage> {
    const response = await this.#ask(paths.renewal, { body: bodyOf(body) });
    return this.#checked(response, renewalSchema, paths.renewal);
  }

  get #scanTimeoutSeconds(): number {
    return this.#options.scanTimeoutSeconds ?? this.#options.timeoutSeconds;
  }

  async close(): Promise<void> {
    await this.#pool.destroy();
  }

  /** What a question with a body is answered with: lines, and what describes them. */
  async #lines(
    target: string,
    view: string,
    question: Question,
    isAnswer: (info: AnswerInfo) => boolean = () => true,
  ): Promise<{ lines: Buffer; info: AnswerInfo }> {
    const response = await this.#ask(target, { ...question, view });
    requireLines(response);
    const info = parseAnswerInfo(response.headers[pageHeaderName]);
    if (!isAnswer(info)) throw new GuaritaError('page-invalid', 'It does not say which keys it answers.');
    const lines = await openBody(response, this.#options.maxBytes);
    return { lines, info };
  }

  async #json<T extends TSchema>(path: string, schema: T): Promise<Static<T>> {
    const response = await this.#ask(path, {});
    return this.#checked(response, schema, path);
  }

  async #checked<T extends TSchema>(response: RawResponse, schema: T, what: string): Promise<Static<T>> {
    const value = await readJson(response, this.#options.maxBytes);
    if (!Value.Check(schema, value)) throw new GuaritaError('page-invalid', `The answer to ${what}.`);
    return value;
  }

  /** A verified answer of status 200; any other verified answer is thrown as the problem that it reports. */
  async #ask(target: string, question: Question): Promise<RawResponse> {
    const request = this.#sign(target, question.body);
    const response = await this.#send(target, request, question);
    const receipt = await verifiedReceipt(response, request, this.#options.agentKeys);
    this.#options.onReceipt?.(question.view ?? null, receipt);
    if (response.status !== 200) throw await problemOfResponse(response, this.#options.maxBytes);
    return response;
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
    const milliseconds = timeoutSeconds * 1000;
    const deadline = AbortSignal.timeout(milliseconds);
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
        headersTimeout: milliseconds,
        bodyTimeout: milliseconds,
        signal: signal === undefined ? deadline : AbortSignal.any([signal, deadline]),
      });
      const chunks: Buffer[] = [];
      let length = 0;
      for await (const chunk of answer as AsyncIterable<Buffer>) {
        length += chunk.length;
        // Leaving the loop destroys the body, and with it the connection: the rest is not read.
        if (length > this.#options.maxBytes) throw new GuaritaError('response-too-large');
        chunks.push(chunk);
      }
      return { status: statusCode, headers: singleValues(headers), body: Buffer.concat(chunks, length) };
    } catch (error) {
      throw transportError(error, deadline.aborted);
    }
  }
}

interface Question {
  /** The view that it is about. */
  readonly view?: string | undefined;
  /** JSON; without it the question is a GET. */
  readonly body?: Buffer | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Instead of the ordinary time for an answer. */
  readonly timeoutSeconds?: number | undefined;
}

function bodyOf(question: unknown): Buffer {
  return Buffer.from(JSON.stringify(question));
}

function requireLines(response: RawResponse): void {
  if (response.headers['content-type'] === rowsMediaType) return;
  throw new GuaritaError('page-invalid', 'It is not of the media type of a page.');
}

/** A problem that this version does not know is still a problem of that view. */
function brokenView({
  name,
  problem,
  detail,
}: {
  name: string;
  problem: string;
  detail: string;
}): BrokenView {
  const known = codeOfType(problemTypePrefix + problem);
  return known === undefined
    ? { name, problem: 'source-failed', detail: problem }
    : { name, problem: known, detail };
}

function singleValues(
  headers: Readonly<Record<string, string | string[] | undefined>>,
): Record<string, string> {
  const entries = Object.entries(headers).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value] as const],
  );
  return Object.fromEntries(entries);
}
