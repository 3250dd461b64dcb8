import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { most } from './most.ts';

/** Why somebody looks, within a session and a body. */
export interface CaseRow {
  readonly number: number;
  readonly body: string;
  readonly purpose: string;
  readonly reference: string;
  readonly isEmergency: boolean;
  readonly since: string;
}

const columns = `numero AS number, orgao AS body, finalidade AS purpose, referencia AS reference,
  emergencia AS "isEmergency", ${instant('desde')} AS since`;

export async function caseOf(questions: Questions, session: string, number: number): Promise<CaseRow | null> {
  const [found] = await questions.query<CaseRow>(
    `SELECT ${columns} FROM acesso.caso WHERE sessao = $1 AND numero = $2`,
    [session, number],
  );
  return found ?? null;
}

/** Those of a session in a body, the last one first. */
export function casesOf(questions: Questions, session: string, body: string): Promise<CaseRow[]> {
  return questions.query<CaseRow>(
    `SELECT ${columns} FROM acesso.caso WHERE sessao = $1 AND orgao = $2 ORDER BY numero DESC`,
    [session, body],
  );
}

export type NewCase = Pick<CaseRow, 'body' | 'purpose' | 'reference'> & {
  /** Of an emergency what it is, in words. */
  readonly reason?: string;
};

/**
 * Opens one, or finds the same one where it is open already: a form that is sent twice opens one. Throws
 * `too-many-cases`.
 * @returns its number, counted within the session: whoever opens two at once waits for the first
 */
export async function openCase(
  tx: Transaction,
  session: string,
  { body, purpose, reference, reason }: NewCase,
  now: Date,
): Promise<{ readonly number: number; readonly isNew: boolean }> {
  await tx.query('SELECT 1 FROM acesso.sessao WHERE id = $1 FOR UPDATE', [session]);
  const told = [session, body, purpose, reference, reason !== undefined];
  const [open] = await tx.query<{ number: number }>(
    `SELECT c.numero AS number
       FROM acesso.caso c LEFT JOIN acesso.emergencia e ON e.sessao = c.sessao AND e.caso = c.numero
      WHERE c.sessao = $1 AND c.orgao = $2 AND c.finalidade = $3 AND c.referencia = $4 AND c.emergencia = $5
        AND e.motivo IS NOT DISTINCT FROM $6::text
      ORDER BY c.numero DESC LIMIT 1`,
    [...told, reason ?? null],
  );
  if (open !== undefined) return { number: open.number, isNew: false };
  const [made] = await tx.query<{ number: number }>(
    `INSERT INTO acesso.caso (sessao, numero, orgao, finalidade, referencia, emergencia, desde)
     SELECT $1, coalesce(max(numero), 0) + 1, $2, $3, $4, $5, $6 FROM acesso.caso WHERE sessao = $1
     HAVING count(*) < $7 RETURNING numero AS number`,
    [...told, now, most.cases.value],
  );
  if (made === undefined) throw new GuaritaError('too-many-cases');
  return { number: made.number, isNew: true };
}
