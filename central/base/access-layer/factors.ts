import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';
import { lockPerson } from './people.ts';
import { endSessionsOf, type SessionEnd } from './sessions.ts';

export type FactorKind = 'totp' | 'webauthn';

/** A second factor as its person sees it. */
export interface Factor {
  readonly id: string;
  readonly kind: FactorKind;
  readonly name: string;
  readonly since: string;
  readonly used: string | null;
  /** Since when it is of no use, since it seems to have been copied. */
  readonly blocked: string | null;
}

const inForce = 'removido IS NULL';
const own = `id, tipo AS kind, nome AS name, ${instant('criado')} AS since, ${instant('usado')} AS used,
  ${instant('bloqueado')} AS blocked`;

/** All that somebody has, also what is blocked; the first one first. */
export function factorsOf(questions: Questions, person: string): Promise<Factor[]> {
  return questions.query<Factor>(
    `SELECT ${own} FROM acesso.fator WHERE pessoa = $1 AND ${inForce} ORDER BY criado, id`,
    [person],
  );
}

/** Waits for whoever else changes the factors of this person, and has them alone until the transaction ends. */
export async function lockFactorsOf(tx: Transaction, person: string): Promise<Factor[]> {
  await lockPerson(tx, person);
  return factorsOf(tx, person);
}

/** How many somebody has registered since then, those that were removed included. */
export async function registeredSince(questions: Questions, person: string, since: Date): Promise<number> {
  const [found] = await questions.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM acesso.fator WHERE pessoa = $1 AND criado > $2',
    [person, since],
  );
  return found?.count ?? 0;
}

/** An authenticator's secret, as it is kept. */
export interface SealedTotp {
  readonly id: string;
  /** See the console's `seal.ts`; bound to the id. */
  readonly sealed: Buffer;
  /** The step of the last code that was taken. */
  readonly lastStep: number;
}

/** Those of a person that are of use. */
export async function totpOf(questions: Questions, person: string): Promise<SealedTotp[]> {
  const rows = await questions.query<{ id: string; sealed: Uint8Array; lastStep: number }>(
    `SELECT id, segredo AS sealed, contador::float8 AS "lastStep" FROM acesso.fator
      WHERE pessoa = $1 AND tipo = 'totp' AND ${inForce} AND bloqueado IS NULL ORDER BY id`,
    [person],
  );
  return rows.map((row) => ({ ...row, sealed: Buffer.from(row.sealed) }));
}

/** An authenticator's secret as it is kept. */
export interface SealedSecret {
  readonly id: string;
  readonly sealed: Buffer;
}

/** Those of all people. */
export async function sealedSecrets(questions: Questions): Promise<readonly SealedSecret[]> {
  const rows = await questions.query<{ id: string; sealed: Uint8Array }>(
    `SELECT id, segredo AS sealed FROM acesso.fator WHERE tipo = 'totp' AND ${inForce}`,
  );
  return rows.map(({ id, sealed }) => ({ id, sealed: Buffer.from(sealed) }));
}

/** A key that WebAuthn registered. */
export interface Credential {
  readonly id: string;
  /** As browsers name it, base64url. */
  readonly credential: string;
  /** COSE. */
  readonly publicKey: Buffer;
  /** How often it said that it was used; 0 where it does not count. */
  readonly count: number;
  readonly transports: readonly string[];
}

/** Those of a person that are of use. Nobody is asked for somebody else's. */
export async function credentialsOf(questions: Questions, person: string): Promise<Credential[]> {
  const rows = await questions.query<Omit<Credential, 'publicKey'> & { readonly publicKey: Uint8Array }>(
    `SELECT id, credencial AS credential, chave AS "publicKey", contador::float8 AS count, transportes AS transports
       FROM acesso.fator WHERE pessoa = $1 AND tipo = 'webauthn' AND ${inForce} AND bloqueado IS NULL
      ORDER BY criado, id`,
    [person],
  );
  return rows.map((row) => ({ ...row, publicKey: Buffer.from(row.publicKey) }));
}

export interface NewTotp {
  readonly id: string;
  readonly person: string;
  readonly name: string;
  readonly sealed: Buffer;
  readonly lastStep: number;
}

export async function addTotp(
  tx: Transaction,
  { id, person, name, sealed, lastStep }: NewTotp,
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.fator (id, pessoa, tipo, nome, segredo, contador, criado, usado)
     VALUES ($1, $2, 'totp', $3, $4, $5, $6, $6)`,
    [id, person, name, sealed, lastStep, now],
  );
}

/** False where somebody has that key already. */
export async function addCredential(
  tx: Transaction,
  factor: Credential & { readonly person: string; readonly name: string },
  now: Date,
): Promise<boolean> {
  const { id, person, name, credential, publicKey, count, transports } = factor;
  const added = await tx.query(
    `INSERT INTO acesso.fator
       (id, pessoa, tipo, nome, credencial, chave, contador, transportes, criado, usado)
     VALUES ($1, $2, 'webauthn', $3, $4, $5, $6, $7, $8, $8)
     ON CONFLICT (credencial) DO NOTHING RETURNING 1`,
    [id, person, name, credential, publicKey, count, transports, now],
  );
  return added.length === 1;
}

/**
 * That one was used, at this step or count; false where that was there before, or the factor is not in force any more.
 * Of a key that does not count, 0 is followed by 0.
 */
export async function useFactor(
  tx: Transaction,
  { id, count }: { readonly id: string; readonly count: number },
  now: Date,
): Promise<boolean> {
  const used = await tx.query(
    `UPDATE acesso.fator SET contador = $2, usado = $3
      WHERE id = $1 AND ${inForce} AND bloqueado IS NULL
        AND (contador < $2 OR (tipo = 'webauthn' AND contador = 0 AND $2 = 0)) RETURNING 1`,
    [id, count, now],
  );
  return used.length === 1;
}

/** Somebody has a copy of it: it is of no use from now on, and still keeps others from registering one with a password. */
export async function blockFactor(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(`UPDATE acesso.fator SET bloqueado = $2 WHERE id = $1 AND ${inForce}`, [id, now]);
}

export async function renameFactor(tx: Transaction, id: string, name: string): Promise<void> {
  await tx.query(`UPDATE acesso.fator SET nome = $2 WHERE id = $1 AND ${inForce}`, [id, name]);
}

/** What is secret of it goes; that it was there stays. */
export async function removeFactor(tx: Transaction, id: string, now: Date): Promise<void> {
  await tx.query(`UPDATE acesso.fator SET ${removal('$2')} WHERE id = $1 AND ${inForce}`, [id, now]);
}

/**
 * Removes all of somebody who has lost them, and ends their sessions: by their next sign-in they register one anew.
 * Says how many there were of each.
 * @param why the sessions end, a word for the audit
 */
export async function removeFactorsOf(
  tx: Transaction,
  { person, why }: { readonly person: string; readonly why: SessionEnd },
  now: Date,
): Promise<{ readonly factors: number; readonly sessions: number }> {
  const held = await lockFactorsOf(tx, person);
  await tx.query(`UPDATE acesso.fator SET ${removal('$2')} WHERE pessoa = $1 AND ${inForce}`, [person, now]);
  return { factors: held.length, sessions: await endSessionsOf(tx, { person, why }, now) };
}

function removal(now: string): string {
  return `removido = ${now}, segredo = NULL, credencial = NULL, chave = NULL`;
}
