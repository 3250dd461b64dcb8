import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type Blocked, blockedAt, roleHolds } from './in-force.ts';
import { most } from './most.ts';

/** What a session still has to do before it is of use; `aberta` when nothing. */
export type Stage = 'trocar-senha' | 'segundo-fator' | 'cadastrar-fator' | 'aberta';

/** How its person showed who they are. */
export type Means = 'senha' | 'govbr';

export interface NewSession {
  readonly id: string;
  /** SHA-256 of what the browser holds. */
  readonly digest: Buffer;
  readonly person: string;
  readonly stage: Stage;
  readonly means: Means;
  readonly factor: boolean;
  /** Until when at most. */
  readonly limit: Date;
  readonly address: string;
  readonly browser: string;
}

/** What a body may see, as it is in force. See the table `acesso.concessao`. */
export interface BodyGrant {
  readonly id: string;
  readonly agreement: string;
  readonly views: readonly string[];
  readonly sensitive: readonly string[];
  readonly hidden: readonly string[];
  /** None: of all states. */
  readonly states: readonly string[];
  readonly purposes: readonly string[];
  readonly personQuota: number;
  readonly bodyQuota: number;
  readonly until: string;
}

/** A body in which somebody works, with what they may there today. */
export interface Place {
  readonly id: string;
  readonly short: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Those that are in force; of two the wider is not made up: each look is by one of them. */
  readonly grants: readonly BodyGrant[];
}

export interface SessionFacts {
  readonly id: string;
  readonly stage: Stage;
  readonly means: Means;
  readonly factor: boolean;
  readonly began: string;
  readonly used: string;
  readonly limit: string;
  readonly ended: string | null;
  readonly person: { readonly id: string; readonly name: string; readonly cpf: string };
  /** Null of who may go on. */
  readonly blocked: Blocked | null;
  /** The body that was chosen, as long as there is a role in it that holds. */
  readonly body: string | null;
  /** All bodies in which a role holds now. */
  readonly places: readonly Place[];
}

export async function openSession(tx: Transaction, session: NewSession, now: Date): Promise<void> {
  const { id, digest, person, stage, means, factor, limit, address, browser } = session;
  await tx.query(
    `INSERT INTO acesso.sessao
       (id, resumo, pessoa, etapa, meio, fator, criada, usada, limite, endereco, navegador)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)`,
    [id, digest, person, stage, means, factor, now, limit, address, browser],
  );
}

/** That a row's term is running; `$2` is now. */
const holds = (table: string) => `${table}.desde <= $2 AND ${table}.ate > $2`;

/**
 * A session by the digest of what a browser holds, with all that its person may at this moment: an end of person, body,
 * role or grant is seen by the next click. Null where there is none of it; one that has ended says so.
 */
export async function sessionOf(
  questions: Questions,
  digest: Buffer,
  now: Date,
): Promise<SessionFacts | null> {
  const [found] = await questions.query<{ session: SessionFacts }>(
    `SELECT json_build_object(
       'id', s.id, 'stage', s.etapa, 'means', s.meio, 'factor', s.fator, 'body', s.orgao,
       'began', ${instant('s.criada')}, 'used', ${instant('s.usada')}, 'limit', ${instant('s.limite')},
       'ended', ${instant('s.encerrada')},
       'person', json_build_object('id', p.id, 'name', p.nome, 'cpf', p.cpf),
       'blocked', ${blockedAt('p', '$2')},
       'places', coalesce((
         SELECT json_agg(json_build_object(
           'id', o.id, 'short', o.sigla, 'name', o.nome, 'roles', r.roles, 'grants', coalesce((
             SELECT json_agg(json_build_object(
               'id', concessao.id, 'agreement', concessao.acordo, 'views', concessao.visoes,
               'sensitive', concessao.campos_sensiveis, 'hidden', concessao.campos_ocultos,
               'states', concessao.ufs, 'purposes', concessao.finalidades,
               'personQuota', concessao.cota_pessoa, 'bodyQuota', concessao.cota_orgao,
               'until', ${instant('concessao.ate')}) ORDER BY concessao.criada, concessao.id)
               FROM acesso.concessao WHERE concessao.orgao = o.id AND ${holds('concessao')} AND concessao.encerrada IS NULL), '[]')
           ) ORDER BY o.sigla)
           FROM (SELECT orgao, array_agg(DISTINCT papel ORDER BY papel) AS roles FROM acesso.papel
                  WHERE pessoa = p.id AND ${roleHolds('papel', '$2')} GROUP BY orgao) r
           JOIN acesso.orgao o ON o.id = r.orgao AND o.encerrado IS NULL), '[]')
       ) AS session
       FROM acesso.sessao s JOIN acesso.pessoa p ON p.id = s.pessoa WHERE s.resumo = $1`,
    [digest, now],
  );
  return found?.session ?? null;
}

