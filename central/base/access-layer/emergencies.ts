import { randomUUID } from 'node:crypto';
import { startOfDay } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type NewCase, openCase } from './cases.ts';
import { most } from './most.ts';
import { lockPerson } from './people.ts';
import type { User } from './uses.ts';

export type NewEmergency = NewCase & {
  readonly person: string;
  /** What happened, in words. */
  readonly reason: string;
  /** Until when it is to be reviewed. */
  readonly deadline: Date;
};

/**
 * Opens a case that somebody calls an emergency, to be reviewed; a form that is sent twice opens one. Throws
 * `too-many-emergencies` where so many of theirs of the day wait, `too-many-cases`.
 */
export async function openEmergency(
  tx: Transaction,
  session: string,
  emergency: NewEmergency,
  now: Date,
): Promise<{ readonly number: number; readonly isNew: boolean }> {
  const { person, body, reason, deadline } = emergency;
  // Whoever declares two at once, in whichever session, waits for the first.
  await lockPerson(tx, person);
  const opened = await openCase(tx, session, emergency, now);
  if (opened.isNew) {
    await requireReviewed(tx, person, now);
    await tx.query(
      `INSERT INTO acesso.emergencia (id, sessao, caso, pessoa, orgao, motivo, quando, prazo)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
      [randomUUID(), session, opened.number, person, body, reason, now, deadline],
    );
  }
  return opened;
}

async function requireReviewed(questions: Questions, person: string, now: Date): Promise<void> {
  const [waiting] = await questions.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM acesso.emergencia
      WHERE pessoa = $1 AND revista IS NULL AND quando >= $2`,
    [person, startOfDay(now)],
  );
  if ((waiting?.count ?? 0) >= most.emergencies.value) throw new GuaritaError('too-many-emergencies');
}

export interface Emergency {
  readonly id: string;
  readonly session: string;
  readonly number: number;
  readonly person: { readonly id: string; readonly name: string };
  readonly bodyShort: string;
  readonly purpose: string;
  readonly reference: string;
  readonly reason: string;
  readonly at: string;
  readonly deadline: string;
  readonly review: Review | null;
}

export interface Review {
  readonly at: string;
  readonly by: string;
  readonly isJustified: boolean;
  readonly words: string;
}

const columns = `e.id, e.sessao AS session, e.caso AS number, json_build_object('id', p.id, 'name', p.nome) AS person,
  o.sigla AS "bodyShort", c.finalidade AS purpose, c.referencia AS reference, e.motivo AS reason,
  ${instant('e.quando')} AS at, ${instant('e.prazo')} AS deadline,
  CASE WHEN e.revista IS NOT NULL THEN json_build_object(
    'at', ${instant('e.revista')}, 'by', r.nome, 'isJustified', e.justificada, 'words', e.parecer) END AS review`;
const tables = `acesso.emergencia e JOIN acesso.pessoa p ON p.id = e.pessoa JOIN acesso.orgao o ON o.id = e.orgao
  JOIN acesso.caso c ON c.sessao = e.sessao AND c.numero = e.caso LEFT JOIN acesso.pessoa r ON r.id = e.revista_por`;

/** Those that wait for their review, the one whose deadline is first before the others. */
export function waitingEmergencies(questions: Questions): Promise<Emergency[]> {
  return questions.query<Emergency>(
    `SELECT ${columns} FROM ${tables} WHERE e.revista IS NULL ORDER BY e.prazo, e.id LIMIT 200`,
  );
}

/** The last that were reviewed. */
export function reviewedEmergencies(questions: Questions): Promise<Emergency[]> {
  return questions.query<Emergency>(
    `SELECT ${columns} FROM ${tables} WHERE e.revista IS NOT NULL ORDER BY e.revista DESC, e.id LIMIT 50`,
  );
}

export async function emergencyOf(questions: Questions, id: string): Promise<Emergency | null> {
  const [found] = await questions.query<Emergency>(`SELECT ${columns} FROM ${tables} WHERE e.id = $1`, [id]);
  return found ?? null;
}

/** Says once whether it was one. False where that was said, where it is nobody's, or of whoever says it. */
export async function reviewEmergency(
  tx: Transaction,
  id: string,
  { by, isJustified, words }: { readonly by: string; readonly isJustified: boolean; readonly words: string },
  now: Date,
): Promise<boolean> {
  const reviewed = await tx.query(
    `UPDATE acesso.emergencia SET revista = $2, revista_por = $3, justificada = $4, parecer = $5
      WHERE id = $1 AND revista IS NULL AND pessoa <> $3 RETURNING 1`,
    [id, now, by, isJustified, words],
  );
  return reviewed.length === 1;
}

/** What was looked at in it, as the audit has it. */
export interface LookedAt {
  readonly at: string;
  /** The entry as it was written, as JSON: of one that is not as it should be others are still read. */
  readonly body: string;
  /** What was asked for, and the ids of the records that were shown, as JSON. */
  readonly terms: string | null;
}

/** The first 500 entries of the audit that were written in it. */
export function lookedAtIn(
  questions: Questions,
  { person, session, number }: Pick<Emergency, 'person' | 'session' | 'number'>,
): Promise<LookedAt[]> {
  return questions.query<LookedAt>(
    `SELECT quando AS at, corpo AS body, termos AS terms
       FROM acesso.auditoria
      WHERE corpo::jsonb ->> 'person' = $1 AND corpo::jsonb ->> 'session' = $2 AND corpo::jsonb ->> 'case' = $3
      ORDER BY numero LIMIT 500`,
    [person.id, session, String(number)],
  );
}

/** Emergencies whose deadline passed within these days, and that nobody has reviewed; by person, body and day. */
export function overdueEmergencies(
  questions: Questions,
  now: Date,
): Promise<readonly (User & { readonly deadline: string })[]> {
  return questions.query(
    `SELECT pessoa AS person, orgao AS body, ${instant('prazo')} AS deadline
       FROM acesso.emergencia WHERE revista IS NULL AND prazo <= $1 ORDER BY prazo, id`,
    [now],
  );
}
