import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { noticeHours, recertifyBy, roleHolds } from './in-force.ts';

/** A role whose half-year comes to its end, or has. */
export interface DueRole {
  readonly id: string;
  readonly person: { readonly id: string; readonly name: string };
  readonly body: { readonly id: string; readonly short: string };
  readonly role: string;
  readonly from: string;
  readonly until: string;
  readonly recertifyBy: string;
  /** What was said of it since it came to be due, the first one first. */
  readonly words: readonly {
    readonly by: string;
    readonly name: string;
    readonly at: string;
    readonly reason: string;
  }[];
}

/**
 * Words that count: of this end and not of one before, of no longer ago than it can have been due, and of somebody who
 * could say them still.
 */
const counts = `c.quando > greatest(coalesce(r.recertificado, r.desde), $2::timestamptz - interval '${noticeHours} hours')
  AND q.bloqueada IS NULL AND EXISTS (SELECT FROM acesso.papel a JOIN acesso.orgao ao ON ao.id = a.orgao
    WHERE a.pessoa = c.por AND (ao.encerrado IS NULL OR ao.encerrado > $2) AND a.papel = 'cadastrador-autorizador' AND ${roleHolds('a', '$2::timestamptz')})`;

/** More than anybody looks at in a day; those that come to their end first are seen first. */
const most = 500;

/**
 * The roles that hold until they are looked at anew, which has to be done within the time of notice or should have been;
 * what ends before by its term is none of them, nor what was ended. Those of a body first, in it what ends first.
 * @param first the body @param id of one alone; null: all
 */
export function dueRoles(
  questions: Questions,
  { first, id = null }: { readonly first: string; readonly id?: string | null },
  now: Date,
): Promise<DueRole[]> {
  return questions.query<DueRole>(
    `SELECT r.id, json_build_object('id', p.id, 'name', p.nome) AS person,
            json_build_object('id', o.id, 'short', o.sigla) AS body, r.papel AS role,
            ${instant('r.desde')} AS "from", ${instant('r.ate')} AS until, ${instant(recertifyBy('r'))} AS "recertifyBy",
            coalesce((SELECT json_agg(json_build_object('by', c.por, 'name', q.nome, 'at', ${instant('c.quando')},
                                                        'reason', c.motivo) ORDER BY c.quando, c.id)
                        FROM acesso.recertificacao c JOIN acesso.pessoa q ON q.id = c.por
                       WHERE c.papel = r.id AND ${counts}), '[]') AS words
       FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
      WHERE ($3::uuid IS NULL OR r.id = $3) AND r.encerrado IS NULL AND r.ate > $2
        AND (o.encerrado IS NULL OR o.encerrado > $2) AND r.ate > ${recertifyBy('r')}
        AND ${recertifyBy('r')} <= $2::timestamptz + interval '${noticeHours} hours'
      ORDER BY o.id <> $1, ${recertifyBy('r')}, p.nome, r.id LIMIT ${most}`,
    [first, now, id],
  );
}

/** What somebody says of a role, who is not whose it is. @param by null: at the terminal */
export async function sayOfRole(
  tx: Transaction,
  { role, by, reason }: { readonly role: string; readonly by: string | null; readonly reason: string },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.recertificacao (id, papel, pessoa, por, quando, motivo)
     SELECT $1, id, pessoa, $3, $4, $5 FROM acesso.papel WHERE id = $2`,
    [randomUUID(), role, by, now, reason],
  );
}

/** From now on it holds for another half-year, within its term. */
export async function recertifyRole(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query('UPDATE acesso.papel SET recertificado = $2 WHERE id = $1 AND encerrado IS NULL', [id, now]);
}
