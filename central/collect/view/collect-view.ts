import { asGuaritaError, type GuaritaError } from '../../../shared/errors.ts';
import { pause } from '../../../shared/pause.ts';
import type { Page } from '../../../shared/sources/view-source.ts';
import { type Likely, type LoadResult, likelyAfter } from '../../base/source-layer/load-options.ts';
import { loadPage } from '../../base/source-layer/load-page.ts';
import { readLoads } from '../../base/source-layer/source-schema.ts';
import { noCounts, type ViewCounts } from '../../state/runs.ts';
import { backoffSeconds } from '../backoff.ts';
import { isForItsSize, PageSize } from './page-size.ts';
import { PageTrail } from './page-trail.ts';
import {
  type Command,
  type Outcome,
  type Place,
  type RunEvent,
  type RunState,
  startRun,
  step,
  type Trouble,
} from './view-run.ts';
import type { ViewTurn } from './view-turn.ts';

export interface CollectViewResult {
  readonly outcome: Outcome;
  readonly counts: ViewCounts;
  /** The error that ended the run, when one did. */
  readonly error: GuaritaError | null;
  /** Where the cycle came to. */
  readonly at: Place;
}

/**
 * Runs one cycle of a view: feeds the state machine with what happens, and does what it commands.
 * @param movesCursor false for a cycle beside the daily ones, to read everything once: no cursor moves, neither here
 *   nor in the base
 */
export function collectView(turn: ViewTurn, movesCursor = true): Promise<CollectViewResult> {
  return new ViewLoop(turn, movesCursor).run();
}

/** So many, and no page of the cycle is believed to be new any more. */
const mostNotNew = 2;

class ViewLoop {
  readonly #turn: ViewTurn;
  readonly #movesCursor: boolean;
  readonly #started = performance.now();
  #events: RunEvent<Page>[] = [{ name: 'begin' }];
  #wake: () => void = () => undefined;
  #state: RunState<Page>;
  #loads: number;
  /** A load failed, perhaps only on its way back: how many pages the base has is asked before the next one. */
  #loadsInDoubt = false;
  /** What the rows of the next page are likely to be, by those of the last one. */
  #likely: Likely | undefined;
  /** Pages that were not new, though likely to be: each leaves as many dead rows as were copied until it was seen. */
  #notNew = 0;
  #counts = noCounts;
  readonly #size: PageSize;
  readonly #trail: PageTrail;
  #fetch = new AbortController();
  readonly #waits = new AbortController();
  #error: GuaritaError | null = null;
  #fault: { readonly error: unknown } | null = null;

  constructor(turn: ViewTurn, movesCursor: boolean) {
    this.#turn = turn;
    this.#movesCursor = movesCursor;
    this.#state = startRun(turn.cursor);
    this.#loads = turn.target.loads;
    this.#likely = turn.target.rows === 0 ? 'new' : undefined;
    this.#size = new PageSize(turn.base.stepMilliseconds);
    this.#trail = new PageTrail(turn.target);
  }

