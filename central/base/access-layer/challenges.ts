import type { Questions, Transaction } from '../base.ts';
import { most } from './most.ts';

/** What was asked of a browser, by which its answer is known: to be answered until then, as a rule once. */
export interface Challenge {
  /** SHA-256 of what the answer brings along. */
  readonly digest: Buffer;
  /** What it is for: an answer to one thing is none to another. */
  readonly kind: string;
  /** The session that was asked; null: of nobody who has signed in. */
  readonly session: string | null;
}

/**
 * Sets one down, with what is needed when it is answered. Where the same one is in force, that stays: a page that is opened
 * twice asks for one thing. Returns the content that is in force. What has run out is swept up, a little each time; of too
 * many that one session was asked those that run out first go.
 */
export async function setChallenge(
  tx: Transaction,
  { digest, kind, session }: Challenge,
  { content, until }: { readonly content: string; readonly until: Date },
  now: Date,
): Promise<string> {
  await tx.query(
    `DELETE FROM acesso.desafio WHERE resumo IN (
       SELECT resumo FROM acesso.desafio WHERE ate <= $1 ORDER BY resumo LIMIT 100 FOR UPDATE SKIP LOCKED)`,
    [now],
  );
  const [set] = await tx.query<{ content: string }>(
    `INSERT INTO acesso.desafio AS d (resumo, tipo, sessao, conteudo, ate) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (resumo) DO UPDATE SET
       conteudo = CASE WHEN d.ate > $6 THEN d.conteudo ELSE excluded.conteudo END,
       ate = CASE WHEN d.ate > $6 THEN d.ate ELSE excluded.ate END
     RETURNING conteudo AS content`,
    [digest, kind, session, content, until, now],
  );
  if (session !== null) {
    await tx.query(
      `DELETE FROM acesso.desafio WHERE sessao = $1 AND tipo = $2 AND resumo IN (
         SELECT resumo FROM acesso.desafio WHERE sessao = $1 AND tipo = $2
          ORDER BY resumo = $3 DESC, ate DESC, resumo OFFSET $4)`,
      [session, kind, digest, most.challenges.value],
    );
  }
  return set?.content ?? content;
}

/** Of those of nobody's session that lead to one thing the oldest go. */
export async function keepNewest(tx: Transaction, kind: string, content: string): Promise<void> {
  await tx.query(
    `DELETE FROM acesso.desafio WHERE resumo IN (
       SELECT resumo FROM acesso.desafio WHERE sessao IS NULL AND tipo = $1 AND conteudo = $2
        ORDER BY ate DESC, resumo OFFSET $3)`,
    [kind, content, most.challenges.value],
  );
}

/** The content of one that is in force, which stays; null where there is none. */
export async function findChallenge(
  questions: Questions,
  { digest, kind, session }: Challenge,
  now: Date,
): Promise<string | null> {
  const [found] = await questions.query<{ content: string }>(
    `SELECT conteudo AS content FROM acesso.desafio
      WHERE resumo = $1 AND tipo = $2 AND sessao IS NOT DISTINCT FROM $3 AND ate > $4`,
    [digest, kind, session, now],
  );
  return found?.content ?? null;
}

/**
 * Takes it, so that nobody else can; null where there is none in force. In a transaction of its own, where it is to be
 * gone also if the answer turns out to be wrong.
 */
export async function takeChallenge(
  tx: Transaction,
  { digest, kind, session }: Challenge,
  now: Date,
): Promise<string | null> {
  const [taken] = await tx.query<{ content: string; holds: boolean }>(
    `DELETE FROM acesso.desafio WHERE resumo = $1 AND tipo = $2 AND sessao IS NOT DISTINCT FROM $3
     RETURNING conteudo AS content, ate > $4 AS holds`,
    [digest, kind, session, now],
  );
  return taken?.holds === true ? taken.content : null;
}
