import type { Blocks } from './block/blocks.ts';
import { eachCandidate } from './block/candidates.ts';
import type { Contradiction } from './cluster/decisions.ts';
import { linksOf } from './cluster/links.ts';
import { findPersons } from './cluster/persons.ts';
import { comparisonsOf } from './compare/comparisons.ts';
import { judgeBy, type LinkOptions, placesOf } from './link.ts';
import { scorerOf } from './model/compile.ts';
import { vetoCode } from './model/veto.ts';
import type { Registers } from './registers/builder.ts';
import { joinPairs, PairsBuilder, type ScoredPairs, selectPairs } from './threads/scored-pairs.ts';

/** What changed, by the places of registers as they are now. */
export interface Change {
  /** Those that are new or say something else than they did, and those of blocks that crossed the cap. */
  readonly changed: ReadonlySet<number>;
  /**
   * Those whose component may be another one for another reason: they had a certain pair or a decision with a register
   * that changed or is gone, or with one of a decision that came or was revoked.
   */
  readonly touched: ReadonlySet<number>;
}

export interface RelinkOptions extends Pick<LinkOptions, 'model' | 'thresholds' | 'own' | 'decisions'> {
  /** By what candidates are found: all registers, or those that a base has found by the same keys. */
  readonly blocks: Blocks;
  /** Pairs that were known, of registers that are still there. */
  readonly known: ScoredPairs;
  readonly change: Change;
}

export interface Relinked {
  /** Those that were known and still hold, and those that were found. */
  readonly pairs: ScoredPairs;
  /** By place, the place of the first register by id that is the same person; -1 where nothing can have changed. */
  readonly personOf: Int32Array;
  readonly contradictions: readonly Contradiction[];
  /** Of the components that were looked at. */
  readonly tooLarge: readonly (readonly string[])[];
  /** Pairs that were compared. */
  readonly compared: number;
}

/** Who is who once some registers changed, by what is known of the others: exactly what `link` makes of all of them. */
export function relink(registers: Registers, options: RelinkOptions): Relinked {
  const { blocks, change, decisions = [], known, model, own = [], thresholds } = options;
  const { ids, columns } = registers;
  const scorer = scorerOf(registers, model, comparisonsOf(own));
  const found = new PairsBuilder();
  let compared = 0;
  for (const register of change.changed) {
    eachCandidate(blocks, register, (other) => {
      // Of two that changed, each finds the other.
      if (other < register && change.changed.has(other)) return;
      compared++;
      const weight = scorer.weigh(register, other);
      if (weight >= thresholds.review) found.push(register, other, weight, vetoCode(scorer.veto()));
    });
  }
  const isChanged = (place: number | undefined): boolean => place !== undefined && change.changed.has(place);
  const kept = selectPairs(known, (at) => !isChanged(known.a[at]) && !isChanged(known.b[at]));
  const pairs = joinPairs([kept, found.done()]);
  const links = linksOf(decisions, placesOf(ids, decisions), (a, b) => columns.kind[a] === columns.kind[b]);
  const { personOf, tooLarge } = findPersons({
    ...{ ids, kind: columns.kind, pairs, links, thresholds, judge: judgeBy(scorer) },
    touched: new Set([...change.changed, ...change.touched]),
  });
  return {
    ...{ pairs, personOf, contradictions: links.contradictions, compared },
    tooLarge: tooLarge.map((members) => members.map((place) => ids[place] as string)),
  };
}
