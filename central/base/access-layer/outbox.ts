import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** How something is told: by mail, or to a program of somebody else's. */
export type Means = 'mail' | 'webhook';

const means = { mail: 'correio', webhook: 'webhook' } as const satisfies Record<Means, string>;

/** What is to be told to somebody. */
export interface NewLetter {
  readonly means: Means;
  /** An address of mail; of a webhook, nothing. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of no use later. */
  readonly until: Date;
}

export interface Letter extends Omit<NewLetter, 'until'> {
  readonly number: string;
  /** ISO 8601. */
  readonly created: string;
  /** How often it was tried before. */
  readonly tries: number;
}

/** What the outbox holds. */
export interface OutboxFacts {
  readonly waiting: number;
  /** Since when the first of them waits, ISO 8601; null without any. */
  readonly since: string | null;
  /** Code of the problem that the last try of any met; null where none did. */
  readonly problem: string | null;
  /** Given up within the last seven days. */
  readonly givenUp: number;
}

/** Of what was told it is known so long that it was. */
const keptDays = 400;

/** Which of these were told, or are on their way, by their keys. */
export async function toldKeys(questions: Questions, keys: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await questions.query<{ key: string }>(
    'SELECT chave AS key FROM correio.dito WHERE chave = ANY ($1::text[])',
    [keys],
  );
  return new Set(rows.map(({ key }) => key));
}

/** Sets down what is to be told, together with what it tells of. @param keys what it tells, and to whom */
export async function addLetter(
  tx: Transaction,
  { means: by, to, subject, text, until }: NewLetter,
  keys: readonly string[],
  now: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO correio.carta (meio, para, assunto, texto, criada, proxima, prazo)
     VALUES ($1, $2, $3, $4, $5, $5, $6)`,
    [means[by], to, subject, text, now, until],
  );
  await tx.query(
    `INSERT INTO correio.dito (chave, quando) SELECT DISTINCT chave, $2::timestamptz FROM unnest($1::text[]) AS k (chave)
     ON CONFLICT DO NOTHING`,
    [keys, now],
  );
}

/** What is to be tried now by some means, the oldest first. */
export function dueLetters(questions: Questions, by: Means, now: Date, most: number): Promise<Letter[]> {
  return questions.query<Letter>(
    `SELECT numero::text AS number, $1::text AS means, para AS to, assunto AS subject, texto AS text,
            ${instant('criada')} AS created, tentativas AS tries
       FROM correio.carta WHERE texto IS NOT NULL AND meio = $2 AND proxima <= $3 ORDER BY proxima, numero LIMIT $4`,
    [by, means[by], now, most],
  );
}

/** It is tried now: where nothing more can be written down of it, it is tried again at `next`, and not before. */
export async function beginLetter(tx: Transaction, number: string, next: Date): Promise<void> {
  await tx.query('UPDATE correio.carta SET tentativas = tentativas + 1, proxima = $2 WHERE numero = $1', [
    number,
    next,
  ]);
}

export async function letterSent(tx: Transaction, number: string, now: Date): Promise<void> {
  await tx.query(
    'UPDATE correio.carta SET enviada = $2, texto = NULL, problema = NULL WHERE numero = $1 AND texto IS NOT NULL',
    [number, now],
  );
}

/** @param given up when it is of no use to try it again; null: it is tried when it was said to be */
export async function letterFailed(
  tx: Transaction,
  number: string,
  { problem, givenUp }: { readonly problem: string; readonly givenUp: Date | null },
): Promise<void> {
  await tx.query(
    `UPDATE correio.carta SET problema = $2, desistida = $3::timestamptz,
            texto = CASE WHEN $3::timestamptz IS NULL THEN texto END
      WHERE numero = $1 AND texto IS NOT NULL`,
    [number, problem, givenUp],
  );
}

/** What is of no use any more is given up, and what was told long ago forgotten. */
export async function tidyOutbox(tx: Transaction, now: Date): Promise<void> {
  await tx.query(
    'UPDATE correio.carta SET desistida = $1, texto = NULL WHERE texto IS NOT NULL AND prazo < $1',
    [now],
  );
  const old = `$1::timestamptz - interval '${keptDays} days'`;
  await tx.query(`DELETE FROM correio.carta WHERE texto IS NULL AND criada < ${old}`, [now]);
  await tx.query(`DELETE FROM correio.dito WHERE quando < ${old}`, [now]);
}

export async function outboxFacts(questions: Questions, now: Date): Promise<OutboxFacts> {
  const [facts] = await questions.query<OutboxFacts>(
    `SELECT count(*) FILTER (WHERE texto IS NOT NULL)::int AS waiting,
            ${instant('min(criada) FILTER (WHERE texto IS NOT NULL)')} AS since,
            (array_agg(problema ORDER BY proxima DESC) FILTER (WHERE texto IS NOT NULL AND problema IS NOT NULL))[1] AS problem,
            count(*) FILTER (WHERE desistida > $1::timestamptz - interval '7 days')::int AS "givenUp"
       FROM correio.carta`,
    [now],
  );
  return facts ?? { waiting: 0, since: null, problem: null, givenUp: 0 };
}
