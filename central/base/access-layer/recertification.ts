import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { noticeHours, recertifyBy } from './in-force.ts';
import type { PageAsked } from './page-asked.ts';
import { isSeenFrom, letsInto } from './seen-from.ts';

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
  AND ${letsInto('c.por', 'r.orgao', '$2::timestamptz')}`;

/**
 * A page of the roles that hold until they are looked at anew, which has to be done within the time of notice or should have
 * been; what ends before by its term is none of them, nor what was ended. First what holds still, and
 * ends first; then what does not, the latest first, as nobody may want what lapsed long ago.
 * Those of the body in which somebody works who may judge them; from the central one all, its own first.
 * @param from the body
 */
export function dueRoles(
  questions: Questions,
  { from, skip, most }: PageAsked & { readonly from: string },
  now: Date,
): Promise<DueRole[]> {
  return questions.query<DueRole>(
    `${due} ORDER BY o.id <> $1, ${recertifyBy('r')} <= $2, abs(extract(epoch FROM ${recertifyBy('r')} - $2::timestamptz)), p.nome, r.id
      LIMIT $3 OFFSET $4`,
    [from, now, most, skip],
  );
}

/** One of them; null where it is none. */
export async function dueRole(
  questions: Questions,
  { from, id }: { readonly from: string; readonly id: string },
  now: Date,
): Promise<DueRole | null> {
  const [found] = await questions.query<DueRole>(`${due} AND r.id = $3`, [from, now, id]);
  return found ?? null;
}

/** As of `$2`, now; those that are looked after from the body `$1`. */
const due = `SELECT r.id, json_build_object('id', p.id, 'name', p.nome) AS person,
       json_build_object('id', o.id, 'short', o.sigla) AS body, r.papel AS role,
       ${instant('r.desde')} AS "from", ${instant('r.ate')} AS until, ${instant(recertifyBy('r'))} AS "recertifyBy",
       coalesce((SELECT json_agg(json_build_object('by', c.por, 'name', q.nome, 'at', ${instant('c.quando')},
                                                   'reason', c.motivo) ORDER BY c.quando, c.id)
                   FROM acesso.recertificacao c JOIN acesso.pessoa q ON q.id = c.por
                  WHERE c.papel = r.id AND ${counts}), '[]') AS words
  FROM acesso.papel r JOIN acesso.pessoa p ON p.id = r.pessoa JOIN acesso.orgao o ON o.id = r.orgao
 WHERE ${isSeenFrom('r.orgao', '$1::uuid')} AND r.encerrado IS NULL AND r.ate > $2 AND o.encerrado IS NULL AND r.ate > ${recertifyBy('r')}
   AND ${recertifyBy('r')} <= $2::timestamptz + interval '${noticeHours} hours'`;

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
