import type { Questions } from '../base.ts';
import { instant } from '../instants.ts';
import { type Blocked, blockedAt, recertifyBy, roleHolds, roleMayHold } from './in-force.ts';
import type { RoleTerm } from './role-standing.ts';
import type { BodyGrant } from './sessions.ts';

/** A body, as operators see it. */
export interface ListedBody {
  readonly id: string;
  readonly short: string;
  readonly name: string;
  readonly ended: string | null;
  readonly isCentral: boolean;
  /** People with a role in it that is in force. */
  readonly people: number;
}

export function listBodies(questions: Questions, now: Date): Promise<ListedBody[]> {
  return questions.query<ListedBody>(
    `SELECT id, sigla AS short, nome AS name, ${instant('encerrado')} AS ended, central AS "isCentral",
            (SELECT count(DISTINCT pessoa)::int FROM acesso.papel p
              WHERE p.orgao = o.id AND ${roleHolds('p', '$1')}) AS people
       FROM acesso.orgao o ORDER BY sigla`,
    [now],
  );
}

/** Who has an account, with what they have; nobody has ended the roles, whose terms may have run out. */
export interface ListedPerson {
  readonly id: string;
  readonly cpf: string;
  readonly name: string;
  readonly email: string | null;
  readonly blocked: Blocked | null;
  /** Why, in the words of who did it. */
  readonly reason: string | null;
  readonly lastSignIn: string | null;
  /** Sessions that nobody has ended and whose time is not over. */
  readonly sessions: number;
  readonly hasPassword: boolean;
  readonly temporaryUntil: string | null;
  readonly factors: number;
  readonly roles: readonly (RoleTerm & { readonly body: string; readonly role: string })[];
}

/** All, or the one of a CPF; by name. */
export function listPeople(
  questions: Questions,
  now: Date,
  cpf: string | null = null,
): Promise<ListedPerson[]> {
  return questions.query<ListedPerson>(
    `SELECT p.id, p.cpf, p.nome AS name, p.email, ${blockedAt('p', '$1::timestamptz')} AS blocked, p.bloqueio AS reason,
            (SELECT ${instant('max(s.criada)')} FROM acesso.sessao s WHERE s.pessoa = p.id) AS "lastSignIn",
            (SELECT count(*)::int FROM acesso.sessao s
              WHERE s.pessoa = p.id AND s.encerrada IS NULL AND s.limite > $1) AS sessions,
            EXISTS (SELECT FROM acesso.senha w WHERE w.pessoa = p.id) AS "hasPassword",
            (SELECT ${instant('w.provisoria_ate')} FROM acesso.senha w WHERE w.pessoa = p.id) AS "temporaryUntil",
            (SELECT count(*)::int FROM acesso.fator f WHERE f.pessoa = p.id AND f.removido IS NULL) AS factors,
            coalesce((SELECT json_agg(json_build_object('body', o.sigla, 'role', r.papel,
                        'from', ${instant('r.desde')}, 'until', ${instant('r.ate')}, 'recertifyBy', ${instant(recertifyBy('r'))},
                        'bodyEnded', ${instant('o.encerrado')}) ORDER BY o.sigla, r.papel, r.desde)
                        FROM acesso.papel r JOIN acesso.orgao o ON o.id = r.orgao
                       WHERE r.pessoa = p.id AND r.encerrado IS NULL), '[]') AS roles
       FROM acesso.pessoa p WHERE $2::text IS NULL OR p.cpf = $2 ORDER BY p.nome, p.cpf`,
    [now, cpf],
  );
}

/** A grant that nobody has ended, whose term may have run out. */
export interface ListedGrant extends BodyGrant {
  readonly body: string;
  readonly from: string;
}

/** @param body its short name; null: of all */
export function listGrants(questions: Questions, body: string | null): Promise<ListedGrant[]> {
  return questions.query<ListedGrant>(
    `SELECT c.id, o.sigla AS body, c.acordo AS agreement, c.visoes AS views, c.campos_sensiveis AS sensitive,
            c.campos_ocultos AS hidden, c.ufs AS states, c.finalidades AS purposes,
            c.cota_pessoa AS "personQuota", c.cota_orgao AS "bodyQuota",
            ${instant('c.desde')} AS "from", ${instant('c.ate')} AS until
       FROM acesso.concessao c JOIN acesso.orgao o ON o.id = c.orgao
      WHERE c.encerrada IS NULL AND ($1::text IS NULL OR o.sigla = $1) ORDER BY o.sigla, c.criada, c.id`,
    [body],
  );
}

/** How many could give access to others, now or later: one of these roles that has not ended, not blocked, in a body that has not ended. */
export async function countWithRoles(
  questions: Questions,
  roles: readonly string[],
  now: Date,
): Promise<number> {
  const [found] = await questions.query<{ people: number }>(
    `SELECT count(DISTINCT p.id)::int AS people
       FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
      WHERE r.papel = ANY ($1) AND ${roleMayHold('r', '$2')}
        AND ${blockedAt('p', '$2::timestamptz')} IS NULL AND o.encerrado IS NULL`,
    [[...roles], now],
  );
  return found?.people ?? 0;
}
