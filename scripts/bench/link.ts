import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { inBase } from './link/in-base.ts';
import type { LinkFigures, LinkOrder } from './link/process.ts';
import { writeRegisters } from './link/registers-file.ts';
import { type NoSplink, type SplinkFigures, splinkFigures } from './link/splink.ts';
import { measuredProcess } from './measured-process.ts';
import { say } from './say.ts';
import type { Bench } from './setup.ts';

const script = join(import.meta.dirname, 'link', 'process.ts');

/** With how many errors of each kind registers are made up, by a seed. */
const seed = Number(process.env['GUARITA_SEED'] ?? 1);

/** `1`: Splink beside it, from PyPI; or the path of a Python that has it. */
const splink = process.env['GUARITA_BENCH_SPLINK'] ?? '';

/** `0`: not in a base, which takes many times as long. */
const isInBase = process.env['GUARITA_BENCH_BASE'] !== '0';

/**
 * Made-up registers with a known truth, linked from nothing by a model that was trained on them. A process of its
 * own, so that its peak is linkage's. Beside it in the same process a fixed piece of work (a sort). Then the same in a
 * base, and there a day's new ones.
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
    'fixed work': fixedSeconds,
  });
  say('quality, %', {
    ...{ 'wrongly together': (1 - figures.precision) * 100, 'not found': (1 - figures.recall) * 100 },
    'not found with review': (1 - figures.recallWithReview) * 100,
    'pairs to review': figures.reviewPairs,
  });
  const ours = {
    registers: bench.rows,
    seed,
    threads,
    perFixedWork,
    ...figures,
    ...(isInBase && (await inBase(bench, file))),
  };
  if (splink === '') return { link: ours };
  const theirs = await splinkFigures({ file, folder: bench.folder, threads, python: splink });
  sayOf(theirs);
  return { link: { ...ours, ...theirs } };
}

function sayOf(theirs: SplinkFigures | NoSplink): void {
  if ('splinkMissing' in theirs) {
    process.stdout.write(`Splink could not be installed: ${theirs.splinkMissing}\n`);
    return;
  }
  const best = theirs.clusters.toSorted((a, b) => b.f1 - a.f1)[0];
  if (best === undefined) return;
  say(`Splink ${theirs.splinkVersion}, %`, {
    ...{ 'wrongly together': (1 - best.precision) * 100, 'not found': (1 - best.recall) * 100 },
    ...{ 'best F1': theirs.splinkF1 * 100, seconds: theirs.splinkSeconds },
  });
}
