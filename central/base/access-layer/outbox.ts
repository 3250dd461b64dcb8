import type { Questions, Transaction } from '../base.ts';
import { instant } from '../instants.ts';

/** How something is told: by mail, or to a program of somebody else's. */
export type Means = 'mail' | 'webhook';

const means = { mail: 'correio', webhook: 'webhook' } as const satisfies Record<Means, string>;

/** What is to be told to somebody. */
export interface NewLetter {
  readonly means: Means;
  /** What it tells, and to whom: the same is told once. */
  readonly key: string;
  /** An address of mail; of a webhook, nothing. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** Of no use later. */
  readonly until: Date;
}

export interface Letter extends Omit<NewLetter, 'until'> {
  readonly number: number;
  /** ISO 8601. */
  readonly created: string;
  /** How often it was tried. */
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

/** Of what was sent it is known so long that it was: no longer is the same told only once. */
const keptDays = 400;

/** Sets down what is to be told, together with what it tells. False where the same was told, or waits to be. */
export async function addLetter(tx: Transaction, letter: NewLetter, now: Date): Promise<boolean> {
  const added = await tx.query(
    `INSERT INTO correio.carta (meio, chave, para, assunto, texto, criada, proxima, prazo)
     VALUES ($1, $2, $3, $4, $5, $6, $6, $7) ON CONFLICT (chave) DO NOTHING RETURNING numero`,
    [means[letter.means], letter.key, letter.to, letter.subject, letter.text, now, letter.until],
  );
  return added.length > 0;
}

/** What is to be tried now, the oldest first. */
export async function dueLetters(questions: Questions, now: Date, most: number): Promise<Letter[]> {
  return questions.query<Letter>(
    `SELECT numero::int AS number, CASE meio WHEN 'correio' THEN 'mail' ELSE meio END AS means, chave AS key,
            para AS to, assunto AS subject, texto AS text, ${instant('criada')} AS created, tentativas AS tries
       FROM correio.carta WHERE texto IS NOT NULL AND proxima <= $1 ORDER BY proxima, numero LIMIT $2`,
    [now, most],
  );
}

/** When the next one is to be tried, ISO 8601; null where none waits. */
export async function nextLetter(questions: Questions): Promise<string | null> {
  const [row] = await questions.query<{ next: string | null }>(
    `SELECT ${instant('min(proxima)')} AS next FROM correio.carta WHERE texto IS NOT NULL`,
  );
  return row?.next ?? null;
}

export async function letterSent(tx: Transaction, number: number, now: Date): Promise<void> {
  await tx.query(
    `UPDATE correio.carta SET enviada = $2, texto = NULL, problema = NULL, tentativas = tentativas + 1
      WHERE numero = $1 AND texto IS NOT NULL`,
    [number, now],
  );
}

/** A try failed: it is tried again at `next`, or given up where that is null or too late. */
export async function letterFailed(
  tx: Transaction,
  number: number,
  { problem, next, now }: { readonly problem: string; readonly next: Date | null; readonly now: Date },
): Promise<void> {
  await tx.query(
    `UPDATE correio.carta
        SET tentativas = tentativas + 1, problema = $2, proxima = coalesce($3, proxima),
            desistida = CASE WHEN $3::timestamptz IS NULL OR $3 > prazo THEN $4::timestamptz END,
            texto = CASE WHEN $3::timestamptz <= prazo THEN texto END
      WHERE numero = $1 AND texto IS NOT NULL`,
    [number, problem, next, now],
  );
}

export async function forgetOldLetters(tx: Transaction, now: Date): Promise<void> {
  await tx.query(
    `DELETE FROM correio.carta WHERE texto IS NULL AND criada < $1::timestamptz - make_interval(days => $2)`,
    [now, keptDays],
  );
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
