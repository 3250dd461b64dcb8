import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { waits } from './grant-proposals.ts';
import { blockedAt, noticeHours, recertifyBy, roleHolds, roleIsDue } from './in-force.ts';

/** Somebody who decides who may do what, and can be written to. */
export interface Autorizador {
  readonly id: string;
  readonly cpf: string;
  readonly email: string;
  /** The bodies in which they are, by id. */
  readonly bodies: readonly string[];
  /** In the central one. */
  readonly isCentral: boolean;
}

/** @param id of one alone; null: all */
export function autorizadores(questions: Questions, id: string | null, now: Date): Promise<Autorizador[]> {
  return questions.query<Autorizador>(
    `SELECT p.id, p.cpf, p.email, array_agg(DISTINCT o.id::text) AS bodies, bool_or(o.central) AS "isCentral"
       FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
      WHERE r.papel = 'cadastrador-autorizador' AND ${roleHolds('r', '$2::timestamptz')} AND o.encerrado IS NULL
        AND p.email IS NOT NULL AND ${blockedAt('p', '$2::timestamptz')} IS NULL AND ($1::uuid IS NULL OR p.id = $1)
      GROUP BY p.id ORDER BY p.id`,
    [id, now],
  );
}

/** Something that somebody has to say a word about. */
export interface WaitingMatter {
  readonly body: string;
  /** Since when, ISO 8601. */
  readonly since: string;
  /** Who may not say it: whose it is, or who has said theirs. Ids of people. */
  readonly but: readonly string[];
}

/** Proposals of grants that nobody has decided. */
export function waitingProposals(questions: Questions, now: Date): Promise<WaitingMatter[]> {
  return questions.query<WaitingMatter>(
    `SELECT p.orgao AS body, ${instant('p.proposta')} AS since, ARRAY[p.proposta_por::text] AS but
       FROM acesso.concessao_proposta p JOIN acesso.orgao o ON o.id = p.orgao
      WHERE ${waits('p', '$1')} AND o.encerrado IS NULL`,
    [now],
  );
}

/** Roles that lapse unless they are looked at anew. */
export function waitingRoles(questions: Questions, now: Date): Promise<WaitingMatter[]> {
  const since = `(${recertifyBy('r')} - interval '${noticeHours} hours')`;
  return questions.query<WaitingMatter>(
    `SELECT r.orgao AS body, ${instant(since)} AS since, array_append(ARRAY(SELECT c.por::text FROM acesso.recertificacao c
              WHERE c.papel = r.id AND c.por IS NOT NULL AND c.quando > ${since}), r.pessoa::text) AS but
       FROM acesso.papel r JOIN acesso.orgao o ON o.id = r.orgao
      WHERE ${roleIsDue('r', '$1::timestamptz')} AND o.encerrado IS NULL`,
    [now],
  );
}

/** A role that lapses unless somebody looks at it anew, and where its holder is written to. */
export interface LapsingRole {
  readonly email: string;
  readonly bodyShort: string;
  readonly role: string;
  readonly recertifyBy: string;
}

/** Null of one that does not, or whose holder cannot be written to. */
export async function lapsingRole(questions: Questions, id: string, now: Date): Promise<LapsingRole | null> {
  const [found] = await questions.query<LapsingRole>(
    `SELECT p.email, o.sigla AS "bodyShort", r.papel AS role, ${instant(recertifyBy('r'))} AS "recertifyBy"
       FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
      WHERE r.id = $1 AND ${writable('$2::timestamptz')}`,
    [id, now],
  );
  return found ?? null;
}

const writable = (now: string) =>
  `${roleIsDue('r', now)} AND o.encerrado IS NULL AND p.email IS NOT NULL AND ${blockedAt('p', now)} IS NULL`;

/** Days before a role lapses in which its holder is told again. */
const againDays = 7;

/** Asks for a letter to each holder of such a role: once as its time of notice begins, and once more near its end. */
export async function askLapsingLetters(tx: Transaction, now: Date): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.carta_pedida (id, tipo, sobre, criada)
     SELECT gen_random_uuid(), 'role-lapses', r.id, $1
       FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
      WHERE ${writable('$1::timestamptz')} AND NOT EXISTS (
        SELECT FROM acesso.carta_pedida c WHERE c.tipo = 'role-lapses' AND c.sobre = r.id
           AND c.criada >= CASE WHEN ${recertifyBy('r')} <= $1::timestamptz + interval '${againDays * 24} hours'
             THEN ${recertifyBy('r')} - interval '${againDays * 24} hours'
             ELSE ${recertifyBy('r')} - interval '${noticeHours} hours' END)
     ON CONFLICT DO NOTHING`,
    [now],
  );
}
