import { rulesOf } from '../../../central/treat/link/block/rules.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { type AskedPair, afterReview } from '../../../central/treat/link/evaluate/after-review.ts';
import { qualityOf } from '../../../central/treat/link/evaluate/quality.ts';
import { type Linked, link } from '../../../central/treat/link/link.ts';
import { thresholds } from '../../../central/treat/link/model/thresholds.ts';
import type { Registers } from '../../../central/treat/link/registers/builder.ts';
import { train } from '../../../central/treat/link/train/train.ts';
import { fixedWorkSeconds } from './fixed-work.ts';
import { readRegisters } from './read-registers.ts';

/** What the process that is measured is told, as JSON in its only argument. */
export interface LinkOrder {
  readonly file: string;
  readonly registers: number;
  readonly threads: number;
}

/** What it prints. */
export interface LinkFigures {
  /** Seconds: reading and cleaning the file, making columns, training, linking. */
  readonly readSeconds: number;
  readonly buildSeconds: number;
  readonly trainSeconds: number;
  readonly trainCpuSeconds: number;
  readonly linkSeconds: number;
  /** Of all threads. */
  readonly linkCpuSeconds: number;
  /** Seconds of the fixed work, in the same process, before all else. */
  readonly fixedSeconds: number;
  readonly registersPerMinute: number;
  readonly compared: number;
  readonly reviewPairs: number;
  /** Components that a person has to look at as a whole. */
  readonly tooLarge: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly recallWithReview: number;
  readonly b3Precision: number;
  readonly b3Recall: number;
}

const order = JSON.parse(process.argv[2] ?? '') as LinkOrder;

const fixedSeconds = fixedWorkSeconds();
const { registers, truth, readSeconds, buildSeconds } = await readRegisters(order.file, order.registers);
const training = begin();
const model = train(registers, {
  ...{ version: 'bench', date: '2026-11-01', seed: 1, locale: 'pt-BR', blockCap: 2000 },
  ...{ comparisons: comparisonsOf(), rules: rulesOf() },
});
const trained = training();
const linking = begin();
const linked = await link(registers, { model, thresholds, threads: order.threads });
const done = linking();

const quality = qualityOf(linked.personOf, truth);
const reviewed = qualityOf(afterReview(linked.personOf, askedOf(registers, linked), truth), truth);
const figures: LinkFigures = {
  ...{ readSeconds, buildSeconds, fixedSeconds },
  ...{ trainSeconds: trained.seconds, trainCpuSeconds: trained.cpuSeconds },
  ...{ linkSeconds: done.seconds, linkCpuSeconds: done.cpuSeconds },
  registersPerMinute: (registers.ids.length / (buildSeconds + done.seconds)) * 60,
  compared: linked.compared,
  reviewPairs: linked.review.length,
  tooLarge: linked.tooLarge.length,
  precision: quality.precision.share,
  recall: quality.recall.share,
  f1: quality.f1,
  recallWithReview: reviewed.recall.share,
  b3Precision: quality.b3.precision,
  b3Recall: quality.b3.recall,
};
process.stdout.write(`${JSON.stringify(figures)}\n`);

/** Starts to measure; what it gives ends that. */
function begin(): () => { readonly seconds: number; readonly cpuSeconds: number } {
  const [at, used] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(used);
    return { seconds: (performance.now() - at) / 1000, cpuSeconds: (user + system) / 1e6 };
  };
}

function askedOf({ ids }: Registers, { review }: Linked): readonly AskedPair[] {
  const placeOf = new Map(ids.map((id, place) => [id, place]));
  return review.map(({ a, b }) => [placeOf.get(a) ?? 0, placeOf.get(b) ?? 0]);
}
