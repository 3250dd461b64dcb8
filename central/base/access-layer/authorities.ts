import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** Who answers for a body, and says yes or no to whoever asks for access in it. */
export interface Authority {
  readonly id: string;
  readonly name: string;
  readonly office: string;
  readonly email: string;
  /** Eleven digits. */
  readonly cpf: string;
  /** Since when, ISO 8601. */
  readonly since: string;
}

const columns = `a.id, a.nome AS name, a.cargo AS office, a.email, a.cpf, ${instant('a.desde')} AS since`;

/** Who it is today; null where nobody is, or the body has ended. */
export async function authorityOf(questions: Questions, body: string): Promise<Authority | null> {
  const [found] = await questions.query<Authority>(
    `SELECT ${columns} FROM acesso.autoridade a JOIN acesso.orgao o ON o.id = a.orgao
      WHERE a.orgao = $1 AND a.encerrada IS NULL AND o.encerrado IS NULL`,
    [body],
  );
  return found ?? null;
}

/** Puts somebody into the place of whom the body had, which is locked (`lockBody`). @param by who said so; null: at the terminal */
export async function setAuthority(
  tx: Transaction,
  {
    body,
    by,
    ...authority
  }: Omit<Authority, 'id' | 'since'> & { readonly body: string; readonly by: string | null },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.query('UPDATE acesso.autoridade SET encerrada = $2 WHERE orgao = $1 AND encerrada IS NULL', [
    ...[body, now],
  ]);
  await tx.query(
    `INSERT INTO acesso.autoridade (id, orgao, nome, cargo, email, cpf, desde, por)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, body, authority.name, authority.office, authority.email, authority.cpf, now, by],
  );
  return id;
}

export interface BodyWithAuthority {
  readonly id: string;
  readonly short: string;
  readonly name: string;
  readonly authority: Authority | null;
}

/** Bodies that have not ended, by their short names, each with whom it has. */
export function bodiesWithAuthority(questions: Questions): Promise<BodyWithAuthority[]> {
  return questions.query<BodyWithAuthority>(
    `SELECT o.id, o.sigla AS short, o.nome AS name, CASE WHEN a.id IS NOT NULL THEN json_build_object('id', a.id,
       'name', a.nome, 'office', a.cargo, 'email', a.email, 'cpf', a.cpf, 'since', ${instant('a.desde')}) END AS authority
       FROM acesso.orgao o LEFT JOIN acesso.autoridade a ON a.orgao = o.id AND a.encerrada IS NULL
      WHERE o.encerrado IS NULL ORDER BY o.sigla`,
    [],
  );
}

/** Parts of a body that are open, by their names. */
export function openStructures(
  questions: Questions,
  body: string,
): Promise<{ readonly id: string; readonly name: string }[]> {
  return questions.query(
    'SELECT id, nome AS name FROM acesso.estrutura WHERE orgao = $1 AND encerrada IS NULL ORDER BY nome, id',
    [body],
  );
}

/** Brings a request before an authority. @returns the id of that, for the letter about it */
export async function bringBefore(
  tx: Transaction,
  { request, authority }: { readonly request: string; readonly authority: string },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.query(
    'INSERT INTO acesso.pedido_autoridade (id, pedido, autoridade, quando) VALUES ($1, $2, $3, $4)',
    [id, request, authority, now],
  );
  return id;
}

/** A request before the authority that it was brought before; null where there is none of that id. */
export interface Before {
  readonly request: string;
  readonly authority: Authority;
  /** Whether they are the body's authority still. */
  readonly isInOffice: boolean;
}

export async function beforeAuthority(questions: Questions, id: string): Promise<Before | null> {
  const [found] = await questions.query<Before>(
    `SELECT b.pedido AS request, a.encerrada IS NULL AND a.orgao = p.orgao AS "isInOffice",
            json_build_object('id', a.id, 'name', a.nome, 'office', a.cargo, 'email', a.email, 'cpf', a.cpf,
              'since', ${instant('a.desde')}) AS authority
       FROM acesso.pedido_autoridade b JOIN acesso.autoridade a ON a.id = b.autoridade
       JOIN acesso.pedido p ON p.id = b.pedido WHERE b.id = $1`,
    [id],
  );
  return found ?? null;
}

/** Whom a request was brought before last. */
export interface LastAuthority {
  /** Of that it was: for a letter about it. */
  readonly before: string;
  readonly authority: string;
  /** Eleven digits. */
  readonly cpf: string;
  readonly email: string;
  readonly isInOffice: boolean;
  /** Who put them in office; null: it was done at the terminal. */
  readonly appointedBy: { readonly cpf: string; readonly email: string | null } | null;
}

/** Null where it was before nobody. */
export async function lastAuthorityOf(questions: Questions, request: string): Promise<LastAuthority | null> {
  const [found] = await questions.query<LastAuthority>(
    `SELECT b.id AS before, a.id AS authority, a.cpf, a.email, a.encerrada IS NULL AS "isInOffice",
            CASE WHEN quem.id IS NOT NULL THEN json_build_object('cpf', quem.cpf, 'email', quem.email) END AS "appointedBy"
       FROM acesso.pedido_autoridade b JOIN acesso.autoridade a ON a.id = b.autoridade
       LEFT JOIN acesso.pessoa quem ON quem.id = a.por
      WHERE b.pedido = $1 ORDER BY b.quando DESC, b.id LIMIT 1`,
    [request],
  );
  return found ?? null;
}

/** Until the transaction ends nobody else becomes the authority of a body. */
export async function holdAuthority(tx: Transaction, body: string): Promise<void> {
  await tx.query('SELECT 1 FROM acesso.orgao WHERE id = $1 FOR SHARE', [body]);
}

/** Somebody who is, or was, the authority of a body; null where there is none of that id. */
export async function authorityById(
  questions: Questions,
  id: string,
): Promise<(Pick<Authority, 'email'> & { readonly body: string; readonly isInOffice: boolean }) | null> {
  const [found] = await questions.query<{ email: string; body: string; isInOffice: boolean }>(
    `SELECT a.email, o.sigla AS body, a.encerrada IS NULL AS "isInOffice"
       FROM acesso.autoridade a JOIN acesso.orgao o ON o.id = a.orgao WHERE a.id = $1`,
    [id],
  );
  return found ?? null;
}

/** Requests of a body that were brought before somebody since then, by id: those that may wait for its authority. */
export async function broughtRequests(questions: Questions, body: string, since: Date): Promise<string[]> {
  const rows = await questions.query<{ id: string }>(
    `SELECT DISTINCT p.id FROM acesso.pedido p JOIN acesso.pedido_autoridade b ON b.pedido = p.id
      WHERE p.orgao = $1 AND b.quando >= $2 ORDER BY p.id`,
    [body, since],
  );
  return rows.map(({ id }) => id);
}
