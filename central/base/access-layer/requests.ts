import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import type { StepKind } from './request-state.ts';

/** What somebody asks for, once their address is confirmed. */
export interface RequestForm {
  readonly body: string;
  readonly name: string;
  /** Eleven digits. */
  readonly cpf: string;
  readonly structure: string | null;
  /** By its code, see the console's `access/roles.ts`. */
  readonly role: string;
  readonly reason: string;
  readonly phone: string;
}

/** One thing that was done with a request. */
export interface RequestStep {
  readonly kind: StepKind;
  /** ISO 8601. */
  readonly at: string;
  /** Who was signed in; null: nobody was. */
  readonly by: string | null;
  /** Their name; of an authority, its name and office. Null: who asks. */
  readonly who: string | null;
  readonly words: string | null;
  readonly document: SignedDocument | null;
  /** Of an approval: the end of the role, ISO 8601. */
  readonly until: string | null;
}

/** A document that an authority signed elsewhere. */
export interface SignedDocument {
  /** Unified number of the process (NUP). */
  readonly nup: string;
  readonly code: string;
  /** YYYY-MM-DD */
  readonly signed: string;
}

export interface AccessRequest {
  readonly id: string;
  readonly email: string;
  /** Who was signed in when they asked. */
  readonly person: string | null;
  readonly body: {
    readonly id: string;
    readonly short: string;
    readonly name: string;
    readonly isOpen: boolean;
  };
  readonly structure: { readonly id: string; readonly name: string; readonly isOpen: boolean } | null;
  readonly form: Omit<RequestForm, 'body' | 'structure'> | null;
  /** Whose account it came to. */
  readonly account: string | null;
  /** In their order; of somebody who has entered since, with a last one that says so. */
  readonly steps: readonly RequestStep[];
}

/** Sets one down, with its first step. @returns its id */
export async function addRequest(
  tx: Transaction,
  asked: { readonly email: string; readonly body: string; readonly person: string | null },
  now: Date,
): Promise<string> {
  const id = randomUUID();
  await tx.query('INSERT INTO acesso.pedido (id, email, orgao, pessoa, criado) VALUES ($1, $2, $3, $4, $5)', [
    ...[id, asked.email, asked.body, asked.person, now],
  ]);
  await addStep(tx, id, { kind: 'pedido', by: asked.person }, now);
  return id;
}

/** What is done; what is not said is null. */
export type NewStep = Pick<RequestStep, 'kind' | 'by'> &
  Partial<Pick<RequestStep, 'who' | 'words' | 'document'>> & { readonly until?: Date | null };

