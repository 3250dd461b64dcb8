import { type CappedBlock, makeBlocks } from './block/blocks.ts';
import { type LeftOut, leftOutOf } from './block/left-out.ts';
import { blockRanges } from './block/pairs.ts';
import { rulesOf } from './block/rules.ts';
import type { Contradiction, Decision } from './cluster/decisions.ts';
import { linksOf } from './cluster/links.ts';
import { findPersons } from './cluster/persons.ts';
import { type Open, openPairs } from './cluster/review.ts';
import { comparisonsOf } from './compare/comparisons.ts';
import { scorerOf, weightsOf } from './model/compile.ts';
import { rarityOf } from './model/frequencies.ts';
import type { Model } from './model/model.ts';
import type { Scorer } from './model/scorer.ts';
import type { Thresholds } from './model/thresholds.ts';
import type { Registers } from './registers/builder.ts';
import type { OwnColumn } from './registers/register.ts';
import { type StartWorker, scoreAll } from './threads/pool.ts';
import type { ScoredPairs } from './threads/scored-pairs.ts';

export interface LinkOptions {
  readonly model: Model;
  readonly thresholds: Thresholds;
  /** Columns of the layout's own. */
  readonly own?: readonly OwnColumn[];
  readonly decisions?: readonly Decision[];
  /** Threads that score; the result does not depend on it. */
  readonly threads?: number;
  readonly startWorker?: StartWorker;
  /** Pairs that a thread takes at once. */
  readonly rangePairs?: number;
}

export interface Linked extends Open {
  /** By place, the place of the first register by id that is the same person. */
  readonly personOf: Int32Array;
  /** All that weigh as much as is reviewed, merged or not. */
  readonly pairs: ScoredPairs;
  /** Pairs that were compared. */
  readonly compared: number;
  /** What the cap on blocks left out. */
  readonly leftOut: readonly LeftOut[];
  readonly capped: readonly CappedBlock[];
  readonly contradictions: readonly Contradiction[];
  /** Ids of registers that would come to too large a person, or to too many pairs. */
  readonly tooLarge: readonly (readonly string[])[];
}

/** Who is who among all registers, from nothing: block, compare, weigh, veto, cluster. */
export async function link(registers: Registers, options: LinkOptions): Promise<Linked> {
  const { model, thresholds, own = [], decisions = [], threads = 1, startWorker } = options;
  const { rangePairs = usualRangePairs } = options;
  const { ids, columns } = registers;
  const comparisons = comparisonsOf(own);
  const rules = rulesOf(own);
  const made = makeBlocks(columns, rules, model.blockCap);
  const { capped, ...blocks } = made;
  const task = {
    ...{ columns, own, blocks, least: thresholds.review },
    ...{ weights: weightsOf(model, comparisons), rarity: rarityOf(registers, model.frequencies) },
  };
  const ranges = blockRanges(blocks, rangePairs);
  const { pairs, compared } = await scoreAll(task, ranges, threads, startWorker);
  const placeOf = placesOf(ids, decisions);
  const links = linksOf(decisions, placeOf, (a, b) => columns.kind[a] === columns.kind[b]);
  const judge = judgeBy(scorerOf(registers, model, comparisons));
  const { personOf, tooLarge } = findPersons({ ids, kind: columns.kind, pairs, links, thresholds, judge });
  const open = openPairs({ ids, kind: columns.kind, pairs, links, thresholds, personOf, tooLarge });
  return {
    ...{
      personOf,
      pairs,
      compared,
      leftOut: leftOutOf(made, rules),
      capped,
      contradictions: links.contradictions,
      ...open,
    },
    tooLarge: tooLarge.map((members) => members.map((place) => ids[place] as string)),
  };
}

/** Pairs of a range of blocks: enough that taking one costs nothing, few enough that threads end at one time. */
const usualRangePairs = 20_000;

export function judgeBy(scorer: Scorer): { weigh(a: number, b: number): number; forbids(): boolean } {
  return { weigh: (a, b) => scorer.weigh(a, b), forbids: () => scorer.veto() !== null };
}

/** Places of the registers that decisions are on. */
export function placesOf(
  ids: readonly string[],
  decisions: readonly Decision[],
): (id: string) => number | undefined {
  const wanted = new Set(decisions.flatMap(({ a, b }) => [a, b]));
  const places = new Map<string, number>();
  if (wanted.size > 0) for (const [place, id] of ids.entries()) if (wanted.has(id)) places.set(id, place);
  return (id) => places.get(id);
}
