import { hash } from 'node:crypto';
import { asGuaritaError } from '../../shared/errors.ts';
import type { Journal } from '../../shared/journal/journal.ts';
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

/** What was asked. */
interface Question {
  readonly question: 'describe' | 'page' | 'digests' | 'list' | 'lookup';
  /** Null for one about no view. */
  readonly view: string | null;
  /** What else was said; of cursors and keys, which are of people, a digest alone is kept. */
  readonly request: object;
}

/**
 * A source that nobody else keeps a journal of: what was asked of it, and what came, is written down before the answer
 * is handed on, an observation in the place of a receipt. It holds digests and counts, never a value of a row.
 */
export class ObservedSource implements ViewSource {
  readonly #source: ViewSource;
  readonly #journal: Pick<Journal, 'event'>;
  readonly #withheld: readonly BrokenView[];

  /** @param withheld views that the source is not asked for, told beside those that it cannot read */
  constructor(source: ViewSource, journal: Pick<Journal, 'event'>, withheld: readonly BrokenView[]) {
    this.#source = source;
    this.#journal = journal;
    this.#withheld = withheld;
  }

  describe(): Promise<SourceDescription> {
    return this.#observed(
      { question: 'describe', view: null, request: {} },
      async () => {
        const told = await this.#source.describe();
        return { ...told, broken: [...told.broken, ...this.#withheld] };
      },
      ({ databaseClock, views, broken }) => ({ databaseClock, views: views.length, broken: broken.length }),
    );
  }

  page(view: string, request: PageRequest): Promise<Page> {
    return this.#observed(
      { question: 'page', view, request },
      () => this.#source.page(view, request),
      ({ complete, ...page }) => ({ ...factsOfLines(page), complete }),
    );
  }

  digests(view: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#observed(
      { question: 'digests', view, request },
      () => this.#source.digests(view, request),
      ({ counts, digests, ...state }) => ({
        ...factsOfState(state),
        rows: counts.reduce((sum, each) => sum + each, 0),
        digest: digestOf(JSON.stringify([counts, digests])),
      }),
    );
  }

  list(view: string, request: ListRequest): Promise<Listing> {
    return this.#observed(
      { question: 'list', view, request },
      () => this.#source.list(view, request),
      factsOfLines,
    );
  }

  lookup(view: string, request: LookupRequest): Promise<Lookup> {
    return this.#observed(
      { question: 'lookup', view, request },
      () => this.#source.lookup(view, request),
      factsOfLines,
    );
  }

  close(): Promise<void> {
    return this.#source.close();
  }

  async #observed<T>(
    { question, view, request }: Question,
    ask: () => Promise<T>,
    facts: (answer: T) => object,
  ): Promise<T> {
    const { signal: _, ...said } = request as { readonly signal?: AbortSignal };
    const asked = { event: 'observed', question, view, asked: digestOf(JSON.stringify(said)) };
    let answer: T;
    try {
      answer = await ask();
    } catch (error) {
      this.#journal.event({ ...asked, problem: asGuaritaError(error).code });
      throw error;
    }
    this.#journal.event({ ...asked, ...facts(answer) });
    return answer;
  }
}

interface State {
  readonly fingerprint: string;
  readonly epoch: string;
}

function factsOfState({ fingerprint, epoch }: State): State {
  return { fingerprint, epoch };
}

function factsOfLines({ lines, rows, ...state }: State & { readonly lines: Buffer; readonly rows: number }) {
  return { ...factsOfState(state), rows, bytes: lines.length, digest: digestOf(lines) };
}

/** SHA-256, base64url. */
function digestOf(bytes: string | Buffer): string {
  return hash('sha256', bytes, 'base64url');
}
