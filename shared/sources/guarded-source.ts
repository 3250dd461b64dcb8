import { asGuaritaError, GuaritaError } from '../errors.ts';
import type { Logger } from '../log.ts';
import type { Engine, SessionFacts } from './engine.ts';
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
} from './view-source.ts';

export interface GuardedSourceOptions {
  /** Opens the engine; nothing is connected to before it is asked something. */
  readonly open: () => Promise<Engine>;
  readonly allowWritable: boolean;
  readonly log: Logger;
  /**
   * Throws while nothing may be read: the database is then not even opened, and let go of when it is open. Told the view
   * that is asked for, null where it is none.
   */
  readonly requireAgreement: (view: string | null) => void;
  /** Throws for a session in which nothing may be read; asked before the proof. */
  readonly requireSession?: (session: SessionFacts) => void;
}

/**
 * The state database behind its read-only proof (invariant 1) and the agreement (invariant 6): nothing is read before
 * the proof holds, and a database that went away has to be proved anew when it comes back.
 */
export class GuardedSource implements ViewSource {
  readonly #options: GuardedSourceOptions;
  #engine: Promise<Engine> | null = null;
  #proof: Promise<void> | null = null;

  constructor(options: GuardedSourceOptions) {
    this.#options = options;
  }

  describe(): Promise<SourceDescription> {
    return this.#guarded(null, (engine) => engine.describe());
  }

  page(view: string, request: PageRequest): Promise<Page> {
    return this.#guarded(view, (engine) => engine.page(view, request));
  }

  digests(view: string, request: DigestsRequest): Promise<ViewDigests> {
    return this.#guarded(view, (engine) => engine.digests(view, request));
  }

  list(view: string, request: ListRequest): Promise<Listing> {
    return this.#guarded(view, (engine) => engine.list(view, request));
  }

  lookup(view: string, request: LookupRequest): Promise<Lookup> {
    return this.#guarded(view, (engine) => engine.lookup(view, request));
  }

  async close(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#proof = null;
    // One that could not be opened was told to who asked for it, and has nothing to close.
    await (await engine?.catch(() => null))?.close();
  }

  /** Lets go of the database when nothing may be read any more. Never rejects: nobody need wait for it. */
  async closeUnlessAgreed(): Promise<void> {
    try {
      this.#options.requireAgreement(null);
    } catch {
      await this.close().catch((error: unknown) => {
        this.#options.log.warn({ err: asGuaritaError(error) }, 'the database could not be let go of');
      });
    }
  }

  async #guarded<T>(view: string | null, work: (engine: Engine) => Promise<T>): Promise<T> {
    this.#options.requireAgreement(view);
    const engine = await this.#opened();
    await this.#proven(engine);
    try {
      return await work(engine);
    } catch (error) {
      if (error instanceof GuaritaError && doubtful.has(error.code)) this.#proof = null;
      throw error;
    }
  }

  /** One that could not be opened is opened anew for the next question: what it wanted may be there by then. */
  async #opened(): Promise<Engine> {
    this.#engine ??= this.#options.open();
    const opening = this.#engine;
    try {
      return await opening;
    } catch (error) {
      if (this.#engine === opening) this.#engine = null;
      throw error;
    }
  }

  /** What could not be proved once is tried anew with the next question. */
  async #proven(engine: Engine): Promise<void> {
    this.#proof ??= this.#prove(engine);
    const proving = this.#proof;
    try {
      await proving;
    } catch (error) {
      if (this.#proof === proving) this.#proof = null;
      throw error;
    }
  }

  async #prove(engine: Engine): Promise<void> {
    const { allowWritable, log, requireSession } = this.#options;
    if (requireSession !== undefined) requireSession(await engine.session());
    const reasons = await engine.proveReadOnly();
    if (reasons.length === 0) return;
    if (!allowWritable) throw new GuaritaError('source-writable', `${reasons.join('; ')}.`);
    log.warn({ reasons }, 'the database user can write; served all the same, as allowWritableUser says');
  }
}

/** After these the proof says nothing any more: privileges may have changed, or the database itself. */
const doubtful: ReadonlySet<string> = new Set([
  'source-unavailable',
  'source-login-refused',
  'source-writable',
  'source-failed',
  'view-failing',
  'source-timeout',
  'view-missing',
]);