  async run(): Promise<CollectViewResult> {
    const { stop } = this.#turn;
    const onStop = () => this.#send({ name: 'stop' });
    if (stop.aborted) onStop();
    stop.addEventListener('abort', onStop);
    try {
      while (this.#state.name !== 'ended') {
        const event = this.#events.shift();
        if (this.#fault !== null) throw this.#fault.error;
        if (event === undefined) await this.#nextEvent();
        else this.#advance(event);
      }
      const { outcome, at } = this.#state;
      return { outcome, counts: this.#countsNow(), error: this.#error, at };
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
        this.#begin(this.#fetchPage(command.after, command.until));
        break;
      case 'load':
        this.#begin(this.#load(command.page));
        break;
      case 'wait':
        this.#begin(this.#wait(command.failures, command.atLeastSeconds));
        break;
      case 'abandon-fetch':
        this.#abandonFetch();
        break;
    }
  }

  /** It tells of its own troubles; what it fails with besides is a fault of ours, and ends the run. */
  #begin(work: Promise<void>): void {
    work.catch((error: unknown) => {
      this.#fault = { error };
      this.#wake();
    });
  }

  async #fetchPage(after: string | null, until: string | null): Promise<void> {
    this.#fetch = new AbortController();
    const { signal } = this.#fetch;
    const { source, target } = this.#turn;
    try {
      if (this.#loadsInDoubt) await this.#settleLoads();
      const page = await source.page(target.view.name, { after, until, ...this.#size.limit, signal });
      if (signal.aborted) return;
      this.#trail.require(page, after);
      if (page.gap === true) this.#turn.onGap();
      this.#size.came(page.rows);
      this.#send({ name: 'fetched', page });
    } catch (error) {
      if (signal.aborted) return;
      if (isForItsSize(asGuaritaError(error))) this.#size.late();
      this.#send({ name: 'fetch-failed', trouble: this.#trouble(error) });
    }
  }

  /** How the fetch ended may be waiting for its turn already: that is not to reach the machine either. */
  #abandonFetch(): void {
    this.#fetch.abort();
    this.#events = this.#events.filter(({ name }) => name !== 'fetched' && name !== 'fetch-failed');
  }

  /** Never down: a base that has fewer than this run committed was restored, and must refuse the next page. */
  async #settleLoads(): Promise<void> {
    this.#loads = Math.max(this.#loads, await readLoads(this.#turn.base, this.#turn.target));
    this.#loadsInDoubt = false;
  }

  /** Invariant 5: first the base commits, then the checkpoint is written, then the machine is told. */
  async #load(page: Page): Promise<void> {
    const { base, target, run, judge, maxRowBytes, findTombstoneKey, checkpoint, onProgress } = this.#turn;
    try {
      const result = await loadPage(base, target, page, {
        ...{ run, maxRowBytes, findTombstoneKey, expectedLoads: this.#loads, mostRemoved: judge.left },
        cursor: this.#movesCursor ? { next: page.next, complete: page.complete } : null,
        wholeKeys: false,
        likely: this.#likely,
        onLoaded: (milliseconds) => this.#size.loaded(page.rows, milliseconds),
      });
      this.#loads = result.loads;
      this.#guess(page, result);
      judge.spend(result.removed);
      if (this.#movesCursor) checkpoint(page.next, result.loads, page.complete);
      this.#trail.pass(this.#state.at.committed);
      this.#counts = {
        ...this.#counts,
        rows: this.#counts.rows + page.rows,
        new: this.#counts.new + result.new,
        changed: this.#counts.changed + result.changed,
        unchanged: this.#counts.unchanged + result.unchanged,
        removed: this.#counts.removed + result.removed,
        quarantined: this.#counts.quarantined + result.quarantined,
        forgotten: this.#counts.forgotten + result.forgotten,
      };
      onProgress(this.#countsNow());
      this.#send({ name: 'loaded' });
    } catch (error) {
      this.#loadsInDoubt = true;
      this.#likely = undefined;
      this.#send({ name: 'load-failed', trouble: this.#trouble(error) });
    }
  }

  #guess(page: Page, result: LoadResult): void {
    if (page.rows === 0) return;
    const likely = likelyAfter(result);
    if (this.#likely === 'new' && likely !== 'new') this.#notNew++;
    this.#likely = likely === 'new' && this.#notNew >= mostNotNew ? undefined : likely;
  }

  async #wait(failures: number, atLeastSeconds: number): Promise<void> {
    const seconds = backoffSeconds(failures, atLeastSeconds, Math.random());
    await (this.#turn.pause ?? pause)(seconds * 1000, this.#waits.signal);
    if (this.#state.name === 'waiting') this.#send({ name: 'waited' });
  }

  #trouble(error: unknown): Trouble {
    const known = asGuaritaError(error);
    this.#error = known;
    this.#turn.onTrouble(known);
    return { code: known.code, retry: known.retry, retryAfterSeconds: known.retryAfterSeconds };
  }

  #countsNow(): ViewCounts {
    return { ...this.#counts, seconds: (performance.now() - this.#started) / 1000 };
  }
}
