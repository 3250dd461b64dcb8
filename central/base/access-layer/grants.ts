import type { Transaction } from '../base.ts';
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
