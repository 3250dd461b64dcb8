import type { Questions } from '../../base/base.ts';
import { knownRegisters } from '../../base/national-layer/known-registers.ts';
import { eachReviewPair } from '../../base/national-layer/review-pairs.ts';
import type { AskedPair } from '../link/evaluate/after-review.ts';
import { type Evaluation, evaluate, type Found, type Truth } from '../link/evaluate/evaluate.ts';

/** Some registers of the base as evaluation takes them: by place, whose they are and of which state. */
export interface FoundInBase extends Found {
  readonly sources: readonly string[];
  /** Places by `natal_id`. */
  readonly placeOf: ReadonlyMap<string, number>;
}

/** Those of some registers that are there; of them alone pairs are told that people are asked about. */
export async function foundInBase(questions: Questions, ids: readonly string[]): Promise<FoundInBase> {
  const known = await knownRegisters(questions, ids);
  const placeOf = new Map(known.map(({ id }, place) => [id, place]));
  const persons = new Map<string, number>();
  const groupOf = known.map(({ person }) => {
    const number = persons.get(person) ?? persons.size;
    persons.set(person, number);
    return number;
  });
  // A group is named by one of its places, as everywhere in linkage.
  const firstOf = new Map<number, number>();
  for (const [place, group] of groupOf.entries()) if (!firstOf.has(group)) firstOf.set(group, place);
  const asked: AskedPair[] = [];
  for await (const pairs of eachReviewPair(questions, null, 5000)) {
    for (const { a, b } of pairs) {
      const [one, other] = [placeOf.get(a), placeOf.get(b)];
      if (one !== undefined && other !== undefined) asked.push([one, other]);
    }
  }
  return {
    ...{ groupOf: groupOf.map((group) => firstOf.get(group) ?? 0), asked, placeOf },
    sources: known.map(({ source }) => source),
  };
}

/** Overall, and for each state: the pairs with at least one register of it, also with others', and its registers. */
export function evaluateByState(
  found: FoundInBase,
  truth: Truth,
): { readonly all: Evaluation; readonly states: Readonly<Record<string, Evaluation>> } {
  const states: Record<string, Evaluation> = {};
  for (const source of [...new Set(found.sources)].sort()) {
    const evaluation = evaluate(found, truth, (place) => found.sources[place] === source);
    if (evaluation.known > 0) states[source] = evaluation;
  }
  return { all: evaluate(found, truth), states };
}
