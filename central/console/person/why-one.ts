import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../../base/base.ts';
import { decisionsAmong, type SaidDecision } from '../../base/decided-layer/decision-history.ts';
import { decisionsOn } from '../../base/decided-layer/link-decisions.ts';
import { type LinkedRegister, registersOf } from '../../base/national-layer/link-registers.ts';
import { comparedUnseen } from '../../base/sight/compared-sight.ts';
import type { Sight } from '../../base/sight/sight.ts';
import type { Model } from '../../treat/link/model/model.ts';
import { type ExplainedPair, explainPair, holdingPairs } from '../../treat/linking/explain-person.ts';
import { modelInForce } from '../../treat/linking/model-in-force.ts';
import type { SeenPerson } from './find-person.ts';
import { type OtherKind, otherKinds } from './other-kinds.ts';

/** Two registers as they are compared. */
export type WhyPair = ExplainedPair & { readonly one: LinkedRegister; readonly other: LinkedRegister };

/** Why registers are one person, by what is seen of them. */
export interface WhyOne {
  /** As few pairs as reach each from each, the heaviest; empty for a person of one register. */
  readonly pairs: readonly WhyPair[];
  /** Registers of other kinds that are theirs as well, each with one of their own; without a model none is compared. */
  readonly others: readonly (OtherKind & { readonly pair: WhyPair | null })[];
  /** What people said of two of these registers. */
  readonly decisions: readonly SaidDecision[];
  /** Their reasons are shown: they were written by somebody who saw all that is compared, and may tell of it. */
  readonly showsReasons: boolean;
  /** By which model; null where none is needed, or the one that is in force cannot be used by this program. */
  readonly model: string | null;
}

const mostDecisions = 50;

/** Of registers that are seen, by their values that are: what else holds them together is not told. */
export async function whyOne(
  questions: Questions,
  sight: Sight,
  person: SeenPerson,
  locale: string,
): Promise<WhyOne> {
  const ids = person.registers.map(({ natal }) => natal);
  const others = await otherKinds(questions, sight, person);
  const all = [...ids, ...others.map(({ natal }) => natal)];
  const said = {
    decisions: await decisionsAmong(questions, all, mostDecisions),
    showsReasons: comparedUnseen(sight, person.role).length === 0,
  };
  const model = all.length < 2 ? null : await usable(() => modelInForce(questions, locale));
  if (model === null) {
    return { ...said, pairs: [], others: others.map((each) => ({ ...each, pair: null })), model: null };
  }
  const tables = { registers: sight.registers(), otherNames: sight.view('outro_nome') };
  const linked = new Map((await registersOf(questions, all, tables)).map((each) => [each.id, each]));
  const withValues = (pair: ExplainedPair): WhyPair | null => {
    const [one, other] = [linked.get(pair.a), linked.get(pair.b)];
    return one === undefined || other === undefined ? null : { ...pair, one, other };
  };
  // In the order of the page, so that pairs of one weight are always the same.
  const compared = ids.flatMap((id) => linked.get(id) ?? []);
  const same = (await decisionsOn(questions, ids)).filter(
    ({ says, a, b }) => says === 'same' && ids.includes(a) && ids.includes(b),
  );
  return {
    ...said,
    pairs: holdingPairs(compared, same, model).flatMap((pair) => withValues(pair) ?? []),
    others: others.map((each) => {
      const [own, other] = [linked.get(each.own), linked.get(each.natal)];
      const isThere = own !== undefined && other !== undefined;
      return { ...each, pair: isThere ? withValues(explainPair(own, other, model)) : null };
    }),
    model: model.version,
  };
}

/** A model that this program cannot use keeps nobody from seeing a person. */
async function usable(read: () => Promise<Model>): Promise<Model | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof GuaritaError && error.code === 'model-unusable') return null;
    throw error;
  }
}
