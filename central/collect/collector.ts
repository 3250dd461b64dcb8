import pLimit from 'p-limit';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import type { Base } from '../base/base.ts';
import type { Pause } from './backoff.ts';
import { collectSource, type SourceProgress, type SourceResult } from './collect-source.ts';
import type { ShrinkLimits } from './view/removal-judge.ts';
import type { CentralState } from '../state/state.ts';

export interface CollectorOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly state: CentralState;
  readonly log: Logger;
  /** How many sources at once. */
  readonly parallel: number;
  readonly stop: AbortSignal;
  readonly shrink: ShrinkLimits;
  readonly maxRowBytes: number;
  readonly pause?: Pause;
  readonly onProgress?: (progress: SourceProgress) => void;
}

/** Opens a source for one run; receipts are to be handed to `onReceipt`. */
export type OpenSource = (onReceipt: (view: string | null, receipt: SignedReceipt) => void) => ViewSource;

/** What a run is to do beyond collecting. */
export interface Job {
  /** Reconcile every view, not only those that owe it. */
  readonly reconcile?: boolean;
  /** Only this view; without it, all. */
  readonly view?: string | undefined;
}

/** Collects sources side by side, up to a limit; each fails or succeeds by itself (invariant 9). */
export class Collector {
  readonly #options: CollectorOptions;
  readonly #limit: ReturnType<typeof pLimit>;
  readonly #running = new Set<string>();

  constructor(options: CollectorOptions) {
    this.#options = options;
    this.#limit = pLimit(options.parallel);
  }

  /** Whether a run of the source is under way, or waits for its turn. */
  isRunning(name: string): boolean {
    return this.#running.has(name);
  }

  /** Collects one source when its turn comes. Never throws: what went wrong is in the result. */
  async collect(name: string, open: OpenSource, job: Job = {}): Promise<SourceResult> {
    if (this.#running.has(name)) return failed(name, new GuaritaError('source-busy', `Source "${name}".`));
    this.#running.add(name);
    try {
      return await this.#limit(() => this.#run(name, open, job));
    } catch (error) {
      const known = asGuaritaError(error);
      this.#options.log.error({ source: name, code: known.code, err: known }, 'run failed');
      return failed(name, known);
    } finally {
      this.#running.delete(name);
    }
  }

  async #run(name: string, open: OpenSource, job: Job): Promise<SourceResult> {
    const { state, log, onProgress } = this.#options;
    const run = state.runs.begin(name);
    const source = this.#open(run, name, open);
    try {
      const result = await collectSource({
        ...this.#options,
        name,
        source,
        run,
        reconcile: job.reconcile ?? false,
        only: job.view ?? null,
        onProgress: onProgress ?? (() => undefined),
      });
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
      return open((view, receipt) => state.runs.saveReceipt(run, name, view, receipt));
    } catch (error) {
      state.runs.end(run, 'failed', asGuaritaError(error).code);
      throw error;
    }
  }
}

function failed(source: string, error: GuaritaError): SourceResult {
  return { source, outcome: 'failed', error, views: [] };
}
