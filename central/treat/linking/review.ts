import type { Questions } from '../../base/base.ts';
import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import { registersOf } from '../../base/national-layer/link-registers.ts';
import { eachReviewPair, type ReviewedPair, reviewPairs } from '../../base/national-layer/review-pairs.ts';
import { vetoes } from '../link/model/veto.ts';
import { type Because, becauseOf, type ExplainedPair, explainPair } from './explain-person.ts';
import type { Linker } from './linker.ts';

/** A question to a person, with all that is known of it. */
export interface ReviewQuestion {
  readonly pair: ReviewedPair;
  readonly a: LinkedRegister;
  readonly b: LinkedRegister;
  /** By the model in force: the pair was found by it, unless treatment is behind. */
  readonly explained: ExplainedPair;
  readonly because: Because;
}

/** The questions of which an answer changes most. @param uf of a state alone */
export async function reviewQuestions(
  questions: Questions,
  uf: string | null,
  most: number,
  by: Linker,
): Promise<readonly ReviewQuestion[]> {
  return questionsOf(questions, await reviewPairs(questions, uf, most), by);
}

/** All of them, a part at a time. */
export async function* allReviewQuestions(
  questions: Questions,
  uf: string | null,
  by: Linker,
): AsyncGenerator<readonly ReviewQuestion[]> {
  for await (const pairs of eachReviewPair(questions, uf, 500)) yield questionsOf(questions, pairs, by);
}

async function questionsOf(
  questions: Questions,
  pairs: readonly ReviewedPair[],
  by: Linker,
): Promise<readonly ReviewQuestion[]> {
  const ids = new Set(pairs.flatMap(({ a, b }) => [a, b]));
  const registers = new Map((await registersOf(questions, [...ids])).map((each) => [each.id, each]));
  const two = pairs.map((pair) => ({ ...pair, said: undefined, veto: vetoes[pair.veto - 1] ?? null }));
  const because = await becauseOf(questions, two, by);
  return pairs.flatMap((pair, at) => {
    const [a, b] = [registers.get(pair.a), registers.get(pair.b)];
    if (a === undefined || b === undefined) return [];
    return [{ pair, a, b, explained: explainPair(a, b, by.model), because: because[at] ?? 'others' }];
  });
}
