import { once } from 'node:events';
import { getRawAsset, isSea } from 'node:sea';
import { Worker } from 'node:worker_threads';
import type { BlockRange } from '../block/pairs.ts';
import { int32 } from '../registers/shared-arrays.ts';
import { type ScoredRanges, type ScoringTask, scoreRanges } from './score-ranges.ts';
import { joinPairs, type ScoredPairs } from './scored-pairs.ts';
import type { WorkerOrder } from './worker.ts';

export interface Scored {
  readonly pairs: ScoredPairs;
  readonly compared: number;
}

/** Starts a thread on `worker.ts`. */
export type StartWorker = (order: WorkerOrder) => Worker;

/** In a packaged program there is no file of it: its code is inside (`scripts/package/programs.ts`). */
const startWorker: StartWorker = (order) =>
  isSea()
    ? new Worker(Buffer.from(getRawAsset('link-worker.js')).toString('latin1'), {
        eval: true,
        workerData: order,
      })
    : new Worker(new URL('worker.ts', import.meta.url), { workerData: order });

/** Scores all ranges in so many threads; in this one where it is one. The result is the same. */
export async function scoreAll(
  task: ScoringTask,
  ranges: readonly BlockRange[],
  threads: number,
  start: StartWorker = startWorker,
): Promise<Scored> {
  if (threads <= 1 || ranges.length <= 1) {
    let next = 0;
    return joined([scoreRanges(task, () => ranges[next++])]);
  }
  const order: WorkerOrder = { task, ranges, taken: int32(1) };
  const workers = Array.from({ length: Math.min(threads, ranges.length) }, () => start(order));
  try {
    return joined(await Promise.all(workers.map(resultOf)));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

async function resultOf(worker: Worker): Promise<ScoredRanges> {
  const ended = once(worker, 'exit').then(() => {
    throw new Error('a thread of linkage ended without a result');
  });
  const [result] = (await Promise.race([once(worker, 'message'), ended])) as [ScoredRanges];
  return result;
}

function joined(parts: readonly ScoredRanges[]): Scored {
  return {
    pairs: joinPairs(parts.map(({ pairs }) => pairs)),
    compared: parts.reduce((sum, { compared }) => sum + compared, 0),
  };
}
