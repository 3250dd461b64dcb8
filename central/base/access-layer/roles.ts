import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { recertifyBy } from './in-force.ts';

export interface NewRole {
  readonly id: string;
  readonly person: string;
  readonly body: string;
  /** By its code, see the console's `access/roles.ts`. */
  readonly role: string;
  readonly from: Date;
  readonly until: Date;
  /** Who gave it; null: at the terminal. */
  readonly givenBy: string | null;
}

export async function giveRole(tx: Transaction, role: NewRole): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.papel (id, pessoa, orgao, papel, desde, ate, dado_por) VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [role.id, role.person, role.body, role.role, role.from, role.until, role.givenBy],
  );
}

/** False where it had ended. @param by who ended it; null: at the terminal */
export async function endRole(tx: Transaction, id: string, by: string | null, now: Date): Promise<boolean> {
  const ended = await tx.query(
    `UPDATE acesso.papel SET encerrado = $2, encerrado_por = $3 WHERE id = $1 AND encerrado IS NULL RETURNING 1`,
    [id, now, by],
  );
  return ended.length === 1;
}

/** A role as it stands, whose term may have run out. */
export interface HeldRole {
  readonly id: string;
  readonly body: string;
  readonly bodyShort: string;
  readonly role: string;
  readonly from: string;
  readonly until: string;
  /** Until when it holds without being looked at anew. */
  readonly recertifyBy: string;
}

/** The roles of somebody that nobody has ended, by body and name. */
export function rolesOf(questions: Questions, person: string): Promise<HeldRole[]> {
  return questions.query<HeldRole>(
    `SELECT p.id, o.id AS body, o.sigla AS "bodyShort", p.papel AS role,
            ${instant('p.desde')} AS "from", ${instant('p.ate')} AS until,
            ${instant(recertifyBy('p'))} AS "recertifyBy"
       FROM acesso.papel p JOIN acesso.orgao o ON o.id = p.orgao
      WHERE p.pessoa = $1 AND p.encerrado IS NULL ORDER BY o.sigla, p.papel`,
    [person],
  );
}
