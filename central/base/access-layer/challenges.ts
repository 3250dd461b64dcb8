import type { Transaction } from '../base.ts';

/** What was asked of a browser, to be answered once. */
export interface Challenge {
  /** SHA-256 of what the browser has to bring. */
  readonly digest: Buffer;
  readonly kind: string;
  readonly content: string;
  readonly until: Date;
}

/** Keeps it, and forgets what nobody has answered in time. */
export async function keepChallenge(
  tx: Transaction,
  { digest, kind, content, until }: Challenge,
  now: Date,
): Promise<void> {
  await tx.query('DELETE FROM acesso.desafio WHERE ate <= $1', [now]);
  await tx.query('INSERT INTO acesso.desafio (resumo, tipo, conteudo, ate) VALUES ($1, $2, $3, $4)', [
    ...[digest, kind, content],
    until,
  ]);
}

/** What was kept, which is gone from now on; null where there is none, or its time is over. */
export async function takeChallenge(
  tx: Transaction,
  { digest, kind }: Pick<Challenge, 'digest' | 'kind'>,
  now: Date,
): Promise<string | null> {
  const [taken] = await tx.query<{ content: string; isOver: boolean }>(
    `DELETE FROM acesso.desafio WHERE resumo = $1 AND tipo = $2
     RETURNING conteudo AS content, ate <= $3 AS "isOver"`,
    [digest, kind, now],
  );
  return taken === undefined || taken.isOver ? null : taken.content;
}
