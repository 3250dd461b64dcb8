import type { Questions, Transaction } from '../base.ts';
import { instant, wholeInstant } from '../instants.ts';

/** An account as somebody enters by it with a password. */
export interface LocalAccount {
  readonly person: string;
  /** Null: entered by Login Único alone. */
  readonly hash: string | null;
  /** When it was chosen or given; being hashed anew it stays the same. */
  readonly since: string | null;
  /** Of a temporary password: until when it is one. */
  readonly temporaryUntil: string | null;
  /** What others know of them, so that no password is made of it. */
  readonly known: Known;
}

export interface Known {
  readonly cpf: string;
  readonly name: string;
  readonly email: string | null;
  /** Names of bodies where they have or had a role. */
  readonly bodies: readonly string[];
}

const account = (where: string) => `SELECT p.id AS person, s.resumo AS hash,
    ${wholeInstant('s.trocada')} AS since, ${instant('s.provisoria_ate')} AS "temporaryUntil",
    json_build_object('cpf', p.cpf, 'name', p.nome, 'email', p.email, 'bodies', coalesce((
      SELECT json_agg(DISTINCT nome) FROM (
        SELECT unnest(ARRAY[o.sigla, o.nome]) AS nome FROM acesso.papel JOIN acesso.orgao o ON o.id = papel.orgao
         WHERE papel.pessoa = p.id) of_bodies), '[]')) AS known
  FROM acesso.pessoa p LEFT JOIN acesso.senha s ON s.pessoa = p.id WHERE ${where}`;

/** @param cpf eleven digits */
export async function accountByCpf(questions: Questions, cpf: string): Promise<LocalAccount | null> {
  const [found] = await questions.query<LocalAccount>(account('p.cpf = $1'), [cpf]);
  return found ?? null;
}

export async function accountOf(questions: Questions, person: string): Promise<LocalAccount | null> {
  const [found] = await questions.query<LocalAccount>(account('p.id = $1'), [person]);
  return found ?? null;
}

/** Later than the one before in any case, whatever the clock says: by it one password is told from the next. */
const later = (now: string) => `greatest(${now}::timestamptz, s.trocada + interval '1 microsecond')`;

/** Whatever the password was before. @param temporaryUntil until when it may be changed, where it has to be */
export async function setPassword(
  tx: Transaction,
  {
    person,
    hash,
    temporaryUntil,
  }: { readonly person: string; readonly hash: string; readonly temporaryUntil: Date | null },
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.senha AS s (pessoa, resumo, trocada, provisoria_ate) VALUES ($1, $2, $3, $4)
     ON CONFLICT (pessoa) DO UPDATE SET resumo = $2, trocada = ${later('$3')}, provisoria_ate = $4`,
    [person, hash, now, temporaryUntil],
  );
}

/** A password that somebody has. */
export type HeldPassword = Pick<LocalAccount, 'person'> & { readonly hash: string; readonly since: string };

/** The account's, where it has one. */
export function heldBy<A extends LocalAccount>(account: A | null): (A & HeldPassword) | null {
  if (account === null || account.hash === null || account.since === null) return null;
  return { ...account, hash: account.hash, since: account.since };
}

/** By whoever showed the one before; false where another has taken its place meanwhile. */
export async function changePassword(
  tx: Transaction,
  { person, since }: HeldPassword,
  to: string,
  now: Date,
): Promise<boolean> {
  const changed = await tx.query(
    `UPDATE acesso.senha s SET resumo = $3, trocada = ${later('$4')}, provisoria_ate = NULL
      WHERE pessoa = $1 AND trocada = $2 RETURNING 1`,
    [person, since, to, now],
  );
  return changed.length === 1;
}

/** The same password, hashed as it is today. */
export async function rehashPassword(
  tx: Transaction,
  { person, since }: HeldPassword,
  to: string,
): Promise<void> {
  await tx.query('UPDATE acesso.senha SET resumo = $3 WHERE pessoa = $1 AND trocada = $2', [
    person,
    since,
    to,
  ]);
}

/** Nobody changes the password that somebody has until the transaction ends. Before `lockPerson`. */
export async function lockPassword(tx: Transaction, person: string): Promise<void> {
  await tx.query('SELECT 1 FROM acesso.senha WHERE pessoa = $1 FOR UPDATE', [person]);
}

/** Whether this is still their password. Nobody changes it until the transaction ends. */
export async function holdPassword(tx: Transaction, { person, since }: HeldPassword): Promise<boolean> {
  const held = await tx.query('SELECT 1 FROM acesso.senha WHERE pessoa = $1 AND trocada = $2 FOR UPDATE', [
    ...[person, since],
  ]);
  return held.length === 1;
}
