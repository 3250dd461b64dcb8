import { GuaritaError } from '../errors.ts';
import type { DatabaseAddress, Engine, EngineOptions, SessionFacts } from './engine.ts';
import { readLookup } from './reading/answer-keys.ts';
import { examineView, type ViewExamination } from './reading/examine-view.ts';
import { readDigests, readListing } from './reading/read-digests.ts';
import { readPage } from './reading/read-page.ts';
import { rereadSample } from './reading/reread-sample.ts';
import type { Steadiness, ViewSnapshot } from './reading/view-snapshot.ts';
import type { Patience } from './sessions.ts';
import type { SourceConfig } from './source-config.ts';
import type { ViewConfig } from './view-config.ts';
import type {
  DigestsRequest,
  Listing,
  ListRequest,
  Lookup,
  LookupRequest,
  Page,
  PageRequest,
  SourceDescription,
  ViewDigests,
} from './view-source.ts';

/** What every engine does alike: each question about a view is answered from one snapshot of it. */
export abstract class DatabaseSource<C extends SourceConfig = SourceConfig> implements Engine {
  protected readonly options: EngineOptions<C>;
  readonly #views: ReadonlyMap<string, ViewConfig>;
  /** Mean bytes of a line by view, learnt from page to page: how many rows to ask for. */
  readonly #lineBytes = new Map<string, number>();

  constructor(options: EngineOptions<C>) {
    this.options = options;
    this.#views = new Map(options.views.map((view) => [view.name, view]));
  }

  abstract get address(): DatabaseAddress | null;
  abstract describe(): Promise<SourceDescription>;
  abstract proveReadOnly(): Promise<readonly string[]>;
  abstract session(): Promise<SessionFacts>;
  abstract close(): Promise<void>;

  /** Work on one view in one snapshot. Throws our own errors only. */
  protected abstract read<T>(
    view: ViewConfig,
    patience: Patience,
    work: (view: ViewSnapshot) => Promise<T>,
  ): Promise<T>;

  page(name: string, request: PageRequest): Promise<Page> {
    const { signal, limit } = request;
    return untilRead(limit, (rows) =>
      this.#read(name, { signal }, (view) =>
        readPage(
          view,
          rows === undefined ? request : { ...request, limit: rows },
          this.options.pages,
          this.#lineBytes,
        ),
      ),
    );
  }

  digests(name: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#read(name, this.#scanning(request), (view) =>
      readDigests(view.description, request, view.scan),
    );
  }

  list(name: string, request: ListRequest): Promise<Listing> {
    const { bytes } = this.options.pages;
    return this.#read(name, this.#scanning(request), (view) =>
      readListing(view.description, request, bytes, view.scan),
    );
  }

  lookup(name: string, request: LookupRequest): Promise<Lookup> {
    const { bytes } = this.options.pages;
    const { signal } = request;
    return this.#read(name, { signal }, (view) =>
      readLookup(view, request, bytes, this.#lineBytes.get(name) ?? 0),
    );
  }

  examine(name: string, request: { readonly signal?: AbortSignal } = {}): Promise<ViewExamination> {
    return untilRead(undefined, (rows) =>
      this.#read(name, this.#scanning(request), (view) => examineView(view, rows)),
    );
  }

  examineAgain(
    name: string,
    sample: Buffer,
    request: { readonly signal?: AbortSignal } = {},
  ): Promise<Steadiness> {
    return this.#read(name, this.#scanning(request), (view) => rereadSample(view, sample));
  }

  /** A pass over a whole view takes as long as the view is large: millions of rows, more than any page. */
  #scanning({ signal }: { readonly signal?: AbortSignal }): Patience {
    return { signal, timeoutSeconds: this.options.source.scanTimeoutSeconds };
  }

  async #read<T>(name: string, patience: Patience, work: (view: ViewSnapshot) => Promise<T>): Promise<T> {
    const config = this.#views.get(name);
    if (config === undefined) throw new GuaritaError('view-unknown', `Visão "${name}".`);
    return this.read(config, patience, work);
  }
}

/**
 * Reads, and reads anew where the snapshot was lost for what was refused: then `read` gives how many rows it took, and of
 * so many none is refused. Throws `source-failed` for a database that gives more than it is asked for.
 */
async function untilRead<T>(
  limit: number | undefined,
  read: (rows: number | undefined) => Promise<T | number>,
): Promise<T> {
  const found = await read(limit);
  if (typeof found !== 'number') return found;
  if (found < (limit ?? Number.POSITIVE_INFINITY)) return untilRead(found, read);
  throw new GuaritaError('source-failed', 'O banco dá mais linhas do que se pede.');
}
