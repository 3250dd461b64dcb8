import type { Static, TSchema } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { codeOfType, type ProblemCode, problemTypePrefix } from '../../shared/problems/catalogue.ts';
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
  parseDigests,
  parsePageInfo,
  rowsMediaType,
} from '../../shared/protocol/page-header.ts';
import { pathsOf, viewPath } from '../../shared/protocol/paths.ts';
import type { ProtocolVersion } from '../../shared/protocol/version.ts';
import { agentSchemaOf1 } from '../../shared/protocol/version-1.ts';
import type {
  BrokenView,
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageProof,
  PageRequest,
  SourceDescription,
  ViewDigests,
  ViewSource,
} from '../../shared/sources/view-source.ts';
import { AgentLine, type AgentLineOptions, type Question, type SignedAnswer } from './agent-line.ts';
import { Negotiation } from './negotiation.ts';
import { openBody, problemOfResponse, type RawResponse, readJson } from './responses.ts';

export interface AgentSourceOptions extends AgentLineOptions {
  /** Until digests and listings begin, for which the agent reads a whole view; without it, no longer than others. */
  readonly scanTimeoutSeconds?: number;
}

/**
 * A `guarita-agent` as a ViewSource (rule 2 of the work plan), in whichever version of the protocol it speaks. Every
 * request is signed; of an answer, nothing is parsed or expanded before digest, signature and binding to the request
 * have been verified.
 */
export class AgentSource implements ViewSource {
  readonly #options: AgentSourceOptions;
  readonly #line: AgentLine;
  readonly #negotiation = new Negotiation();

  constructor(options: AgentSourceOptions) {
    this.#options = options;
    this.#line = new AgentLine(options);
  }

  async describe(): Promise<SourceDescription> {
    const answer = await this.#ask((version) => pathsOf(version).agent, { signal: this.#soon() });
    const agent = await this.#checked(answer, agentSchemas[answer.version], 'agent');
    if (agent.protocol !== answer.version) {
      throw new GuaritaError('page-invalid', `É da versão ${agent.protocol} do protocolo.`);
    }
    const views = await this.#ask((version) => pathsOf(version).views, { signal: this.#soon() });
    const described = await this.#checked(views, viewsSchema, 'views');
    return {
      databaseClock: agent.databaseClock,
      // Version 1 tells nothing of it.
      behindSeconds: 'behindSeconds' in agent ? agent.behindSeconds : 0,
      views: described.views,
      broken: described.broken.map(brokenView),
    };
  }

