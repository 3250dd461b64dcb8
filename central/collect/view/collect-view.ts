import { asGuaritaError, GuaritaError } from '../../../shared/errors.ts';
import type { Page, ViewSource } from '../../../shared/sources/view-source.ts';
import type { Base } from '../../base/base.ts';
import { loadPage } from '../../base/source-layer/load-page.ts';
import { readLoads, type ViewTarget } from '../../base/source-layer/source-schema.ts';
import { backoffSeconds, pause, type Pause } from '../backoff.ts';
import { requireSame } from './look-up.ts';
import type { RemovalAllowance } from './removal-allowance.ts';
import { noCounts, type ViewCounts } from '../../state/runs.ts';
import {
  type Command,
  type Outcome,
  type RunEvent,
  type RunState,
  startRun,
  step,
  type Trouble,
} from './view-run.ts';

export interface CollectViewOptions {
  readonly source: ViewSource;
  readonly base: Base;
  readonly target: ViewTarget;
  /** Cursor to go on from; null reads the view from its start. */
  readonly cursor: string | null;
  readonly run: number;
  readonly allowance: RemovalAllowance;
  readonly maxRowBytes: number;
  /**
   * Keeps the cursor of a page that the base has committed. `loads` counts the pages ever loaded into the view,
   * `complete` says that the cursor begins a new cycle.
   */
  readonly checkpoint: (cursor: string, loads: number, complete: boolean) => void;
  /** False for a cycle beside the daily ones, to read everything once: no cursor moves, neither here nor in the base. */
  readonly movesCursor: boolean;
  readonly onProgress: (counts: ViewCounts) => void;
  /** Each error as it happens, also those that are tried again. */
  readonly onTrouble: (error: GuaritaError) => void;
  readonly stop: AbortSignal;
  readonly pause?: Pause;
}

export interface CollectViewResult {
  readonly outcome: Outcome;
  readonly counts: ViewCounts;
  /** The error that ended the run, when one did. */
  readonly error: GuaritaError | null;
}

/** Runs one cycle of a view: feeds the state machine with what happens, and does what it commands. */
export function collectView(options: CollectViewOptions): Promise<CollectViewResult> {
  return new ViewLoop(options).run();
}

class ViewLoop {
  readonly #options: CollectViewOptions;
  readonly #started = performance.now();
  #events: RunEvent<Page>[] = [{ name: 'begin' }];
  #wake: () => void = () => undefined;
  #state: RunState<Page>;
  #loads: number;
  /** A load failed, perhaps only on its way back: how many pages the base has is asked before the next one. */
  #loadsInDoubt = false;
  #counts = noCounts;
  #fetch = new AbortController();
  readonly #waits = new AbortController();
  #error: GuaritaError | null = null;

  constructor(options: CollectViewOptions) {
    this.#options = options;
    this.#state = startRun(options.cursor);
    this.#loads = options.target.loads;
  }

  async run(): Promise<CollectViewResult> {
    const { stop } = this.#options;
    const onStop = () => this.#send({ name: 'stop' });
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop);
    try {
      while (this.#state.name !== 'ended') {
        const event = this.#events.shift();
        if (event === undefined) await this.#nextEvent();
        else this.#advance(event);
      }
      return { outcome: this.#state.outcome, counts: this.#countsNow(), error: this.#error };
    } finally {
      stop.removeEventListener('abort', onStop);
      this.#fetch.abort();
      this.#waits.abort();
    }
  }

  #advance(event: RunEvent<Page>): void {
    const { state, commands } = step(this.#state, event);
    this.#state = state;
    for (const command of commands) this.#perform(command);
  }

  #send(event: RunEvent<Page>): void {
    this.#events.push(event);
    this.#wake();
  }

  #nextEvent(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  /** Starts what was commanded; how it ends comes back as an event. */
  #perform(command: Command<Page>): void {
    switch (command.do) {
      case 'fetch':
        void this.#fetchPage(command.after, command.until);
        break;
      case 'load':
        void this.#load(command.page);
        break;
      case 'wait':
        void this.#wait(command.failures, command.atLeastSeconds);
        break;
      case 'abandon-fetch':
        this.#abandonFetch();
        break;
    }
  }

  async #fetchPage(after: string | null, until: string | null): Promise<void> {
    this.#fetch = new AbortController();
    const { signal } = this.#fetch;
    const { source, target } = this.#options;
    try {
      if (this.#loadsInDoubt) await this.#settleLoads();
      const page = await source.page(target.view.name, { after, until, signal });
      if (signal.aborted) return;
      requireSame(page, target);
      if (page.rows === 0 && !page.complete)
        throw new GuaritaError('page-invalid', 'It is empty but not the last.');
      this.#send({ name: 'fetched', page });
    } catch (error) {
      if (!signal.aborted) this.#send({ name: 'fetch-failed', trouble: this.#trouble(error) });
    }
  }

  /** How the fetch ended may be waiting for its turn already: that is not to reach the machine either. */
  #abandonFetch(): void {
    this.#fetch.abort();
    this.#events = this.#events.filter(({ name }) => name !== 'fetched' && name !== 'fetch-failed');
  }

  /** Never down: a base that has fewer than this run committed was restored, and must refuse the next page. */
  async #settleLoads(): Promise<void> {
    this.#loads = Math.max(this.#loads, await readLoads(this.#options.base, this.#options.target));
    this.#loadsInDoubt = false;
  }

  /** Invariant 5: first the base commits, then the checkpoint is written, then the machine is told. */
  async #load(page: Page): Promise<void> {
    const { base, target, run, allowance, maxRowBytes, movesCursor, onProgress } = this.#options;
    try {
      const result = await loadPage(base, target, page, {
        ...{ run, maxRowBytes, expectedLoads: this.#loads, mostRemoved: allowance.left },
        cursor: movesCursor ? { next: page.next, complete: page.complete } : null,
        wholeKeys: false,
      });
      this.#loads = result.loads;
      allowance.spend(result.removed);
      if (movesCursor) this.#options.checkpoint(page.next, result.loads, page.complete);
      this.#counts = {
        ...this.#counts,
        rows: this.#counts.rows + page.rows,
        new: this.#counts.new + result.new,
        changed: this.#counts.changed + result.changed,
        unchanged: this.#counts.unchanged + result.unchanged,
        removed: this.#counts.removed + result.removed,
        quarantined: this.#counts.quarantined + result.quarantined,
      };
      onProgress(this.#countsNow());
      this.#send({ name: 'loaded' });
    } catch (error) {
      this.#loadsInDoubt = true;
      this.#send({ name: 'load-failed', trouble: this.#trouble(error) });
    }
  }

  async #wait(failures: number, atLeastSeconds: number): Promise<void> {
    const seconds = backoffSeconds(failures, atLeastSeconds, Math.random());
    await (this.#options.pause ?? pause)(seconds * 1000, this.#waits.signal);
    if (this.#state.name === 'waiting') this.#send({ name: 'waited' });
  }

  #trouble(error: unknown): Trouble {
    const known = asGuaritaError(error);
    this.#error = known;
    this.#options.onTrouble(known);
    return { code: known.code, retry: known.retry, retryAfterSeconds: known.retryAfterSeconds };
  }

  #countsNow(): ViewCounts {
    return { ...this.#counts, seconds: (performance.now() - this.#started) / 1000 };
  }
}
