import type { Questions, Transaction } from '../base.ts';
import { touchMoved } from './moved-registers.ts';
import { inScope, type Scope, setDownAlone } from './queue.ts';

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

/** Which source has each of some registers. */
export function sourcesOf(
  questions: Questions,
  registers: readonly string[],
): Promise<{ readonly register: string; readonly source: string }[]> {
  return questions.query(
    `SELECT natal_id::text AS register, fonte AS source FROM nacional.registro WHERE natal_id = ANY ($1::uuid[])`,
    [registers],
  );
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

/** Moves registers and keeps that they moved. @param model its version, by which they did */
export async function moveRegisters(tx: Transaction, moves: readonly Move[], model: string): Promise<void> {
  if (moves.length === 0) return;
  await setPersons(tx, moves);
  await tx.query(
    `INSERT INTO nacional.evento_pessoa (registro, de, para, modelo, decisoes)
     SELECT register, "from", "to", $4, ARRAY(SELECT jsonb_array_elements_text(decisions::jsonb)::bigint)
       FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $5::text[]) AS m (register, "from", "to", decisions)`,
    [
      ...[
        moves.map(({ register }) => register),
        moves.map(({ from }) => from),
        moves.map(({ to }) => to),
        model,
      ],
      moves.map(({ decisions }) => JSON.stringify(decisions)),
    ],
  );
}

/** Says whose registers are, and has looked at again what depends on it. */
export async function setPersons(
  tx: Transaction,
  moves: readonly Pick<Move, 'register' | 'from' | 'to'>[],
): Promise<void> {
  if (moves.length === 0) return;
  const registers = moves.map(({ register }) => register);
  await setDownAlone(tx);
  await tx.query(
    `UPDATE nacional.registro r SET pessoa_id = m.person
       FROM unnest($1::uuid[], $2::uuid[]) AS m (register, person) WHERE r.natal_id = m.register`,
    [registers, moves.map(({ to }) => to)],
  );
  await touchMoved(tx, registers, [...new Set(moves.flatMap(({ from, to }) => [from, to]))]);
}

/** Says which registers of those that were looked at would come to too large a person, the first by id first. */
export async function replaceTooLarge(
  tx: Transaction,
  looked: readonly string[],
  tooLarge: readonly (readonly string[])[],
): Promise<void> {
  await removeTooLarge(tx, looked);
  for (const registers of tooLarge) {
    await tx.query('INSERT INTO nacional.grupo_grande (registro, primeiro) SELECT unnest($1::uuid[]), $2', [
      ...[registers, registers[0]],
    ]);
  }
}

/** Whoever was with one of these in too large a group is so no more. */
export async function removeTooLarge(tx: Transaction, registers: readonly string[]): Promise<void> {
  await tx.query(
    `DELETE FROM nacional.grupo_grande WHERE primeiro IN (
       SELECT primeiro FROM nacional.grupo_grande WHERE registro = ANY ($1::uuid[]))`,
    [registers],
  );
}

/** Nothing tells any more that these moved, or others from or to one who was named after them. Returns how much did. */
export async function forgetMoves(tx: Transaction, registers: readonly string[]): Promise<number> {
  const gone: unknown[] = [];
  for (const column of ['registro', 'de', 'para']) {
    const sql = `DELETE FROM nacional.evento_pessoa WHERE ${column} = ANY ($1::uuid[]) RETURNING 1`;
    gone.push(...(await tx.query(sql, [registers])));
  }
  return gone.length;
}