  async page(view: string, request: PageRequest): Promise<Page> {
    const query = new URLSearchParams();
    if (request.after !== null) query.set('after', request.after);
    if (request.until !== null) query.set('until', request.until);
    if (request.limit !== undefined) query.set('limit', String(request.limit));
    const search = query.size === 0 ? '' : `?${query.toString()}`;
    const target: Target = (version) => `${viewPath('rows', view, version)}${search}`;
    const response = await this.#ask(target, { view, signal: request.signal });
    requireLines(response);
    const info = parsePageInfo(response.headers[pageHeaderName]);
    const proof = proofOf(response);
    const lines = await openBody(response, this.#options.maxBytes);
    return { ...info, lines, proof };
  }

  async digests(view: string, { buckets, signal }: DigestsRequest): Promise<ViewDigests> {
    const target: Target = (version) => `${viewPath('digests', view, version)}?buckets=${buckets}`;
    const response = await this.#ask(target, {
      view,
      signal,
      timeoutSeconds: this.#scanTimeoutSeconds,
    });
    const digests = await this.#checked(response, digestsSchema, 'digests');
    if (digests.counts.length !== buckets || digests.digests.length !== buckets) {
      throw new GuaritaError('page-invalid', `Não tem ${buckets} partes.`);
    }
    return digests;
  }

  async list(view: string, { buckets, wanted, signal }: ListRequest): Promise<Listing> {
    const { lines, info } = await this.#lines('digests', view, {
      ...{ body: bodyOf({ buckets, wanted }), signal, timeoutSeconds: this.#scanTimeoutSeconds },
    });
    const { rows, fingerprint, epoch } = info;
    return { lines, rows, fingerprint, epoch };
  }

  async lookup(view: string, { keys, signal }: LookupRequest): Promise<Lookup> {
    const isAnswer = ({ answered = 0, cut = 0 }: AnswerInfo) =>
      answered >= 1 && answered <= (cut > 0 ? 1 : keys.length);
    const question = { body: bodyOf({ keys }), signal };
    const { lines, info, answer } = await this.#lines('lookup', view, question, isAnswer);
    const { rows, fingerprint, epoch, answered = 0, cut = 0 } = info;
    return { lines, rows, fingerprint, epoch, answered, cut, proof: proofOf(answer) };
  }

  /**
   * The grant as it stands now, and what the agent says of its keys. Not an answer about a view. A grant that is past
   * its dates is good for this, where the agent speaks the version that is asked in: of a path that it does not know,
   * it says that the grant has expired.
   */
  async renew(body: RenewalBody): Promise<RenewalMessage> {
    const target: Target = (version) => pathsOf(version).renewal;
    const response = await this.#ask(target, { body: bodyOf(body), signal: this.#soon() }, 'grant-expired');
    return this.#checked(response, renewalSchema, 'renewal');
  }

  /** What is a few kilobytes on any line, and what nobody can stop, has a deadline for the whole of it. */
  #soon(): AbortSignal {
    return AbortSignal.timeout(this.#options.timeoutSeconds * 1000);
  }

  get #scanTimeoutSeconds(): number {
    return this.#options.scanTimeoutSeconds ?? this.#options.timeoutSeconds;
  }

  async close(): Promise<void> {
    await this.#line.close();
  }

  /** What a question with a body is answered with: lines, and what describes them. */
  async #lines(
    resource: 'digests' | 'lookup',
    view: string,
    question: Question,
    isAnswer: (info: AnswerInfo) => boolean = () => true,
  ): Promise<{ lines: Buffer; info: AnswerInfo; answer: Answer }> {
    const target: Target = (version) => viewPath(resource, view, version);
    const answer = await this.#ask(target, { ...question, view });
    requireLines(answer);
    const info = parseAnswerInfo(answer.headers[pageHeaderName]);
    if (!isAnswer(info)) throw new GuaritaError('page-invalid', 'Não diz a quais chaves responde.');
    const lines = await openBody(answer, this.#options.maxBytes);
    return { lines, info, answer };
  }

  async #checked<T extends TSchema>(response: RawResponse, schema: T, what: string): Promise<Static<T>> {
    const value = await readJson(response, this.#options.maxBytes);
    if (!Value.Check(schema, value)) throw new GuaritaError('page-invalid', `A resposta a ${what}.`);
    return value;
  }

  /** A verified answer of status 200; any other verified answer is thrown as the problem that it reports. */
  #ask(target: Target, question: Question, doubted?: ProblemCode): Promise<Answer> {
    return this.#negotiation.ask(async (version) => {
      const response = await this.#line.ask(target(version), question);
      if (response.status !== 200) throw await problemOfResponse(response, this.#options.maxBytes);
      return { ...response, version };
    }, doubted);
  }
}

/** Where something is asked for, by the version of the protocol. */
type Target = (version: ProtocolVersion) => string;

/** An answer, and the version that it was asked in. */
interface Answer extends SignedAnswer {
  readonly version: ProtocolVersion;
}

const agentSchemas = { 1: agentSchemaOf1, 2: agentSchema } as const;

function bodyOf(question: unknown): Buffer {
  return Buffer.from(JSON.stringify(question));
}

function requireLines(response: RawResponse): void {
  if (response.headers['content-type'] === rowsMediaType) return;
  throw new GuaritaError('page-invalid', 'Não é do tipo de mídia de uma página.');
}

/** What shows later that the agent gave the rows of this answer. Throws `page-invalid` where it must say, and does not. */
function proofOf({ receipt, headers, version }: Answer): PageProof {
  return { ...receipt, digests: version === 1 ? null : parseDigests(headers[pageHeaderName]) };
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
