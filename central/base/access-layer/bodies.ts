import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type Changing, changing, type Outcome } from './body-changes.ts';
import { roleHolds } from './in-force.ts';
import { addBody } from './people.ts';
import { isSeenFrom } from './seen-from.ts';
import { recordChange } from './structure-history.ts';

/** The roles by which people of a body give access to others. */
export const registrars = [
  'cadastrador-estruturas',
  'cadastrador-vinculador',
  'cadastrador-autorizador',
] as const;

/** A body, with what is known of how far it has come. Instants are ISO 8601 in UTC; null: not yet. */
export interface Body {
  readonly id: string;
  readonly short: string;
  readonly name: string;
  readonly created: string;
  readonly ended: string | null;
  /** The one from which all others are looked after. */
  readonly isCentral: boolean;
  /** What it was changed to last, as a number that forms send back. */
  readonly version: number;
  /** People with a role in it that is in force. */
  readonly people: number;
  readonly structures: number;
  readonly reached: Reached;
}

/** When a body had come so far, by the rows of the base. */
export interface Reached {
  /** A grant, or a proposal of one, named its agreement. */
  readonly agreement: string | null;
  /** Each of the registrars' roles was somebody's. */
  readonly registrars: string | null;
  /** A structure was entered. */
  readonly structures: string | null;
  readonly grant: string | null;
  /** Somebody told a purpose in it. */
  readonly work: string | null;
}

/** As of `$1`, now; `$2` are the roles of registrars. */
const columns = `o.id, o.sigla AS short, o.nome AS name, ${instant('o.criado')} AS created, ${instant('o.encerrado')} AS ended,
  o.central AS "isCentral", o.versao AS version,
  (SELECT count(DISTINCT p.pessoa)::int FROM acesso.papel p
    WHERE p.orgao = o.id AND ${roleHolds('p', '$1')}) AS people,
  (SELECT count(*)::int FROM acesso.estrutura e WHERE e.orgao = o.id AND e.encerrada IS NULL) AS structures,
  json_build_object(
    'agreement', (SELECT ${instant('min(quando)')} FROM (
      SELECT criada AS quando FROM acesso.concessao WHERE orgao = o.id
      UNION ALL SELECT proposta FROM acesso.concessao_proposta WHERE orgao = o.id AND acordo IS NOT NULL) ditos),
    'registrars', (SELECT ${instant('min(s.desde)')} FROM acesso.papel s
      WHERE s.orgao = o.id AND s.papel = ANY ($2) AND s.desde <= $1
        AND cardinality($2::text[]) = (SELECT count(DISTINCT p.papel) FROM acesso.papel p
          WHERE p.orgao = o.id AND p.papel = ANY ($2) AND p.desde <= s.desde
            AND least(p.ate, coalesce(p.encerrado, p.ate)) > s.desde)),
    'structures', (SELECT ${instant('min(criada)')} FROM acesso.estrutura WHERE orgao = o.id),
    'grant', (SELECT ${instant('min(greatest(desde, criada))')} FROM acesso.concessao
      WHERE orgao = o.id AND greatest(desde, criada) <= $1
        AND least(ate, coalesce(encerrada, ate)) > greatest(desde, criada)),
    'work', (SELECT ${instant('min(desde)')} FROM acesso.caso WHERE orgao = o.id)) AS reached`;

/** Those first that have not ended, by their short names. */
export function bodiesWithSteps(questions: Questions, now: Date): Promise<Body[]> {
  return questions.query<Body>(
    `SELECT ${columns} FROM acesso.orgao o ORDER BY o.encerrado IS NOT NULL, o.sigla`,
    [now, registrars],
  );
}

/**
 * A body as somebody who works in another one may be told of it; null where there is none, or it is not for them: they see
 * their own, and from the central one all.
 * @param from the body in which they work
 */
export async function bodySeenFrom(
  questions: Questions,
  { id, from }: { readonly id: string; readonly from: string },
  now: Date,
): Promise<Body | null> {
  const [found] = await questions.query<Body>(
    `SELECT ${columns} FROM acesso.orgao o
      WHERE o.id = $3 AND ${isSeenFrom('o.id', '$4::uuid')}`,
    [now, registrars, id, from],
  );
  return found ?? null;
}

export async function isCentral(questions: Questions, id: string): Promise<boolean> {
  const found = await questions.query('SELECT FROM acesso.orgao WHERE id = $1 AND central', [id]);
  return found.length > 0;
}

/** Makes a body the central one, where none is that has not ended. */
export async function makeCentral(tx: Transaction, id: string): Promise<void> {
  await tx.query('UPDATE acesso.orgao SET central = false WHERE central AND encerrado IS NOT NULL');
  await tx.query(
    'UPDATE acesso.orgao SET central = true WHERE id = $1 AND NOT EXISTS (SELECT FROM acesso.orgao WHERE central)',
    [id],
  );
}

/** Whether a short name is, or was, that of a body; of another one than `but`. What is written down has it still. */
export async function isShortTaken(
  questions: Questions,
  short: string,
  but: string | null = null,
): Promise<boolean> {
  const found = await questions.query(
    `SELECT FROM acesso.orgao o WHERE o.id IS DISTINCT FROM $2 AND (o.sigla = $1 OR EXISTS (
       SELECT FROM acesso.estrutura_historia h WHERE h.orgao = o.id AND h.feito = 'body-renamed' AND h.de->>'short' = $1)) LIMIT 1`,
    [short, but],
  );
  return found.length > 0;
}

/** Makes a body the central one, in the place of another (`before`, its id), if there is one. */
export async function moveCentral(
  tx: Transaction,
  id: string,
): Promise<{ readonly before: string | null } | 'there-already'> {
  const [before] = await tx.query<{ id: string }>(
    'SELECT id FROM acesso.orgao WHERE central FOR NO KEY UPDATE',
  );
  if (before?.id === id) return 'there-already';
  await tx.query('UPDATE acesso.orgao SET central = false WHERE central');
  await tx.query('UPDATE acesso.orgao SET central = true WHERE id = $1', [id]);
  return { before: before?.id ?? null };
}

/** @returns the id of the new one; null where the short name is, or was, another one's */
export async function createBody(
  tx: Transaction,
  { short, name }: { readonly short: string; readonly name: string },
  now: Date,
): Promise<string | null> {
  if (await isShortTaken(tx, short)) return null;
  const id = randomUUID();
  return tx.attempt(async () => {
    await addBody(tx, { id, short, name }, now);
    return id;
  });
}

/** `short-taken` where the short name is, or was, another one's. */
export function renameBody(
  tx: Transaction,
  change: Changing,
  { short, name }: { readonly short: string; readonly name: string },
  now: Date,
): Promise<Outcome> {
  return changing(tx, change, now, async () => {
    const [before] = await tx.query<{ short: string; name: string }>(
      'SELECT sigla AS short, nome AS name FROM acesso.orgao WHERE id = $1',
      [change.body],
    );
    if (before?.short === short && before.name === name) return 'there-already';
    if (await isShortTaken(tx, short, change.body)) return 'short-taken';
    const renamed = await tx.attempt(() =>
      tx.query('UPDATE acesso.orgao SET sigla = $2, nome = $3 WHERE id = $1 RETURNING 1', [
        ...[change.body, short, name],
      ]),
    );
    if (renamed === null) return 'short-taken';
    const entry = {
      body: change.body,
      what: 'body-renamed' as const,
      from: before ?? {},
      to: { short, name },
    };
    await recordChange(tx, entry, change.by, now);
    return null;
  });
}
