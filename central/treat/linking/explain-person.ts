import type { Questions } from '../../base/base.ts';
import { decisionHistory, type SaidDecision } from '../../base/decided-layer/decision-history.ts';
import { decisionsOn, type LinkDecision } from '../../base/decided-layer/link-decisions.ts';
import {
  type KnownRegister,
  knownRegisters,
  registersOfPerson,
} from '../../base/national-layer/known-registers.ts';
import { type LinkedRegister, registersOf } from '../../base/national-layer/link-registers.ts';
import { personsWaiting } from '../../base/national-layer/linkage-waiting.ts';
import { pairsBeside, tooLargeGroups } from '../../base/national-layer/open-pairs.ts';
import { movesOf, type PersonMove } from '../../base/national-layer/person-moves.ts';
import { Union } from '../link/cluster/union.ts';
import { comparisonsOf } from '../link/compare/comparisons.ts';
import { type Explanation, explain } from '../link/explain.ts';
import { locales } from '../link/locale/locales.ts';
import { neutral } from '../link/locale/neutral.ts';
import { scorerOf } from '../link/model/compile.ts';
import type { Model } from '../link/model/model.ts';
import { type Veto, vetoes } from '../link/model/veto.ts';
import { type Registers, RegistersBuilder } from '../link/registers/builder.ts';
import type { Linker } from './linker.ts';

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
 * treatment has not followed yet; a veto; they weigh too little. Else they would be, and one of them waits for treatment; or
 * they are of a group that is too large; or others of the two persons speak against it.
 */
export type Because =
  | 'kind'
  | { readonly decision: number; readonly says: 'same' | 'distinct' }
  | Veto
  | 'weight'
  | 'waiting'
  | 'too-large'
  | 'others';

export interface ExplainedPerson {
  readonly person: string;
  readonly registers: readonly (KnownRegister & { readonly values: LinkedRegister })[];
  /** There are more registers than are told. */
  readonly more: boolean;
  /** By what they hang together: as few pairs as do, the heaviest. */
  readonly holding: readonly ExplainedPair[];
  readonly decisions: readonly SaidDecision[];
  /** A treatment may still change this person. */
  readonly waits: boolean;
  /** Decisions that registers of this person are of two, which treatment has not followed yet. */
  readonly toPart: readonly LinkDecision[];
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
  linker: Linker,
): Promise<ExplainedPerson> {
  const found = await registersOfPerson(questions, person, most.registers + 1);
  const known = found.slice(0, most.registers);
  const ids = known.map(({ id }) => id);
  const values = new Map((await registersOf(questions, ids)).map((register) => [register.id, register]));
  const registers = known.flatMap((register) => {
    const of = values.get(register.id);
    return of === undefined ? [] : [{ ...register, values: of }];
  });
  const said = await decisionsOn(questions, ids);
  const same = said.filter(({ says }) => says === 'same');
  return {
    ...{ person, registers, more: found.length > known.length },
    holding: holdingPairs(
      registers.map((register) => register.values),
      same,
      linker.model,
    ),
    decisions: await decisionHistory(questions, ids, most.decisions),
    waits: (await personsWaiting(questions, [person], linker.version)).size > 0,
    toPart: said.filter(({ a, b, says }) => says === 'distinct' && values.has(a) && values.has(b)),
    beside: await besideOf(questions, known, linker),
    tooLarge: (await tooLargeGroups(questions, ids)).size > 0,
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
export function holdingPairs(
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
  linker: Linker,
): Promise<readonly Beside[]> {
  const own = new Map(registers.map((register) => [register.id, register]));
  const pairs = await pairsBeside(questions, [...own.keys()], most.beside);
  const ids = pairs.map(({ a, b }) => (own.has(a) ? b : a));
  const others = new Map((await knownRegisters(questions, ids)).map((register) => [register.id, register]));
  const said = new Map((await decisionsOn(questions, ids)).map((each) => [`${each.a} ${each.b}`, each]));
  const between = pairs.flatMap((pair, at) => {
    const { a, b } = pair;
    const [one, other] = [own.get(own.has(a) ? a : b), others.get(ids[at] ?? '')];
    if (one === undefined || other === undefined) return [];
    const persons: readonly [string, string] = [one.person, other.person];
    const veto = vetoes[pair.veto - 1] ?? null;
    return [{ ...pair, other, persons, said: said.get(`${a} ${b}`), veto }];
  });
  const because = await becauseOf(questions, between, linker);
  return between.map(({ a, b, other, weight }, at) => ({
    ...{ a, b, other, weight },
    because: because[at] ?? 'others',
  }));
}

/** Two registers of two persons. */
export interface TwoPersons {
  readonly a: string;
  readonly b: string;
  readonly persons: readonly [string, string];
  readonly across: boolean;
  /** The decision on the two that stands. */
  readonly said: Pick<LinkDecision, 'number' | 'says'> | undefined;
  readonly veto: Veto | null;
  readonly weight: number;
}

/** Of each, why the two are not one person's. */
export async function becauseOf(
  questions: Questions,
  pairs: readonly TwoPersons[],
  linker: Linker,
): Promise<readonly Because[]> {
  const { automatic } = linker.thresholds;
  const surely = pairs.map(({ across, said, veto, weight }): Because | null => {
    if (said?.says === 'distinct') return { decision: said.number, says: said.says };
    if (across) return 'kind';
    if (said?.says === 'same') return { decision: said.number, says: said.says };
    return veto ?? (weight >= automatic ? null : 'weight');
  });
  const open = pairs.filter((_, at) => surely[at] === null);
  if (open.length === 0) return surely.flatMap((because) => because ?? []);
  const waiting = await personsWaiting(
    questions,
    open.flatMap(({ persons }) => persons),
    linker.version,
  );
  const groups = await tooLargeGroups(
    questions,
    open.flatMap(({ a, b }) => [a, b]),
  );
  return pairs.map(({ a, b, persons }, at): Because => {
    const because = surely[at] ?? null;
    if (because !== null) return because;
    if (persons.some((person) => waiting.has(person))) return 'waiting';
    const group = groups.get(a);
    return group !== undefined && group === groups.get(b) ? 'too-large' : 'others';
  });
}
