import type { Questions } from '../base.ts';
import { blockedAt, roleHolds } from './in-force.ts';

/**
 * That a body is looked after from another one: each from itself, and from the central one all.
 * @param body its id as the statement has it @param from the id of the body in which somebody works
 */
export function isSeenFrom(body: string, from: string): string {
  return `(${body} = ${from} OR EXISTS (SELECT FROM acesso.orgao seen_c WHERE seen_c.id = ${from} AND seen_c.central))`;
}

/**
 * That nobody who works elsewhere than in this body, or the central one, decides about somebody's account: who has a role in
 * the central body is looked after from there alone.
 */
export function isAccountSeenFrom(person: string, from: string): string {
  return `EXISTS (SELECT FROM acesso.orgao seen_f WHERE seen_f.id = ${from} AND (seen_f.central OR NOT EXISTS (
    SELECT FROM acesso.papel seen_r JOIN acesso.orgao seen_o ON seen_o.id = seen_r.orgao
     WHERE seen_r.pessoa = ${person} AND seen_r.encerrado IS NULL AND seen_o.central)))`;
}

/** That somebody could let people into a body at this moment: an Autorizador of it or of the central one, whom nothing keeps out. */
export function letsInto(person: string, body: string, now: string): string {
  return `EXISTS (SELECT FROM acesso.papel lets_r JOIN acesso.pessoa lets_p ON lets_p.id = lets_r.pessoa
    JOIN acesso.orgao lets_o ON lets_o.id = lets_r.orgao
   WHERE lets_r.pessoa = ${person} AND lets_r.papel = 'cadastrador-autorizador' AND ${roleHolds('lets_r', now)}
     AND (lets_o.encerrado IS NULL OR lets_o.encerrado > ${now}) AND (lets_o.id = ${body} OR lets_o.central)
     AND ${blockedAt('lets_p', now)} IS NULL)`;
}

/** Those of some people who could let somebody into a body at this moment. */
export async function thoseWhoLetInto(
  questions: Questions,
  { people, body }: { readonly people: readonly string[]; readonly body: string },
  now: Date,
): Promise<ReadonlySet<string>> {
  const found = await questions.query<{ id: string }>(
    `SELECT q.id FROM unnest($1::uuid[]) AS q(id) WHERE ${letsInto('q.id', '$2::uuid', '$3::timestamptz')}`,
    [people, body, now],
  );
  return new Set(found.map(({ id }) => id));
}

/** Whether who works in one body looks after another, or is in the central one. */
export async function seesBody(
  questions: Questions,
  { body, from }: { readonly body: string; readonly from: string },
): Promise<boolean> {
  const found = await questions.query(`SELECT WHERE ${isSeenFrom('$1::uuid', '$2::uuid')}`, [body, from]);
  return found.length > 0;
}

/** Whether who works in a body decides about the account of somebody. */
export async function seesAccount(
  questions: Questions,
  { person, from }: { readonly person: string; readonly from: string },
): Promise<boolean> {
  const found = await questions.query(`SELECT WHERE ${isAccountSeenFrom('$1::uuid', '$2::uuid')}`, [
    person,
    from,
  ]);
  return found.length > 0;
}
