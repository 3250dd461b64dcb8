import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { type Blocked, blockedAt } from './in-force.ts';

/** What a body is called by in commands and lists: `DPE-AL`. */
export const shortNamePattern = '^[A-Z][A-Z0-9-]{1,29}$';

export interface NewBody {
  readonly id: string;
  readonly short: string;
  readonly name: string;
}

export async function addBody(tx: Transaction, { id, short, name }: NewBody, now: Date): Promise<void> {
  await tx.query('INSERT INTO acesso.orgao (id, sigla, nome, criado) VALUES ($1, $2, $3, $4)', [
    ...[id, short, name],
    now,
  ]);
}

export async function bodyByShort(
  questions: Questions,
  short: string,
): Promise<{ readonly id: string; readonly name: string; readonly ended: string | null } | null> {
  const [found] = await questions.query<{ id: string; name: string; ended: string | null }>(
    `SELECT id, nome AS name, ${instant('encerrado')} AS ended FROM acesso.orgao WHERE sigla = $1`,
    [short],
  );
  return found ?? null;
}

export interface Person {
  readonly id: string;
  /** Eleven digits. */
  readonly cpf: string;
  readonly name: string;
  readonly email: string | null;
}

export async function addPerson(
  tx: Transaction,
  { id, cpf, name, email }: Pick<Person, 'id' | 'cpf' | 'name' | 'email'>,
  now: Date,
): Promise<void> {
  await tx.query('INSERT INTO acesso.pessoa (id, cpf, nome, email, criada) VALUES ($1, $2, $3, $4, $5)', [
    ...[id, cpf, name, email],
    now,
  ]);
}

/**
 * Waits for whoever else changes how this person enters or what they declare, until the transaction ends. What is locked of
 * them besides, a password before and a session after it, is always in this order.
 */
export async function lockPerson(tx: Transaction, id: string): Promise<void> {
  // Not as one who deletes the person would: what only refers to them meanwhile need not wait.
  await tx.query('SELECT 1 FROM acesso.pessoa WHERE id = $1 FOR NO KEY UPDATE', [id]);
}

export async function personByCpf(questions: Questions, cpf: string): Promise<Person | null> {
  const [found] = await questions.query<Person>(
    'SELECT id, cpf, nome AS name, email FROM acesso.pessoa WHERE cpf = $1',
    [cpf],
  );
  return found ?? null;
}

/** Null where there is nobody of that id. */
export async function personOf(questions: Questions, id: string): Promise<Person | null> {
  const [found] = await questions.query<Person>(
    `SELECT id, cpf, nome AS name, email, ${instant('bloqueada')} AS blocked FROM acesso.pessoa WHERE id = $1`,
    [id],
  );
  return found ?? null;
}

/** Null where there is nobody of that id. */
export async function cpfOf(questions: Questions, id: string): Promise<string | null> {
  const [found] = await questions.query<{ cpf: string }>('SELECT cpf FROM acesso.pessoa WHERE id = $1', [id]);
  return found?.cpf ?? null;
}

/** The short name of a body; null where there is none of that id. */
export async function bodyShort(questions: Questions, id: string): Promise<string | null> {
  const [found] = await questions.query<{ short: string }>(
    'SELECT sigla AS short FROM acesso.orgao WHERE id = $1',
    [id],
  );
  return found?.short ?? null;
}

/**
 * Blocks somebody: their next click is refused. Of who was blocked already the last reason counts, and since when it does: a
 * form that was opened for the one before lifts nothing. False where they were. @param why for who unblocks
 */
export async function blockPerson(tx: Transaction, id: string, why: string, now: Date): Promise<boolean> {
  await lockPerson(tx, id);
  const before = await tx.query('SELECT 1 FROM acesso.pessoa WHERE id = $1 AND bloqueada IS NOT NULL', [id]);
  await tx.query('UPDATE acesso.pessoa SET bloqueada = $2, bloqueio = $3 WHERE id = $1', [id, now, why]);
  return before.length === 0;
}

/** Lets somebody in again, whatever kept them out. False where nothing did. @param by who did it; null: at the terminal */
export async function unblockPerson(
  tx: Transaction,
  id: string,
  by: string | null,
  now: Date,
): Promise<boolean> {
  const unblocked = await tx.query(
    `UPDATE acesso.pessoa p SET bloqueada = NULL, bloqueio = NULL, desbloqueada = $2, desbloqueada_por = $3
      WHERE id = $1 AND ${blockedAt('p', '$2::timestamptz')} IS NOT NULL RETURNING 1`,
    [id, now, by],
  );
  return unblocked.length === 1;
}

/** What keeps somebody out; null where nothing does, or nobody has the CPF. @param cpf eleven digits */
export async function blockedByCpf(questions: Questions, cpf: string, now: Date): Promise<Blocked | null> {
  const [found] = await questions.query<{ blocked: Blocked | null }>(
    `SELECT ${blockedAt('p', '$2::timestamptz')} AS blocked FROM acesso.pessoa p WHERE p.cpf = $1`,
    [cpf, now],
  );
  return found?.blocked ?? null;
}

/** The address of mail of somebody; null where none is known. */
export async function mailOf(questions: Questions, id: string): Promise<string | null> {
  const [found] = await questions.query<{ email: string | null }>(
    'SELECT email FROM acesso.pessoa WHERE id = $1',
    [id],
  );
  return found?.email ?? null;
}

/** Where somebody's letters go, and what keeps them out, if anything; null where there is nobody of that id. */
export async function reachOf(
  questions: Questions,
  id: string,
  now: Date,
): Promise<{ readonly email: string | null; readonly blocked: Blocked | null } | null> {
  const [found] = await questions.query<{ email: string | null; blocked: Blocked | null }>(
    `SELECT p.email, ${blockedAt('p', '$2::timestamptz')} AS blocked FROM acesso.pessoa p WHERE p.id = $1`,
    [id, now],
  );
  return found ?? null;
}

/** An address that was verified elsewhere, for who has none here; one that is known stays. */
export async function learnEmail(tx: Transaction, id: string, email: string): Promise<void> {
  await tx.query('UPDATE acesso.pessoa SET email = $2 WHERE id = $1 AND email IS NULL', [id, email]);
}
