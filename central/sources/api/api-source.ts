import { GuaritaError } from '../../../shared/errors.ts';
import type { Environment } from '../../../shared/options/environment.ts';
import type { Pause } from '../../../shared/pause.ts';
import { openEngine } from '../../../shared/sources/registry.ts';
import { sourceError } from '../../../shared/sources/source-error.ts';
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
} from '../../../shared/sources/view-source.ts';
import type { ApiDeclaration } from './declaration.ts';
import { ApiLine } from './line.ts';
import { Mirror } from './mirror.ts';
import { mirrorOptions } from './mirror-options.ts';
import { refresh } from './refresh.ts';
import type { ApiView } from './view-schema.ts';

export interface ApiSourceOptions {
  readonly declaration: ApiDeclaration;
  /** The SQLite file in which what the API listed is kept; it is this source's alone. */
  readonly file: string;
  readonly environment: Environment;
  readonly pause: Pause;
  readonly now?: () => number;
}

/** For so long a listing answers what begins after it: a cycle and a reconciliation of one run list once. */
const freshMilliseconds = 15 * 60_000;

/**
 * A state's own API as a ViewSource (rules 3 and 4 of the work plan): it is listed into a mirror, which the SQLite
 * engine reads. A cycle begins with a listing, of what changed where the API can tell; a comparison of the whole view
 * with one of everything. Digests and lookups speak of what was listed.
 */
export class ApiSource implements ViewSource {
  readonly #options: ApiSourceOptions;
  readonly #line: ApiLine;
  readonly #mirror: Mirror;
  readonly #engine: Promise<ViewSource>;
  readonly #now: () => number;
  /** Listings under way, by view: who needs one meanwhile waits for it. */
  readonly #underWay = new Map<string, Promise<void>>();

  /** Throws `secret-missing`, `option-invalid`, `state-unwritable`; connects to nothing. */
  constructor(options: ApiSourceOptions) {
    const { declaration, file, environment, pause, now = Date.now } = options;
    this.#options = options;
    this.#now = now;
    this.#line = new ApiLine({ api: declaration.api, environment, pause, now });
    this.#mirror = new Mirror(file);
    for (const view of declaration.views) this.#mirror.prepare(view);
    this.#engine = openEngine(mirrorOptions(file, declaration.views));
  }

  /** Of the declaration: the API is not asked. */
  async describe(): Promise<SourceDescription> {
    return (await this.#engine).describe();
  }

  async page(view: string, request: PageRequest): Promise<Page> {
    await this.#list(view, { isBegin: request.until === null, isWhole: false, signal: request.signal });
    return (await this.#engine).page(view, request);
  }

  /** Throws `api-incomplete` where the listing says itself that it is not of everything. */
  async digests(view: string, request: DigestsRequest): Promise<ViewDigests> {
    await this.#list(view, { isBegin: true, isWhole: true, signal: request.signal });
    return (await this.#engine).digests(view, request);
  }

  async list(view: string, request: ListRequest): Promise<Listing> {
    await this.#list(view, { isBegin: false, isWhole: true, signal: request.signal });
    return (await this.#engine).list(view, request);
  }

  async lookup(view: string, request: LookupRequest): Promise<Lookup> {
    await this.#list(view, { isBegin: false, isWhole: true, signal: request.signal });
    return (await this.#engine).lookup(view, request);
  }

  async close(): Promise<void> {
    await this.#line.close();
    await Promise.allSettled(this.#underWay.values());
    await (await this.#engine).close();
    this.#mirror.close();
  }

  /** Lists a view where what is known of it does not answer the question; without a whole listing nothing is answered. */
  async #list(
    name: string,
    {
      isBegin,
      isWhole,
      signal,
    }: { readonly isBegin: boolean; readonly isWhole: boolean; readonly signal: AbortSignal | undefined },
  ): Promise<void> {
    const view = this.#options.declaration.views.find((each) => each.name === name);
    if (view === undefined) throw new GuaritaError('view-unknown', `Visão "${name}".`);
    await this.#underWay.get(name)?.catch(() => undefined);
    const { began, whole } = this.#mirror.last(name);
    const last = isWhole || whole === null ? whole : began;
    const isFresh = last !== null && this.#now() - last < freshMilliseconds;
    if (whole !== null && (!isBegin || isFresh)) return;
    // What changed is asked for only where everything is known from before.
    const since = isWhole || whole === null ? null : began;
    await this.#refresh(view, since, { signal, isWhole: isWhole || whole === null });
  }

  async #refresh(
    view: ApiView,
    since: number | null,
    { signal, isWhole }: { readonly signal: AbortSignal | undefined; readonly isWhole: boolean },
  ): Promise<void> {
    const { api } = this.#options.declaration;
    const work = refresh({ line: this.#line, api, mirror: this.#mirror, now: this.#now }, view, {
      since,
      isWhole,
      signal,
    });
    this.#underWay.set(view.name, work);
    try {
      await work;
    } catch (error) {
      throw sourceError(error, (other) => new GuaritaError('internal', '', { cause: other }));
    } finally {
      this.#underWay.delete(view.name);
    }
  }
}
