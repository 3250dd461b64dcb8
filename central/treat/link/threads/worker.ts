import { parentPort, workerData } from 'node:worker_threads';
import type { BlockRange } from '../block/pairs.ts';
import { type ScoringTask, scoreRanges } from './score-ranges.ts';

/** What a thread is started with. */
export interface WorkerOrder {
  readonly task: ScoringTask;
  readonly ranges: readonly BlockRange[];
  /** How many ranges were taken so far, by all threads. */
  readonly taken: Int32Array;
}

/* The entry of a thread: takes one range after the other, as the others do, and tells what it found. */
const { task, ranges, taken } = workerData as WorkerOrder;
const scored = scoreRanges(task, () => ranges[Atomics.add(taken, 0, 1)]);
const { a, b, weight, veto } = scored.pairs;
parentPort?.postMessage(scored, [a.buffer, b.buffer, weight.buffer, veto.buffer]);
