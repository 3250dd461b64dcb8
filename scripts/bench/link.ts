import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { LinkFigures, LinkOrder } from './link/process.ts';
import { writeRegisters } from './link/registers-file.ts';
import { measuredProcess } from './measured-process.ts';
import { say } from './say.ts';
import type { Bench } from './setup.ts';

const script = join(import.meta.dirname, 'link', 'process.ts');

/** With how many errors of each kind registers are made up, by a seed. */
const seed = Number(process.env['GUARITA_SEED'] ?? 1);

/**
 * Made-up registers with a known truth, linked from nothing by a model that was trained on them; then a day's new ones. A
 * process of its own, so that its peak is linkage's. Beside it in the same process a fixed piece of work (a sort).
 */
export async function linkPart(bench: Bench): Promise<Record<string, object>> {
  const file = join(bench.folder, 'registros.tsv');
  await writeRegisters(file, seed, bench.rows);
  const threads = Math.min(4, availableParallelism());
  const order: LinkOrder = { file, registers: bench.rows, threads };
  const figures = await measuredProcess<LinkFigures>(script, order);
  const { registersPerMinute, fixedSeconds, buildSeconds, linkSeconds } = figures;
  const perFixedWork = (buildSeconds + linkSeconds) / fixedSeconds;
  say('linkage', {
    ...{ registers: bench.rows, 'registers a minute': registersPerMinute, 'peak MB': figures.peakMb },
    ...{ 'CPU s': figures.cpuSeconds, 'times the fixed work': perFixedWork },
  });
  say('of it, seconds', {
    ...{ read: figures.readSeconds, columns: buildSeconds, train: figures.trainSeconds, link: linkSeconds },
    ...{ 'CPU of training': figures.trainCpuSeconds, 'CPU of linking': figures.linkCpuSeconds },
    ...{ 'a day': figures.dailySeconds, 'fixed work': fixedSeconds },
  });
  say('quality, %', {
    ...{ 'wrongly together': (1 - figures.precision) * 100, 'not found': (1 - figures.recall) * 100 },
    'not found with review': (1 - figures.recallWithReview) * 100,
    'pairs to review': figures.reviewPairs,
  });
  return { link: { registers: bench.rows, seed, threads, perFixedWork, ...figures } };
}
