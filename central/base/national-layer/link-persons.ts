import type { Questions, Transaction } from '../base.ts';
import { touchMoved } from './moved-registers.ts';
import { inScope, type Scope } from './queue.ts';

/** A register and the national person that it belongs to, by `natal_id`. */
export interface RegisterPerson {
  readonly register: string;
  readonly person: string;
}

/** Whose registers are, the earliest first: by when they were first seen, and by their key. */
export function personsOf(questions: Questions, registers: readonly string[]): Promise<RegisterPerson[]> {
  return questions.query(
    `SELECT natal_id::text AS register, pessoa_id::text AS person FROM nacional.registro
      WHERE natal_id = ANY ($1::uuid[]) ORDER BY primeira_vez, fonte, papel, id`,
    [registers],
  );
}

/** Registers of a scope that are there. */
export async function registersInOrder(questions: Questions, scope: Scope): Promise<string[]> {
  const parameters: unknown[] = [];
  const condition = inScope('natal_id', scope, parameters, 'uuid');
  const rows = await questions.query<{ register: string }>(
    `SELECT natal_id::text AS register FROM nacional.registro WHERE ${condition} ORDER BY natal_id`,
    parameters,
  );
  return rows.map(({ register }) => register);
}

/** All registers of some persons. */
export function registersOfPersons(
  questions: Questions,
  persons: readonly string[],
): Promise<RegisterPerson[]> {
  return questions.query(
    `SELECT natal_id::text AS register, pessoa_id::text AS person FROM nacional.registro
      WHERE pessoa_id = ANY ($1::uuid[])`,
    [persons],
  );
}

/** A register that goes from one person to another. */
export interface Move {
  readonly register: string;
  readonly from: string;
  readonly to: string;
  /** Numbers of the decisions among the registers of the person that it comes to. */
  readonly decisions: readonly number[];
}

/** Moves registers, keeps that they moved, and has looked at again what depends on it. @param model its version, by which they did */
export async function moveRegisters(tx: Transaction, moves: readonly Move[], model: string): Promise<void> {
  if (moves.length === 0) return;
  const lists = [moves.map(({ register }) => register), moves.map(({ to }) => to)];
  await tx.query(
    `UPDATE nacional.registro r SET pessoa_id = m.person
       FROM unnest($1::uuid[], $2::uuid[]) AS m (register, person) WHERE r.natal_id = m.register`,
    lists,
  );
  await tx.query(
    `INSERT INTO nacional.evento_pessoa (registro, de, para, modelo, decisoes)
     SELECT register, "from", "to", $4, ARRAY(SELECT jsonb_array_elements_text(decisions::jsonb)::bigint)
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $5::text[]) AS m (register, "from", "to", decisions)`,
    [
      ...[lists[0], moves.map(({ from }) => from), lists[1], model],
      moves.map(({ decisions }) => JSON.stringify(decisions)),
    ],
  );
  const persons = new Set(moves.flatMap(({ from, to }) => [from, to]));
  await touchMoved(
    tx,
    moves.map(({ register }) => register),
    [...persons],
  );
}

/** Says which registers of those that were looked at would come to too large a person, the first by id first. */
export async function replaceTooLarge(
  tx: Transaction,
  looked: readonly string[],
  tooLarge: readonly (readonly string[])[],
): Promise<void> {
  await tx.query('DELETE FROM nacional.grupo_grande WHERE registros && $1::uuid[]', [looked]);
  for (const registers of tooLarge) {
    await tx.query('INSERT INTO nacional.grupo_grande (primeiro, registros) VALUES ($1, $2::uuid[])', [
      registers[0],
      registers,
    ]);
  }
}
