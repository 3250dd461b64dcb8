import type { Questions } from '../../base/base.ts';
import { decisionHistory, type SaidDecision } from '../../base/decided-layer/decision-history.ts';
import { decisionsOn, type LinkDecision } from '../../base/decided-layer/link-decisions.ts';
import {
  type KnownRegister,
  knownRegisters,
  registersOfPerson,
} from '../../base/national-layer/known-registers.ts';
import { type LinkedRegister, registersOf } from '../../base/national-layer/link-registers.ts';
import { areTooLarge, pairsBeside } from '../../base/national-layer/open-pairs.ts';
import { movesOf, type PersonMove } from '../../base/national-layer/person-moves.ts';
import { Union } from '../link/cluster/union.ts';
import { comparisonsOf } from '../link/compare/comparisons.ts';
import { type Explanation, explain } from '../link/explain.ts';
import { locales } from '../link/locale/locales.ts';
import { neutral } from '../link/locale/neutral.ts';
import { scorerOf } from '../link/model/compile.ts';
import type { Model } from '../link/model/model.ts';
import type { Thresholds } from '../link/model/thresholds.ts';
import { type Veto, vetoes } from '../link/model/veto.ts';
import { type Registers, RegistersBuilder } from '../link/registers/builder.ts';

/** Two registers, and what linkage finds of them. */
export interface ExplainedPair extends Explanation {
  readonly a: string;
  readonly b: string;
}

/** A register of another person that looks like this one, and why they are not together. */
export interface Beside {
  readonly a: string;
  readonly b: string;
  readonly other: KnownRegister;
  readonly weight: number;
  readonly because: Because;
}

/**
 * Why two registers of two persons are not one's: of two kinds; a decision that they are two, or that they are one, which
 * treatment has not followed yet; a veto; they weigh too little; they would, and others of the two persons speak against it.
 */
export type Because =
  | 'kind'
  | { readonly decision: number; readonly says: 'same' | 'distinct' }
  | Veto
  | 'weight'
  | 'others';

export interface ExplainedPerson {
  readonly person: string;
  readonly registers: readonly (KnownRegister & { readonly values: LinkedRegister })[];
  /** There are more registers than are told. */
  readonly more: boolean;
  /** By what they hang together: as few pairs as do, the heaviest. */
  readonly holding: readonly ExplainedPair[];
  readonly decisions: readonly SaidDecision[];
  readonly beside: readonly Beside[];
  /** Of a group that is too large to be put together without a person. */
  readonly tooLarge: boolean;
  readonly moves: readonly PersonMove[];
}

/** How much is told of a person. */
const most = { registers: 60, decisions: 50, beside: 20, moves: 20 } as const;

/** What makes the registers of a person one, and keeps others away. */
export async function explainPerson(
  questions: Questions,
  person: string,
  model: Model,
  thresholds: Thresholds,
): Promise<ExplainedPerson> {
  const found = await registersOfPerson(questions, person, most.registers + 1);
  const known = found.slice(0, most.registers);
  const ids = known.map(({ id }) => id);
  const values = new Map((await registersOf(questions, ids)).map((register) => [register.id, register]));
  const registers = known.flatMap((register) => {
    const of = values.get(register.id);
    return of === undefined ? [] : [{ ...register, values: of }];
  });
  const same = (await decisionsOn(questions, ids)).filter(({ says }) => says === 'same');
  return {
    ...{ person, registers, more: found.length > known.length },
    holding: holdingOf(
      registers.map((register) => register.values),
      same,
      model,
    ),
    decisions: await decisionHistory(questions, ids, most.decisions),
    beside: await besideOf(questions, known, thresholds),
    tooLarge: await areTooLarge(questions, ids),
    moves: await movesOf(questions, ids, person, most.moves),
  };
}

/** What is known of two registers, by the model. */
export function explainPair(a: LinkedRegister, b: LinkedRegister, model: Model): ExplainedPair {
  return { a: a.id, b: b.id, ...explain(columnsOf([a, b], model), 0, 1, model) };
}

export function columnsOf(registers: readonly LinkedRegister[], model: Model): Registers {
  const builder = new RegistersBuilder({
    locale: locales[model.locale] ?? neutral,
    expected: registers.length,
  });
  for (const register of registers) builder.add(register);
  return builder.done();
}

/** The heaviest pairs that suffice to reach each from each; what people decided goes first. */
function holdingOf(
  registers: readonly LinkedRegister[],
  same: readonly { readonly a: string; readonly b: string }[],
  model: Model,
): readonly ExplainedPair[] {
  const decided = new Set(same.map(({ a, b }) => `${a} ${b}`));
  const columns = columnsOf(registers, model);
  const scorer = scorerOf(columns, model, comparisonsOf());
  const pairs: { one: number; other: number; weight: number; order: number }[] = [];
  for (const [one, { id }] of registers.entries()) {
    for (const [other, { id: otherId }] of registers.entries()) {
      if (other <= one) continue;
      const weight = scorer.weigh(one, other);
      const name = id < otherId ? `${id} ${otherId}` : `${otherId} ${id}`;
      pairs.push({ one, other, weight, order: decided.has(name) ? 0 : scorer.veto() === null ? 1 : 2 });
    }
  }
  pairs.sort((x, y) => x.order - y.order || y.weight - x.weight);
  const union = new Union(registers.length);
  return pairs.flatMap(({ one, other }) => {
    if (union.find(one) === union.find(other)) return [];
    union.join(one, other);
    const [a, b] = [registers[one]?.id ?? '', registers[other]?.id ?? ''];
    return [{ a, b, ...explain(columns, one, other, model) }];
  });
}

async function besideOf(
  questions: Questions,
  registers: readonly KnownRegister[],
  thresholds: Thresholds,
): Promise<readonly Beside[]> {
  const own = new Set(registers.map(({ id }) => id));
  const pairs = await pairsBeside(questions, [...own], most.beside);
  const ids = pairs.map(({ a, b }) => (own.has(a) ? b : a));
  const others = new Map((await knownRegisters(questions, ids)).map((register) => [register.id, register]));
  const said = new Map((await decisionsOn(questions, ids)).map((each) => [`${each.a} ${each.b}`, each]));
  return pairs.flatMap(({ a, b, weight, veto, across }, at) => {
    const other = others.get(ids[at] ?? '');
    if (other === undefined) return [];
    const of = { across, said: said.get(`${a} ${b}`), veto: vetoes[veto - 1] ?? null, weight };
    return [{ a, b, other, weight, because: becauseOf(of, thresholds) }];
  });
}

/** @param said the decision on the two that stands */
export function becauseOf(
  pair: {
    readonly across: boolean;
    readonly said: Pick<LinkDecision, 'number' | 'says'> | undefined;
    readonly veto: Veto | null;
    readonly weight: number;
  },
  { automatic }: Thresholds,
): Because {
  const { across, said, veto, weight } = pair;
  if (said?.says === 'distinct') return { decision: said.number, says: said.says };
  if (across) return 'kind';
  if (said?.says === 'same') return { decision: said.number, says: said.says };
  return veto ?? (weight >= automatic ? 'others' : 'weight');
}
