import type { Questions } from '../base.ts';
import { decisionsOn } from '../decided-layer/link-decisions.ts';
import { inScope, type Scope } from './queue.ts';

/** Somebody who visits or represents people in custody and is one of them, under another national id. */
export interface Identity {
  /** Of the visitor or lawyer. */
  readonly person: string;
  /** Of the people in custody who are the same: one, where all is well. */
  readonly inCustody: ReadonlySet<string>;
}

/** A register and one that is the same person's. */
export interface Pair {
  readonly own: string;
  readonly other: string;
  /** By which decision; null where they weigh enough. */
  readonly decision: number | null;
}

/**
 * Who of the persons of a scope visits or represents, and is in the register of people in custody as well: by what people
 * have said, else by pairs that weigh so much that they would be merged if they were of one kind. Also by registers that
 * their sources have no more.
 *
 * @param automatic bits
 */
export async function identitiesIn(
  questions: Questions,
  scope: Scope,
  automatic: number,
): Promise<readonly Identity[]> {
  const parameters: unknown[] = [];
  const own = await questions.query<{ natal: string; person: string }>(
    `SELECT natal_id::text AS natal, pessoa_id::text AS person FROM nacional.registro
      WHERE papel <> 'custodiado' AND ${inScope('pessoa_id', scope, parameters, 'uuid')} ORDER BY 2, 1`,
    parameters,
  );
  const personOf = new Map(own.map(({ natal, person }) => [natal, person]));
  const pairs = await pairsOf(questions, [...personOf.keys()], automatic);
  const held = await inCustody(questions, [...new Set(pairs.map(({ other }) => other))]);
  const found = new Map<string, Set<string>>();
  for (const { own, other } of pairs) {
    const [person, counterpart] = [personOf.get(own), held.get(other)];
    if (person === undefined || counterpart === undefined) continue;
    found.set(person, (found.get(person) ?? new Set()).add(counterpart));
  }
  return [...found].map(([person, others]) => ({ person, inCustody: others }));
}

/** The registers of other kinds that are a person's as well, by `natal_id`, in no order. @param automatic bits */
export async function registersAcross(
  questions: Questions,
  registers: readonly string[],
  automatic: number,
): Promise<readonly string[]> {
  return [...new Set((await pairsOf(questions, registers, automatic)).map(({ other }) => other))];
}

/**
 * Pairs of these registers with others that are one person's: of other kinds, and those of their own that people have said
 * to be. @param automatic bits
 */
export async function pairsOf(
  questions: Questions,
  registers: readonly string[],
  automatic: number,
): Promise<Pair[]> {
  if (registers.length === 0) return [];
  const weighed = await questions.query<Pair>(
    `SELECT a::text AS own, b::text AS other, NULL::int AS decision FROM nacional.par
      WHERE a = ANY ($1::uuid[]) AND entre AND veto = 0 AND peso >= $2
     UNION ALL SELECT b::text, a::text, NULL FROM nacional.par
      WHERE b = ANY ($1::uuid[]) AND entre AND veto = 0 AND peso >= $2`,
    [registers, automatic],
  );
  const decided = await decisionsOn(questions, registers);
  const said = (says: string) => decided.filter((each) => each.says === says);
  const apart = new Set(said('distinct').map(({ a, b }) => `${a} ${b}`));
  const isApart = ({ own, other }: Pair) => apart.has([own, other].toSorted().join(' '));
  const mine = new Set(registers);
  const same = said('same').flatMap(({ a, b, number: decision }): Pair[] => [
    ...(mine.has(a) ? [{ own: a, other: b, decision }] : []),
    ...(mine.has(b) ? [{ own: b, other: a, decision }] : []),
  ]);
  return [...weighed.filter((pair) => !isApart(pair)), ...same];
}

/** To whom those of these registers belong that are of people in custody. */
async function inCustody(
  questions: Questions,
  registers: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (registers.length === 0) return new Map();
  const rows = await questions.query<{ natal: string; person: string }>(
    `SELECT natal_id::text AS natal, pessoa_id::text AS person FROM nacional.registro
      WHERE natal_id = ANY ($1::uuid[]) AND papel = 'custodiado'`,
    [registers],
  );
  return new Map(rows.map(({ natal, person }) => [natal, person]));
}

/** A link of somebody in custody that leads to a visitor or a lawyer, both by their person. */
export interface PersonLink {
  readonly source: string;
  readonly id: string;
  /** To whom it leads. */
  readonly to: string;
  readonly inCustody: string;
  /** Both registers have one CPF. */
  readonly sameCpf: boolean;
}

/** Links that sources have, from people in custody to these persons. */
export function linksTo(questions: Questions, persons: readonly string[]): Promise<PersonLink[]> {
  return questions.query(
    `SELECT v.fonte AS source, v.id, r.pessoa_id::text AS "to", c.pessoa_id::text AS "inCustody",
            coalesce(r.cpf = c.cpf, false) AS "sameCpf"
       FROM nacional.registro r
       JOIN nacional.vinculo v ON v.fonte = r.fonte AND v.pessoa_id = r.id AND v.pessoa_tipo = r.papel
       JOIN nacional.registro c ON c.fonte = v.fonte AND c.papel = 'custodiado' AND c.id = v.custodiado_id
      WHERE r.pessoa_id = ANY ($1::uuid[]) AND r.removido IS NULL AND v.removido IS NULL AND c.removido IS NULL
      ORDER BY 1, 2`,
    [persons],
  );
}
