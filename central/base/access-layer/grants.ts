import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import type { BodyGrant } from './sessions.ts';

export type NewGrant = Omit<BodyGrant, 'until'> & {
  readonly body: string;
  readonly from: Date;
  readonly to: Date;
};

export async function addGrant(tx: Transaction, grant: NewGrant, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.concessao (id, orgao, acordo, visoes, campos_sensiveis, campos_ocultos, ufs, finalidades,
                                   cota_pessoa, cota_orgao, desde, ate, criada)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      ...[grant.id, grant.body, grant.agreement, grant.views, grant.sensitive, grant.hidden],
      ...[grant.states, grant.purposes, grant.personQuota, grant.bodyQuota, grant.from, grant.to, now],
    ],
  );
}

/** False where it had ended. */
export async function endGrant(tx: Transaction, id: string, now: Date): Promise<boolean> {
  const ended = await tx.query(
    `UPDATE acesso.concessao SET encerrada = $2 WHERE id = $1 AND encerrada IS NULL RETURNING 1`,
    [id, now],
  );
  return ended.length === 1;
}

/** When the last grant of a body ends that is in force, ISO 8601; null where none is. */
export async function grantsEndOf(questions: Questions, body: string, now: Date): Promise<string | null> {
  const [found] = await questions.query<{ end: string | null }>(
    `SELECT ${instant('max(ate)')} AS "end" FROM acesso.concessao
      WHERE orgao = $1 AND desde <= $2 AND ate > $2 AND encerrada IS NULL`,
    [body, now],
  );
  return found?.end ?? null;
}
