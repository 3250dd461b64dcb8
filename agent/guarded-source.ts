import { GuaritaError } from '../shared/errors.ts';
import type { Logger } from '../shared/log.ts';
import type { Engine } from '../shared/sources/engine.ts';
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
} from '../shared/sources/view-source.ts';

/**
 * The state database behind its read-only proof (invariant 1): nothing is read before the proof holds, and a
 * database that went away has to be proved anew when it comes back.
 */
export class GuardedSource implements ViewSource {
  readonly #engine: Engine;
  readonly #allowWritable: boolean;
  readonly #log: Logger;
  #proof: Promise<void> | null = null;

  constructor(engine: Engine, options: { allowWritable: boolean; log: Logger }) {
    this.#engine = engine;
    this.#allowWritable = options.allowWritable;
    this.#log = options.log;
  }

  describe(): Promise<SourceDescription> {
    return this.#guarded(() => this.#engine.describe());
  }

  page(view: string, request: PageRequest): Promise<Page> {
    return this.#guarded(() => this.#engine.page(view, request));
  }

  digests(view: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#guarded(() => this.#engine.digests(view, request));
  }

  list(view: string, request: ListRequest): Promise<Listing> {
    return this.#guarded(() => this.#engine.list(view, request));
  }

  lookup(view: string, request: LookupRequest): Promise<Lookup> {
    return this.#guarded(() => this.#engine.lookup(view, request));
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    this.#proof ??= this.#prove();
    try {
      await this.#proof;
      return await work();
    } catch (error) {
      if (error instanceof GuaritaError && doubtful.has(error.code)) this.#proof = null;
      throw error;
    }
  }

  async #prove(): Promise<void> {
    const reasons = await this.#engine.proveReadOnly();
    if (reasons.length === 0) return;
    if (!this.#allowWritable) throw new GuaritaError('source-writable', `${reasons.join('; ')}.`);
    this.#log.warn(
      { reasons },
      'the database user can write; served all the same, as allowWritableUser says',
    );
  }
}

/** After these the proof says nothing any more: privileges may have changed, or the database itself. */
const doubtful: ReadonlySet<string> = new Set([
  'source-unavailable',
  'source-login-refused',
  'source-writable',
  'source-failed',
  'source-timeout',
  'view-missing',
]);
