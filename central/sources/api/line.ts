import { GuaritaError } from '../../../shared/errors.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import type { Pause } from '../../../shared/pause.ts';
import type { ApiConfig } from './api-schema.ts';
import { type Credentials, openCredentials } from './credentials.ts';
import { retryAfterSeconds } from './retry-after.ts';
import { type ApiAnswer, ApiTransport } from './transport.ts';

export interface ApiLineOptions {
  readonly api: ApiConfig;
  readonly environment: Environment;
  /** What lets time pass between requests and before another attempt. */
  readonly pause: Pause;
  readonly now?: () => number;
}

export interface ApiQuestion {
  readonly headers?: Readonly<Record<string, string>>;
  /** With it the question is a POST. */
  readonly body?: string;
  readonly signal?: AbortSignal | undefined;
  /** Statuses that are an answer, besides 200. */
  readonly statuses?: readonly number[];
}

/** Attempts of one request that fails in a way that may pass. */
const mostAttempts = 5;
/** Longer than this nobody waits within a listing: it is begun anew later. */
const longestWaitSeconds = 300;

/**
 * The line to a state's API: at the rate that was agreed, with credentials that are asked for anew at each attempt, and
 * again where what failed may pass. Nothing but the declared server is ever asked: no redirection is followed.
 */
export class ApiLine {
  readonly #pause: Pause;
  readonly #now: () => number;
  readonly #transport: ApiTransport;
  readonly #credentials: Credentials;
  readonly #interval: number;
  #free = 0;
  #requests = 0;

  /** Throws `secret-missing` and `option-invalid`. */
  constructor({ api, environment, pause, now = Date.now }: ApiLineOptions) {
    this.#pause = pause;
    this.#now = now;
    this.#interval = 60_000 / api.rate.perMinute;
    this.#transport = new ApiTransport(api, environment);
    this.#credentials = openCredentials(api.auth, { environment, fetch: this.#transport.fetch, now });
  }

  /** Requests that were sent to the API, those for tokens apart. */
  get requests(): number {
    return this.#requests;
  }

  /** Throws `api-unreachable`, `api-untrusted`, `api-login-refused`, `api-throttled`, `api-refused`, `api-redirected`, `api-answer-too-large`. */
  async ask(url: URL, { headers = {}, body, signal, statuses = [] }: ApiQuestion = {}): Promise<ApiAnswer> {
    let isRenewed = false;
    for (let attempt = 1; ; attempt += 1) {
      const isLast = attempt === mostAttempts;
      await this.#turn(signal);
      const sent = { ...headers, ...(await this.#credentials.headers()) };
      const answer = await this.#attempt(
        url,
        { headers: sent, ...(body === undefined ? {} : { body }), signal },
        isLast,
      );
      if (answer !== null) {
        const { status } = answer;
        if (status === 200 || statuses.includes(status)) return answer;
        if (status === 401 && !isRenewed && this.#credentials.renew()) isRenewed = true;
        else this.#judge(answer, isLast);
      }
      await this.#wait(waitOf(answer, attempt, this.#now()), signal);
    }
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** Null where the API could not be reached, and may be asked again. */
  async #attempt(
    url: URL,
    request: Parameters<ApiTransport['send']>[1],
    isLast: boolean,
  ): Promise<ApiAnswer | null> {
    this.#requests += 1;
    try {
      return await this.#transport.send(url, request);
    } catch (error) {
      if (isLast || !(error instanceof GuaritaError) || error.code !== 'api-unreachable') throw error;
      return null;
    }
  }

  /** Throws what an answer of another status means, where it is not to be asked again. */
  #judge(answer: ApiAnswer, isLast: boolean): void {
    const { status } = answer;
    const detail = `HTTP ${status}.`;
    if (status >= 300 && status < 400) throw new GuaritaError('api-redirected', detail);
    if (status === 401 || status === 403) throw new GuaritaError('api-login-refused', detail);
    const isPassing = status === 429 || status === 502 || status === 503 || status === 504;
    if (!isPassing) throw new GuaritaError('api-refused', detail);
    const seconds = retryAfterSeconds(answer.headers['retry-after'], this.#now());
    if (!isLast && (seconds ?? 0) <= longestWaitSeconds) return;
    const details = seconds === null ? {} : { retryAfterSeconds: seconds };
    throw new GuaritaError(status === 429 ? 'api-throttled' : 'api-refused', detail, details);
  }

  /** Waits for the next request to be due: they are spread evenly, so that a minute never has more than its own. */
  async #turn(signal: AbortSignal | undefined): Promise<void> {
    const begin = Math.max(this.#free, this.#now());
    this.#free = begin + this.#interval;
    await this.#wait(begin - this.#now(), signal);
  }

  async #wait(milliseconds: number, signal = new AbortController().signal): Promise<void> {
    if (milliseconds > 0) await this.#pause(milliseconds, signal);
    signal.throwIfAborted();
  }
}

/** What the API asks for, or twice as long as before; at once for credentials that are new. */
function waitOf(answer: ApiAnswer | null, attempt: number, now: number): number {
  if (answer?.status === 401) return 0;
  const asked = retryAfterSeconds(answer?.headers['retry-after'], now);
  return (asked ?? 2 ** (attempt - 1)) * 1000;
}
