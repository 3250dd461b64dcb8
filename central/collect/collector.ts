import pLimit from 'p-limit';
import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { Logger } from '../../shared/log.ts';
import type { SignedReceipt } from '../../shared/signing/messages.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';
import type { Base } from '../base/base.ts';
import type { Checkpoints } from './checkpoints.ts';
import { collectSource, type SourceProgress, type SourceResult } from './collect-source.ts';

export interface CollectorOptions {
  readonly base: Base;
  readonly baseId: string;
  readonly checkpoints: Checkpoints;
  readonly log: Logger;
  /** How many sources at once. */
  readonly parallel: number;
  readonly stop: AbortSignal;
  readonly onProgress?: (progress: SourceProgress) => void;
}

/** Opens a source for one run; receipts are to be handed to `onReceipt`. */
export type OpenSource = (onReceipt: (view: string, receipt: SignedReceipt) => void) => ViewSource;

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
  async collect(name: string, open: OpenSource): Promise<SourceResult> {
    if (this.#running.has(name)) return failed(name, new GuaritaError('source-busy', `Source "${name}".`));
    this.#running.add(name);
    try {
      return await this.#limit(() => this.#run(name, open));
    } catch (error) {
      const known = asGuaritaError(error);
      this.#options.log.error({ source: name, code: known.code, err: known }, 'run failed');
      return failed(name, known);
    } finally {
      this.#running.delete(name);
    }
  }

  async #run(name: string, open: OpenSource): Promise<SourceResult> {
    const { checkpoints, log, onProgress } = this.#options;
    const run = checkpoints.beginRun(name);
    const source = this.#open(run, name, open);
    try {
      const result = await collectSource({
        ...this.#options,
        name,
        source,
        run,
        onProgress: onProgress ?? (() => undefined),
      });
      checkpoints.endRun(run, result.outcome, result.error?.code ?? null);
      log.info({ source: name, run, outcome: result.outcome }, 'run ended');
      return result;
    } finally {
      await source.close();
    }
  }

  /** A run that cannot even begin is ended all the same. */
  #open(run: number, name: string, open: OpenSource): ViewSource {
    const { checkpoints } = this.#options;
    try {
      return open((view, receipt) => checkpoints.saveReceipt(run, name, view, receipt));
    } catch (error) {
      checkpoints.endRun(run, 'failed', asGuaritaError(error).code);
      throw error;
    }
  }
}

function failed(source: string, error: GuaritaError): SourceResult {
  return { source, outcome: 'failed', error, views: [] };
}
