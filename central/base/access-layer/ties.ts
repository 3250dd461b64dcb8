import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { lockBody, type Outcome } from './body-changes.ts';
import { roleHolds } from './in-force.ts';

/** Somebody who works in a structure. */
export interface Tie {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly since: string;
  /** Who tied them; null: at the terminal. */
  readonly by: string | null;
}

/** Who is tied to a structure now, by name. */
export function tiesIn(questions: Questions, structure: string): Promise<Tie[]> {
  return questions.query<Tie>(
    `SELECT l.id, l.pessoa AS person, p.nome AS name, ${instant('l.desde')} AS since, q.nome AS by
       FROM acesso.lotacao l JOIN acesso.pessoa p ON p.id = l.pessoa LEFT JOIN acesso.pessoa q ON q.id = l.por
      WHERE l.estrutura = $1 AND l.ate IS NULL ORDER BY lower(p.nome), l.id`,
    [structure],
  );
}

/** How many are tied to each structure of a body, by its id. */
export async function tiedByStructure(
  questions: Questions,
  body: string,
): Promise<ReadonlyMap<string, number>> {
  const found = await questions.query<{ structure: string; people: number }>(
    `SELECT estrutura AS structure, count(*)::int AS people FROM acesso.lotacao
      WHERE orgao = $1 AND ate IS NULL GROUP BY estrutura`,
    [body],
  );
  return new Map(found.map(({ structure, people }) => [structure, people]));
}

/** Somebody with a role in a body, and the tie that they have there. */
export interface Tieable {
  readonly id: string;
  readonly name: string;
  readonly tie: string | null;
  readonly structure: string | null;
  readonly structureName: string | null;
}

/** Who has a role in a body that is in force, by name. @param person only this one */
export function tieableIn(
  questions: Questions,
  body: string,
  now: Date,
  person: string | null = null,
): Promise<Tieable[]> {
  return questions.query<Tieable>(
    `SELECT p.id, p.nome AS name, l.id AS tie, l.estrutura AS structure, e.nome AS "structureName"
       FROM acesso.pessoa p LEFT JOIN acesso.lotacao l ON l.pessoa = p.id AND l.orgao = $1 AND l.ate IS NULL
       LEFT JOIN acesso.estrutura e ON e.id = l.estrutura
      WHERE ($3::uuid IS NULL OR p.id = $3)
        AND EXISTS (SELECT FROM acesso.papel r WHERE r.pessoa = p.id AND r.orgao = $1 AND ${roleHolds('r', '$2')})
      ORDER BY lower(p.nome), p.id`,
    [body, now, person],
  );
}

export interface NewTie {
  readonly body: string;
  readonly person: string;
  readonly structure: string;
  /** The tie that they had when the form was made; null: none. */
  readonly stood: string | null;
  readonly by: string;
}

/** Ties somebody to a structure, from whichever they were in there before. */
export async function tie(
  tx: Transaction,
  { body, person, structure, stood, by }: NewTie,
  now: Date,
): Promise<Outcome> {
  if ((await lockBody(tx, body)) === null) return 'ended';
  const open = await tx.query(
    'SELECT FROM acesso.estrutura WHERE orgao = $1 AND id = $2 AND encerrada IS NULL',
    [body, structure],
  );
  const [found] = await tieableIn(tx, body, now, person);
  if (found === undefined) return 'unknown';
  // The page was made for one that was open.
  if (open.length === 0 || found.tie !== stood) return 'changed';
  if (found.structure === structure) return 'there-already';
  if (found.tie !== null) await untie(tx, found.tie, by, now);
  await addTie(tx, { person, body, structure, by }, now);
  return null;
}

/** Ends one of a body; null where there is none of it. */
export async function endTie(
  tx: Transaction,
  { body, id, by }: { readonly body: string; readonly id: string; readonly by: string },
  now: Date,
): Promise<{ readonly person: string; readonly structure: string } | 'ended-before' | null> {
  if ((await lockBody(tx, body)) === null) return null;
  const [held] = await tx.query<{ person: string; structure: string; isOpen: boolean }>(
    `SELECT pessoa AS person, estrutura AS structure, ate IS NULL AS "isOpen"
       FROM acesso.lotacao WHERE id = $1 AND orgao = $2`,
    [id, body],
  );
  if (held === undefined) return null;
  if (!held.isOpen) return 'ended-before';
  await untie(tx, id, by, now);
  return held;
}

/** Of a structure that goes into another one; the body is locked. */
export async function moveTies(
  tx: Transaction,
  {
    body,
    from,
    to,
    by,
  }: { readonly body: string; readonly from: string; readonly to: string; readonly by: string },
  now: Date,
): Promise<void> {
  for (const { id, person } of await tiesIn(tx, from)) {
    await untie(tx, id, by, now);
    await addTie(tx, { person, body, structure: to, by }, now);
  }
}

/** A tie of somebody, today's or one that has ended. */
export interface OwnTie {
  readonly bodyShort: string;
  readonly structureName: string;
  readonly since: string;
  readonly until: string | null;
}

/** Those of somebody, the present ones first; so many at most. */
export function tiesOf(questions: Questions, person: string): Promise<OwnTie[]> {
  return questions.query<OwnTie>(
    `SELECT o.sigla AS "bodyShort", e.nome AS "structureName", ${instant('l.desde')} AS since, ${instant('l.ate')} AS until
       FROM acesso.lotacao l JOIN acesso.orgao o ON o.id = l.orgao JOIN acesso.estrutura e ON e.id = l.estrutura
      WHERE l.pessoa = $1 ORDER BY l.ate DESC NULLS FIRST, l.desde DESC LIMIT 20`,
    [person],
  );
}

async function addTie(
  tx: Transaction,
  { person, body, structure, by }: Omit<NewTie, 'stood'>,
  now: Date,
): Promise<void> {
  await tx.query(
    'INSERT INTO acesso.lotacao (id, pessoa, orgao, estrutura, desde, por) VALUES ($1, $2, $3, $4, $5, $6)',
    [randomUUID(), person, body, structure, now, by],
  );
}

async function untie(tx: Transaction, id: string, by: string, now: Date): Promise<void> {
  // Clocks of two consoles differ.
  await tx.query(
    'UPDATE acesso.lotacao SET ate = greatest(desde, $2), encerrada_por = $3 WHERE id = $1 AND ate IS NULL',
    [id, now, by],
  );
}
