import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { Pause } from '../../shared/pause.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import type { Base } from '../base/base.ts';
import type { FindTombstoneKey } from '../base/source-layer/tombstones.ts';
import { isSourceDoubt } from '../state/attentions.ts';
import type { CentralState } from '../state/state.ts';
import { collectSource, type SourceProgress, type SourceResult } from './collect-source.ts';
import type { ShrinkLimits } from './view/removal-judge.ts';

export interface CollectorOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly state: CentralState;
  readonly log: Logger;
  readonly shrink: ShrinkLimits;
  readonly maxRowBytes: number;
  readonly findTombstoneKey?: FindTombstoneKey;
  readonly pause?: Pause;
}

/** Opens a source for one run; receipts are to be handed to `onReceipt`. */
export type OpenSource = (onReceipt: (view: string | null, receipt: SignedReceipt) => void) => ViewSource;

/** What a run is to do. */
export interface RunOptions {
  /** Reconcile every view, not only those that owe it. */
  readonly reconcile: boolean;
  /** Only this view; null for all. */
  readonly view: string | null;
  /** Aborted: finish the page in hand and end. */
  readonly stop: AbortSignal;
  readonly onProgress: (progress: SourceProgress) => void;
}

/** Collects a source, once, and writes down that it did. Who runs when is not decided here. */
export class Collector {
  readonly #options: CollectorOptions;

  constructor(options: CollectorOptions) {
    this.#options = options;
  }

  /** Never throws: what went wrong is in the result (invariant 9). */
  async collect(name: string, open: OpenSource, run: RunOptions): Promise<SourceResult> {
    try {
      return await this.#run(name, open, run);
    } catch (error) {
      return notBegun(name, asGuaritaError(error), run, this.#options);
    }
  }

  async #run(name: string, open: OpenSource, { reconcile, view, stop, onProgress }: RunOptions) {
    const { state, log } = this.#options;
    const run = state.runs.begin(name);
    const source = this.#open(run, name, open);
    try {
      const options = { ...this.#options, name, source, run, reconcile, only: view, stop, onProgress };
      const result = await collectSource(options);
      state.runs.end(run, result.outcome, result.error?.code ?? null);
      log.info({ source: name, run, outcome: result.outcome }, 'run ended');
      return result;
    } finally {
      await source.close();
    }
  }

  /** A run that cannot even begin is ended all the same. */
  #open(run: number, name: string, open: OpenSource): ViewSource {
    const { state } = this.#options;
    try {
      return open((view, receipt) => state.journals.receive(run, name, view, receipt));
    } catch (error) {
      const { code } = asGuaritaError(error);
      state.runs.end(run, outcomeOf(code), code);
      throw error;
    }
  }
}

/**
 * What a run comes to that could not begin. Of a source that waits for a person as a whole, what is due meanwhile is
 * owed, and done once they have decided.
 */
export function notBegun(
  source: string,
  error: GuaritaError,
  { reconcile, view }: Pick<RunOptions, 'reconcile' | 'view'>,
  { state, log }: Pick<CollectorOptions, 'state' | 'log'>,
): SourceResult {
  const { code } = error;
  const outcome = outcomeOf(code);
  if (outcome === 'failed') {
    log.error({ source, code, err: error }, 'run failed');
    return { source, outcome, error, views: [] };
  }
  log.warn({ source, code }, 'the source waits for a decision');
  try {
    if (reconcile) state.views.owe(source, view, 'asked');
    return { source, outcome, error, views: [] };
  } catch (unwritten) {
    return notBegun(source, asGuaritaError(unwritten), { reconcile, view }, { state, log });
  }
}

function outcomeOf(code: ProblemCode): 'failed' | 'needs-attention' {
  return isSourceDoubt(code) ? 'needs-attention' : 'failed';
}
