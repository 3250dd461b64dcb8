import type { Questions } from '../base.ts';
import type { PageAsked } from './page-asked.ts';
import { within } from './request-state.ts';
import { type AccessRequest, requestColumns, requestTables } from './requests.ts';
import { isSeenFrom } from './seen-from.ts';

const until = (step: string) => `${step}.quando + CASE ${step}.passo
  WHEN 'formulario' THEN interval '${within.authority} milliseconds' ELSE interval '${within.approval} milliseconds' END`;

/** Until when a request whose form was filled in waits for an answer; null where it has it, at `$1`, now. */
const waits = `CROSS JOIN LATERAL (SELECT CASE WHEN p.conta IS NULL AND NOT bool_or(s.passo IN ('negado', 'recusado', 'desistiu'))
    THEN max(${until('s')}) FILTER (WHERE s.passo IN ('formulario', 'autorizado', 'documento')) END AS until
  FROM acesso.pedido_passo s WHERE s.pedido = p.id) w`;

/**
 * A page of those that wait for the authority or for Autorizadores, the nearest deadline first: what nobody answered in
 * time keeps none of them from being seen.
 * @param from the body in which somebody works who may see them; null: of all
 */
export function waitingRequests(
  questions: Questions,
  { from, skip, most }: PageAsked & { readonly from: string | null },
  now: Date,
): Promise<AccessRequest[]> {
  return questions.query<AccessRequest>(
    `SELECT ${requestColumns} FROM ${requestTables} ${waits}
      WHERE p.papel IS NOT NULL AND w.until > $1 AND ($4::uuid IS NULL OR ${isSeenFrom('p.orgao', '$4::uuid')})
      ORDER BY w.until, p.id LIMIT $2 OFFSET $3`,
    [now, most, skip, from],
  );
}

/** The others whose form was filled in, the last one first. @param since of those that were asked for since then */
export function answeredRequests(
  questions: Questions,
  { from, since, most }: { readonly from: string; readonly since: Date; readonly most: number },
  now: Date,
): Promise<AccessRequest[]> {
  return questions.query<AccessRequest>(
    `SELECT ${requestColumns} FROM ${requestTables} ${waits}
      WHERE p.papel IS NOT NULL AND p.criado >= $2 AND (w.until > $1) IS NOT TRUE
        AND ${isSeenFrom('p.orgao', '$4::uuid')}
      ORDER BY p.criado DESC, p.id LIMIT $3`,
    [now, since, most, from],
  );
}