/** Writes down what is done with a request, which is locked (`lockRequest`) or new. */
export async function addStep(
  tx: Transaction,
  request: string,
  { kind, by, who = null, words = null, document = null, until = null }: NewStep,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.pedido_passo (pedido, numero, passo, quando, pessoa, quem, texto, nup, codigo, assinado, ate)
     SELECT $1, coalesce(max(numero), 0) + 1, $2, $3, $4, $5, $6, $7, $8, $9, $10
       FROM acesso.pedido_passo WHERE pedido = $1`,
    [
      ...[request, kind, now, by, who, words],
      ...[document?.nup ?? null, document?.code ?? null, document?.signed ?? null, until],
    ],
  );
}

/** What was asked for is said once. */
export async function fillRequest(tx: Transaction, request: string, form: RequestForm): Promise<void> {
  const { body, name, cpf, structure, role, reason, phone } = form;
  await tx.query(
    `UPDATE acesso.pedido SET orgao = $2, nome = $3, cpf = $4, estrutura = $5, papel = $6, motivo = $7, telefone = $8
      WHERE id = $1`,
    [request, body, name, cpf, structure, role, reason, phone],
  );
}

/** It came to this account. */
export async function settleRequest(tx: Transaction, request: string, account: string): Promise<void> {
  await tx.query('UPDATE acesso.pedido SET conta = $2 WHERE id = $1', [request, account]);
}

const steps = `(SELECT json_agg(json_build_object(
    'kind', s.passo, 'at', ${instant('s.quando')}, 'by', s.pessoa, 'who', coalesce(s.quem, quem.nome),
    'words', s.texto, 'until', ${instant('s.ate')},
    'document', CASE WHEN s.nup IS NOT NULL THEN
      json_build_object('nup', s.nup, 'code', s.codigo, 'signed', s.assinado) END) ORDER BY s.numero)
  FROM (SELECT numero, passo, quando, pessoa, quem, texto, nup, codigo, assinado, ate
          FROM acesso.pedido_passo WHERE pedido = p.id
        UNION ALL
        SELECT 2147483647, 'entrou', min(sessao.criada), p.conta, NULL, NULL, NULL, NULL, NULL, NULL
          FROM acesso.sessao WHERE sessao.pessoa = p.conta AND sessao.etapa = 'aberta' AND sessao.criada >= (
            SELECT max(quando) FROM acesso.pedido_passo WHERE pedido = p.id AND passo = 'aprovado')
        HAVING count(*) > 0) s
  LEFT JOIN acesso.pessoa quem ON quem.id = s.pessoa)`;

/** What is read of `p`, a request, from `requestTables`. */
export const requestColumns = `p.id, p.email, p.pessoa AS person, p.conta AS account,
  json_build_object('id', o.id, 'short', o.sigla, 'name', o.nome, 'isOpen', o.encerrado IS NULL) AS body,
  CASE WHEN e.id IS NOT NULL THEN
    json_build_object('id', e.id, 'name', e.nome, 'isOpen', e.encerrada IS NULL) END AS structure,
  CASE WHEN p.papel IS NOT NULL THEN json_build_object('name', p.nome, 'cpf', p.cpf, 'role', p.papel,
    'reason', p.motivo, 'phone', p.telefone) END AS form,
  ${steps} AS steps`;

export const requestTables = `acesso.pedido p JOIN acesso.orgao o ON o.id = p.orgao LEFT JOIN acesso.estrutura e ON e.id = p.estrutura`;

export async function requestOf(questions: Questions, id: string): Promise<AccessRequest | null> {
  const [found] = await questions.query<AccessRequest>(
    `SELECT ${requestColumns} FROM ${requestTables} WHERE p.id = $1`,
    [id],
  );
  return found ?? null;
}

/** The same; nobody else does anything with it until the transaction ends. */
export async function lockRequest(tx: Transaction, id: string): Promise<AccessRequest | null> {
  await tx.query('SELECT 1 FROM acesso.pedido WHERE id = $1 FOR NO KEY UPDATE', [id]);
  return requestOf(tx, id);
}

/** Those of an address, the last one first. @param email as `addressOf` gives it */
export function requestsByEmail(questions: Questions, email: string, most: number): Promise<AccessRequest[]> {
  return questions.query<AccessRequest>(
    `SELECT ${requestColumns} FROM ${requestTables} WHERE p.email = $1 ORDER BY p.criado DESC, p.id LIMIT $2`,
    [email, most],
  );
}

/** Those that somebody asked for when they were signed in, or that came to their account; the last one first. */
export function requestsOf(questions: Questions, person: string, most: number): Promise<AccessRequest[]> {
  return questions.query<AccessRequest>(
    `SELECT ${requestColumns} FROM ${requestTables} WHERE p.pessoa = $1 OR p.conta = $1 ORDER BY p.criado DESC, p.id LIMIT $2`,
    [person, most],
  );
}

/** Of an address as the index has it: what most servers take for one mailbox. */
const plain = (address: string) => `lower(regexp_replace(${address}, '\\+[^@]*@', '@'))`;

/** How many links were asked for to a mailbox since then, however its address was written. */
export async function linksSince(questions: Questions, email: string, since: Date): Promise<number> {
  const [found] = await questions.query<{ n: number }>(
    `SELECT count(*)::int AS n FROM acesso.pedido p JOIN acesso.pedido_passo s ON s.pedido = p.id
      WHERE ${plain('p.email')} = ${plain('$1')} AND s.passo IN ('pedido', 'link') AND s.quando > $2`,
    [email, since],
  );
  return found?.n ?? 0;
}

/** Whether an address was confirmed by its person before: by whoever asked when they were signed in, or got the account. */
export async function isConfirmedEmail(
  questions: Questions,
  person: string,
  email: string,
): Promise<boolean> {
  const found = await questions.query(
    `SELECT 1 FROM acesso.pedido p JOIN acesso.pedido_passo s ON s.pedido = p.id AND s.passo = 'confirmado'
      WHERE p.email = $2 AND (p.pessoa = $1 OR p.conta = $1) LIMIT 1`,
    [person, email],
  );
  return found.length === 1;
}
