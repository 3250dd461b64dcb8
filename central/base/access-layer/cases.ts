import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** Why somebody looks, within a session. */
export interface CaseRow {
  readonly number: number;
  readonly purpose: string;
  readonly reference: string;
  readonly isEmergency: boolean;
  readonly since: string;
}

const columns = `numero AS number, finalidade AS purpose, referencia AS reference, emergencia AS "isEmergency",
  ${instant('desde')} AS since`;

export async function caseOf(questions: Questions, session: string, number: number): Promise<CaseRow | null> {
  const [found] = await questions.query<CaseRow>(
    `SELECT ${columns} FROM acesso.caso WHERE sessao = $1 AND numero = $2`,
    [session, number],
  );
  return found ?? null;
}

/** Those of a session, the last one first. */
export function casesOf(questions: Questions, session: string): Promise<CaseRow[]> {
  return questions.query<CaseRow>(
    `SELECT ${columns} FROM acesso.caso WHERE sessao = $1 ORDER BY numero DESC`,
    [session],
  );
}

/** Opens one; returns its number, counted within the session: whoever opens two at once waits for the first. */
export async function openCase(
  tx: Transaction,
  session: string,
  opened: Pick<CaseRow, 'purpose' | 'reference' | 'isEmergency'>,
  now: Date,
): Promise<number> {
  await tx.query('SELECT 1 FROM acesso.sessao WHERE id = $1 FOR UPDATE', [session]);
  const { purpose, reference, isEmergency } = opened;
  const [made] = await tx.query<{ number: number }>(
    `INSERT INTO acesso.caso (sessao, numero, finalidade, referencia, emergencia, desde)
     SELECT $1, coalesce(max(numero), 0) + 1, $2, $3, $4, $5 FROM acesso.caso WHERE sessao = $1
     RETURNING numero AS number`,
    [session, purpose, reference, isEmergency, now],
  );
  return made?.number ?? 0;
}
