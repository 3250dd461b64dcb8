import type { Page, PageRequest, SourceDescription, ViewSource } from '../../shared/sources/view-source.ts';

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

  close(): Promise<void> {
    return this.#source.close();
  }
}