/** That it was used: written down once a minute at most, since a page is no more than that. */
export async function useSession(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(
    `UPDATE acesso.sessao SET usada = $2
      WHERE id = $1 AND encerrada IS NULL AND usada < $2::timestamptz - interval '1 minute'`,
    [id, now],
  );
}

/**
 * Goes on with a session under another secret, since the one before was known to whoever had not shown yet what was
 * shown now. False where it has ended meanwhile.
 */
export async function moveSession(
  tx: Transaction,
  id: string,
  to: { readonly digest: Buffer; readonly stage: Stage; readonly factor: boolean },
  now: Date,
): Promise<boolean> {
  const moved = await tx.query(
    `UPDATE acesso.sessao SET resumo = $2, etapa = $3, fator = $4, usada = $5
      WHERE id = $1 AND encerrada IS NULL RETURNING 1`,
    [id, to.digest, to.stage, to.factor, now],
  );
  return moved.length === 1;
}

export async function chooseBody(tx: Transaction, id: string, body: string): Promise<void> {
  await tx.query('UPDATE acesso.sessao SET orgao = $2 WHERE id = $1 AND encerrada IS NULL', [id, body]);
}

/** Why a session ended before its time, as `fim` has it. */
export type SessionEnd =
  | 'blocked'
  | 'ended-by-operator'
  | 'ended-by-person'
  | 'factor-removed'
  | 'factors-removed'
  | 'key-copied'
  | 'password-changed'
  | 'signed-in-again'
  | 'signed-out'
  | 'temporary-password'
  | 'too-many';

/** Ends one, of that person; false where it had ended or is somebody else's. @param why a word for the audit */
export async function endSession(
  tx: Transaction,
  { id, person, why }: { readonly id: string; readonly person: string; readonly why: SessionEnd },
  now: Date,
): Promise<boolean> {
  const ended = await tx.query(
    `UPDATE acesso.sessao SET encerrada = $3, fim = $4
      WHERE id = $1 AND pessoa = $2 AND encerrada IS NULL RETURNING 1`,
    [id, person, now, why],
  );
  return ended.length === 1;
}

/** Ends all of a person, but one where that is said; returns how many. */
export async function endSessionsOf(
  tx: Transaction,
  {
    person,
    but = null,
    why,
  }: { readonly person: string; readonly but?: string | null; readonly why: SessionEnd },
  now: Date,
): Promise<number> {
  const ended = await tx.query(
    `UPDATE acesso.sessao SET encerrada = $3, fim = $4
      WHERE pessoa = $1 AND encerrada IS NULL AND id IS DISTINCT FROM $2 RETURNING 1`,
    [person, but, now, why],
  );
  return ended.length;
}

/** Ends those of a person, used least lately, that are more than there may be, and never this one; returns how many. */
export async function endOldestSessions(
  tx: Transaction,
  { id, person }: { readonly id: string; readonly person: string },
  now: Date,
): Promise<number> {
  const ended = await tx.query(
    `UPDATE acesso.sessao SET encerrada = $3, fim = $4 WHERE id IN (
       SELECT id FROM acesso.sessao WHERE pessoa = $1 AND encerrada IS NULL
        ORDER BY id = $2 DESC, usada DESC, criada DESC, id OFFSET $5) RETURNING 1`,
    [person, id, now, 'too-many' satisfies SessionEnd, most.sessions.value],
  );
  return ended.length;
}

/** Ends those of everybody; returns how many. */
export async function endEverySession(tx: Transaction, why: SessionEnd, now: Date): Promise<number> {
  const ended = await tx.query(
    'UPDATE acesso.sessao SET encerrada = $1, fim = $2 WHERE encerrada IS NULL RETURNING 1',
    [now, why],
  );
  return ended.length;
}

/** A session as its person sees it among their own. */
export interface ListedSession {
  readonly id: string;
  readonly began: string;
  readonly used: string;
  readonly address: string;
  readonly browser: string;
  readonly means: Means;
}

/** Those of a person that have not ended, the last one first. @param since used since then: others have run out */
export function sessionsOf(questions: Questions, person: string, since: Date): Promise<ListedSession[]> {
  return questions.query<ListedSession>(
    `SELECT id, ${instant('criada')} AS began, ${instant('usada')} AS used, endereco AS address,
            navegador AS browser, meio AS means
       FROM acesso.sessao WHERE pessoa = $1 AND encerrada IS NULL AND usada > $2 ORDER BY usada DESC, id`,
    [person, since],
  );
}
