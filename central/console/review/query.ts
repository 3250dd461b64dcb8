import { hash } from 'node:crypto';
import type { Questions } from '../../base/base.ts';
import { pairHistory, type SaidDecision } from '../../base/decided-layer/decision-history.ts';
import { type KnownRegister, knownRegisters } from '../../base/national-layer/known-registers.ts';
import { type LinkedRegister, registersOf } from '../../base/national-layer/link-registers.ts';
import type { TwoRegisters } from '../../base/national-layer/review-pairs.ts';
import {
  type Because,
  becauseOf,
  type ExplainedPair,
  explainPair,
} from '../../treat/linking/explain-person.ts';
import type { Linker } from '../../treat/linking/linker.ts';
import { type MoreSaid, moreSaidOf } from './more-said.ts';
import type { Reviewable } from './reviewable.ts';

/** Registers of a person, by source and role. */
export interface Part {
  readonly source: string;
  readonly role: string;
  readonly registers: number;
}

/** One of two registers. */
export interface Side {
  readonly register: KnownRegister;
  readonly values: LinkedRegister;
  readonly more: MoreSaid;
  /** Of which registers its person is made now, as far as they are seen. */
  readonly person: readonly Part[];
}

/** Two registers side by side, with all that is known of who is who. */
export interface SeenPair {
  readonly a: Side;
  readonly b: Side;
  /** By the model that is in force. */
  readonly explained: ExplainedPair;
  readonly model: string;
  /** Why they are two; null where they are one person's. */
  readonly because: Because | null;
  /** What was ever said of the two. */
  readonly said: readonly SaidDecision[];
  /** Stands for all that is shown of them: another one, and something has changed. */
  readonly digest: string;
}

/** Two registers as somebody sees them; null where they do not see one of them, or it is one and the same. */
export async function seenPair(
  questions: Questions,
  { tables }: Reviewable,
  { a, b }: TwoRegisters,
  linker: Linker,
): Promise<SeenPair | null> {
  if (a === b) return null;
  const known = await knownRegisters(questions, [a, b], tables.registers);
  const values = await registersOf(questions, [a, b], tables);
  const more = await moreSaidOf(questions, tables.registers, [a, b]);
  const parts = await partsOf(
    questions,
    tables.registers,
    known.map(({ person }) => person),
  );
  const sideOf = (id: string): Side | null => {
    const register = known.find((each) => each.id === id);
    const said = values.find((each) => each.id === id);
    if (register === undefined || said === undefined) return null;
    const person = parts.filter((part) => part.person === register.person);
    return { register, values: said, more: more.get(id) ?? {}, person };
  };
  const [one, other] = [sideOf(a), sideOf(b)];
  if (one === null || other === null) return null;
  const explained = explainPair(one.values, other.values, linker.model);
  const said = await pairHistory(questions, [a, b]);
  return {
    ...{ a: one, b: other, explained, model: linker.model.version, said },
    because: await whyTwo(questions, one, other, explained, said, linker),
    digest: hash('sha256', JSON.stringify([one.values, other.values, linker.model.version]), 'hex').slice(
      0,
      32,
    ),
  };
}

async function whyTwo(
  questions: Questions,
  { register: a }: Side,
  { register: b }: Side,
  { weight, veto }: ExplainedPair,
  said: readonly SaidDecision[],
  linker: Linker,
): Promise<Because | null> {
  if (a.person === b.person) return null;
  const standing = said.findLast(({ undoneBy }) => undoneBy === null);
  const two = {
    ...{ a: a.id, b: b.id, persons: [a.person, b.person] as const, across: a.role !== b.role },
    ...{ said: standing, veto, weight },
  };
  const [because] = await becauseOf(questions, [two], linker);
  return because ?? 'others';
}

function partsOf(
  questions: Questions,
  registers: string,
  persons: readonly string[],
): Promise<(Part & { readonly person: string })[]> {
  return questions.query(
    `SELECT pessoa_id::text AS person, fonte AS source, papel AS role, count(*)::int AS registers
       FROM ${registers} AS r WHERE pessoa_id = ANY ($1::uuid[]) GROUP BY 1, 2, 3 ORDER BY 2, 3`,
    [persons],
  );
}
