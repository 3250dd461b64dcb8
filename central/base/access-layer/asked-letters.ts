import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** What a letter can be, by which it is asked for; what it says is in `central/letters/`. */
export type LetterKind =
  | 'password-changed'
  | 'password-reset'
  | 'factor-added'
  | 'factors-removed'
  | 'help-asked'
  | 'authority-asked'
  | 'authority-document'
  | 'authority-replaced'
  | 'decisions-wait'
  | 'request-admitted'
  | 'request-link'
  | 'request-password'
  | 'request-refused'
  | 'role-lapses';

export interface AskedLetter {
  readonly id: string;
  readonly kind: string;
  /** The id of what it is about: of a person, or whatever else its kind is about. */
  readonly about: string;
  readonly asked: Date;
}

/** Of no use later: what was not written down by then is given up. */
const openHours = 24;
/** That it was asked for is known so long; the audit knows it for good. */
const keptDays = 30;

/** Asks for a letter, which is written soon after by whoever has central; one that waits already stays the only one. */
export async function askLetter(tx: Transaction, kind: LetterKind, about: string, now: Date): Promise<void> {
  await tx.query(
    'INSERT INTO acesso.carta_pedida (id, tipo, sobre, criada) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING',
    [randomUUID(), kind, about, now],
  );
}

/** How many of a kind about the same were asked for since then. */
export async function askedSince(
  questions: Questions,
  kind: LetterKind,
  about: string,
  since: Date,
): Promise<number> {
  const [found] = await questions.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM acesso.carta_pedida WHERE tipo = $1 AND sobre = $2 AND criada > $3',
    [kind, about, since],
  );
  return found?.n ?? 0;
}

/** When a letter was last asked for that was not given up, after an instant; null where none was. */
export async function lastAsked(
  questions: Questions,
  { kind, about, after }: { readonly kind: LetterKind; readonly about: string; readonly after: Date },
): Promise<Date | null> {
  const [last] = await questions.query<{ readonly at: string | null }>(
    `SELECT ${instant('max(criada)')} AS at FROM acesso.carta_pedida
      WHERE tipo = $1 AND sobre = $2 AND criada > $3 AND desistida IS NULL`,
    [kind, about, after],
  );
  return last === undefined || last.at === null ? null : new Date(last.at);
}

/** What is to be written, the oldest first, without those of these ids. */
export async function askedLetters(
  questions: Questions,
  but: readonly string[],
  most: number,
): Promise<AskedLetter[]> {
  const rows = await questions.query<Omit<AskedLetter, 'asked'> & { readonly asked: string }>(
    `SELECT id, tipo AS kind, sobre AS about, extract(epoch FROM criada)::text AS asked FROM acesso.carta_pedida
      WHERE escrita IS NULL AND desistida IS NULL AND NOT id = ANY ($1::uuid[]) ORDER BY criada, id LIMIT $2`,
    [but, most],
  );
  return rows.map(({ asked, ...row }) => ({ ...row, asked: new Date(Number(asked) * 1000) }));
}

/** False where it was written, or given up, before. @param written false: there is nobody to write to, or no use in it */
export async function endAsked(tx: Transaction, id: string, written: boolean, now: Date): Promise<boolean> {
  const ended = await tx.query(
    `UPDATE acesso.carta_pedida SET ${written ? 'escrita' : 'desistida'} = $2
      WHERE id = $1 AND escrita IS NULL AND desistida IS NULL RETURNING 1`,
    [id, now],
  );
  return ended.length === 1;
}

/** What is of no use any more is given up, and what ended long ago forgotten. */
export async function tidyAsked(tx: Transaction, now: Date): Promise<void> {
  await tx.query(
    `UPDATE acesso.carta_pedida SET desistida = $1
      WHERE escrita IS NULL AND desistida IS NULL AND criada < $1::timestamptz - interval '${openHours} hours'`,
    [now],
  );
  await tx.query(
    `DELETE FROM acesso.carta_pedida WHERE criada < $1::timestamptz - interval '${keptDays} days'`,
    [now],
  );
}
