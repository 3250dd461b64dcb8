import type { Thresholds } from '../model/thresholds.ts';
import { type Veto, vetoes } from '../model/veto.ts';
import type { ScoredPairs } from '../threads/scored-pairs.ts';
import type { Links } from './decisions.ts';
import { compareIds, isDistinct } from './persons.ts';

/** A pair that a person is asked about. */
export interface ReviewPair {
  /** Ids, the smaller first. */
  readonly a: string;
  readonly b: string;
  /** Bits. */
  readonly weight: number;
  /**
   * Why it is not decided: not certain, forbidden, or certain but for the others of both persons, or of a group that is too
   * large.
   */
  readonly because: 'weight' | Veto | 'others' | 'too-large';
  /** Pairs of registers that would come together, times how likely they belong together: what an answer changes. */
  readonly gain: number;
}

/** Registers of two kinds that may be one person's: a link of identity, which never merges. */
export interface Identity {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  readonly veto: Veto | null;
}

export interface Open {
  /** Where an answer changes most first. */
  readonly review: readonly ReviewPair[];
  readonly identities: readonly Identity[];
}

interface OpenOrder {
  readonly ids: readonly string[];
  readonly kind: Uint8Array;
  readonly pairs: ScoredPairs;
  readonly links: Links;
  readonly thresholds: Thresholds;
  readonly personOf: Int32Array;
  readonly tooLarge: readonly (readonly number[])[];
}

/** What is left for people once persons are known. */
export function openPairs({ ids, kind, pairs, links, thresholds, personOf, tooLarge }: OpenOrder): Open {
  const sizes = new Map<number, number>();
  for (const person of personOf) sizes.set(person, (sizes.get(person) ?? 0) + 1);
  const sizeOf = (place: number): number => sizes.get(personOf[place] as number) ?? 1;
  const groupOf = new Map(
    tooLarge.flatMap((members, group) => members.map((place) => [place, group] as const)),
  );
  const isTooLarge = (one: number, other: number): boolean =>
    groupOf.has(one) && groupOf.get(one) === groupOf.get(other);
  const review: ReviewPair[] = [];
  const identities: Identity[] = [];
  for (let at = 0; at < pairs.a.length; at++) {
    const [one, other] = [pairs.a[at] as number, pairs.b[at] as number];
    const weight = pairs.weight[at] as number;
    if (weight < thresholds.review || isDistinct(links, one, other)) continue;
    const [first, second] = compareIds(ids, one, other) < 0 ? [one, other] : [other, one];
    const [a, b] = [ids[first] as string, ids[second] as string];
    const veto = vetoes[(pairs.veto[at] as number) - 1] ?? null;
    if (kind[one] !== kind[other]) identities.push({ a, b, weight, veto });
    else if (personOf[one] !== personOf[other]) {
      const certain = isTooLarge(one, other) ? 'too-large' : 'others';
      const because = veto ?? (weight >= thresholds.automatic ? certain : 'weight');
      const gain = (sizeOf(one) * sizeOf(other)) / (1 + 2 ** -weight);
      review.push({ a, b, weight, because, gain });
    }
  }
  const byIds = (x: { a: string; b: string }, y: { a: string; b: string }): number =>
    x.a < y.a ? -1 : x.a > y.a ? 1 : x.b < y.b ? -1 : 1;
  return {
    review: review.sort((x, y) => y.gain - x.gain || byIds(x, y)),
    identities: identities.sort(byIds),
  };
}
