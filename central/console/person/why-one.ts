import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../../base/base.ts';
import { decisionHistory, type SaidDecision } from '../../base/decided-layer/decision-history.ts';
import { decisionsOn } from '../../base/decided-layer/link-decisions.ts';
import { type LinkedRegister, registersOf } from '../../base/national-layer/link-registers.ts';
import type { Sight } from '../../base/sight/sight.ts';
import type { Model } from '../../treat/link/model/model.ts';
import { type ExplainedPair, holdingPairs } from '../../treat/linking/explain-person.ts';
import { modelInForce } from '../../treat/linking/model-in-force.ts';
import type { SeenPerson } from './find-person.ts';

/** Why registers are one person, by what is seen of them. */
export interface WhyOne {
  /** As few pairs as reach each from each, the heaviest; empty for a person of one register. */
  readonly pairs: readonly (ExplainedPair & {
    readonly one: LinkedRegister;
    readonly other: LinkedRegister;
  })[];
  /** What people said of two of these registers. */
  readonly decisions: readonly SaidDecision[];
  /** By which model; null where the one that is in force cannot be used by this program. */
  readonly model: string | null;
}

const mostDecisions = 50;

/** Of registers that are seen, by their values that are: what else holds them together is not told. */
export async function whyOne(
  questions: Questions,
  sight: Sight,
  { registers }: SeenPerson,
  locale: string,
): Promise<WhyOne> {
  const ids = registers.map(({ natal }) => natal);
  const areSeen = ({ a, b }: { readonly a: string; readonly b: string }) =>
    ids.includes(a) && ids.includes(b);
  const decisions = (await decisionHistory(questions, ids, mostDecisions)).filter(areSeen);
  if (registers.length < 2) return { pairs: [], decisions, model: null };
  const model = await usable(() => modelInForce(questions, locale));
  if (model === null) return { pairs: [], decisions, model: null };
  const tables = { registers: sight.registers(), otherNames: sight.view('outro_nome') };
  const linked = new Map((await registersOf(questions, ids, tables)).map((each) => [each.id, each]));
  // In the order of the page, so that pairs of one weight are always the same.
  const compared = ids.flatMap((id) => linked.get(id) ?? []);
  const same = (await decisionsOn(questions, ids)).filter(({ says }) => says === 'same').filter(areSeen);
  const pairs = holdingPairs(compared, same, model).flatMap((pair) => {
    const [one, other] = [linked.get(pair.a), linked.get(pair.b)];
    return one === undefined || other === undefined ? [] : [{ ...pair, one, other }];
  });
  return { pairs, decisions, model: model.version };
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
