import type { Base, Transaction, TransactionOptions } from './base.ts';
import { StepSize } from './step-size.ts';

/**
 * One step of a long job, in a transaction of its own. Where to go on it reads from what the steps before it have
 * written, so that a job that was stopped or killed anywhere is simply run again.
 *
 * @param most units of work (rows, as a rule) that it may do
 * @returns how many it found to do; 0 when there is nothing left
 */
export type Step = (tx: Transaction, most: number) => Promise<number>;

/** How far a job has come. */
export interface StepsProgress {
  readonly steps: number;
  /** Units of work, of all steps. */
  readonly done: number;
  /** What the next step may do. */
  readonly next: number;
}

export interface StepsOptions extends TransactionOptions {
  /** Told after each step that did something, once it is committed. */
  readonly onStep?: (progress: StepsProgress) => void;
  /** What the first step may do, for a job that knows something of its cost. */
  readonly first?: number;
  /** The most that a step may do, for a job that holds what it does in memory. */
  readonly largest?: number;
  /** A clock in milliseconds. */
  readonly now?: () => number;
}

/**
 * Does a long job in short transactions, each of about the time that the base wants a step to take. Between two of
 * them whoever waits has their turn: in process that is the only time when anybody else is answered, on a server it
 * keeps locks and what an interruption loses small. The signal ends it between steps, and a step under way as it would
 * any transaction; what was committed stays.
 */
export async function inSteps(base: Base, step: Step, options: StepsOptions = {}): Promise<StepsProgress> {
  const { onStep, first, largest, now = () => performance.now(), ...limits } = options;
  const size = new StepSize(base.stepMilliseconds, { first, largest });
  let progress: StepsProgress = { steps: 0, done: 0, next: size.next };
  for (;;) {
    const { steps, done, next } = progress;
    let began = 0;
    const found = await base.transaction(
      (tx) => {
        // Not from the call: waiting for others is no reason to do less.
        began = now();
        return step(tx, next);
      },
      { use: 'treating', ...limits },
    );
    if (found === 0) return progress;
    size.took(found, now() - began);
    progress = { steps: steps + 1, done: done + found, next: size.next };
    onStep?.(progress);
  }
}
