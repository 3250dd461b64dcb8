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
  ViewSource,
} from '../../shared/sources/view-source.ts';

/** A source that holds its pages back until it is told to let them go, so that a test can do things meanwhile. */
export class GatedSource implements ViewSource {
  /** Resolves once a page is held back. */
  readonly held: Promise<void>;
  readonly #source: ViewSource;
  readonly #open = Promise.withResolvers<void>();
  readonly #held = Promise.withResolvers<void>();

  constructor(source: ViewSource) {
    this.#source = source;
    this.held = this.#held.promise;
  }

  release(): void {
    this.#open.resolve();
  }

  describe(): Promise<SourceDescription> {
    return this.#source.describe();
  }

  async page(view: string, request: PageRequest): Promise<Page> {
    this.#held.resolve();
    await this.#open.promise;
    return this.#source.page(view, request);
  }

  digests(view: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#source.digests(view, request);
  }

  list(view: string, request: ListRequest): Promise<Listing> {
    return this.#source.list(view, request);
  }

  lookup(view: string, request: LookupRequest): Promise<Lookup> {
    return this.#source.lookup(view, request);
  }

  close(): Promise<void> {
    return this.#source.close();
  }
}
