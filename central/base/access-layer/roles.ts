import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { recertifyBy } from './in-force.ts';
import type { RoleTerm } from './role-standing.ts';

export interface NewRole {
  readonly id: string;
  readonly person: string;
  readonly body: string;
  /** Of the body; none where it is not said. */
  readonly structure?: string | null;
  /** By its code, see the console's `access/roles.ts`. */
  readonly role: string;
  readonly from: Date;
  readonly until: Date;
  /** Who gave it; null: at the terminal. */
  readonly givenBy: string | null;
}

/** Whoever gives or ends a role waits until the transaction ends: what is seen of roles in it holds. */
export async function lockRoles(tx: Transaction): Promise<void> {
  await tx.execute('LOCK TABLE acesso.papel IN SHARE ROW EXCLUSIVE MODE');
}

export async function giveRole(tx: Transaction, role: NewRole): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.papel (id, pessoa, orgao, estrutura, papel, desde, ate, dado_por)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[role.id, role.person, role.body, role.structure ?? null, role.role],
      ...[role.from, role.until, role.givenBy],
    ],
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
export interface HeldRole extends RoleTerm {
  readonly id: string;
  readonly body: string;
  readonly bodyShort: string;
  readonly role: string;
}

const term = `${instant('p.desde')} AS "from", ${instant('p.ate')} AS until,
  ${instant(recertifyBy('p'))} AS "recertifyBy", ${instant('o.encerrado')} AS "bodyEnded"`;

/** The roles of somebody that nobody has ended, by body and name. */
export function rolesOf(questions: Questions, person: string): Promise<HeldRole[]> {
  return questions.query<HeldRole>(
    `SELECT p.id, o.id AS body, o.sigla AS "bodyShort", p.papel AS role,
            ${term}
       FROM acesso.papel p JOIN acesso.orgao o ON o.id = p.orgao
      WHERE p.pessoa = $1 AND p.encerrado IS NULL ORDER BY o.sigla, p.papel`,
    [person],
  );
}

/** A role that somebody has in a body. */
export interface BodyRole extends HeldRole {
  readonly person: { readonly id: string; readonly name: string; readonly cpf: string };
}

const bodyRole = `SELECT p.id, o.id AS body, o.sigla AS "bodyShort", p.papel AS role, ${term},
    json_build_object('id', d.id, 'name', d.nome, 'cpf', d.cpf) AS person
  FROM acesso.papel p JOIN acesso.orgao o ON o.id = p.orgao JOIN acesso.pessoa d ON d.id = p.pessoa
 WHERE p.encerrado IS NULL`;

/** The roles in a body whose term is not over, whether or not they hold, by name of person and role. */
export function rolesIn(questions: Questions, body: string, now: Date): Promise<BodyRole[]> {
  return questions.query<BodyRole>(
    `${bodyRole} AND p.orgao = $1 AND p.ate > $2 ORDER BY d.nome, d.id, p.papel`,
    [...[body, now]],
  );
}

/** One that nobody has ended; null where there is none. */
export async function heldRole(questions: Questions, id: string): Promise<BodyRole | null> {
  const [found] = await questions.query<BodyRole>(`${bodyRole} AND p.id = $1`, [id]);
  return found ?? null;
}
