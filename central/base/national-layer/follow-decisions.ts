import type { Questions, Transaction } from '../base.ts';
import { holdMark, type Mark, moveMark } from './marks.ts';
import { enqueueKeys } from './queue.ts';

const mark: Mark = { source: '', view: 'vinculo', step: 'decidir', version: '1' };

/** Decisions that nobody has followed yet, with the registers that each is about, also by revoking another one; as SQL. */
export const unfollowed = `
  SELECT v.numero, coalesce(v.a, r.a) AS a, coalesce(v.b, r.b) AS b
    FROM decidido.vinculo v LEFT JOIN decidido.vinculo r ON r.numero = v.revoga
   WHERE v.numero > coalesce((SELECT mudanca FROM nacional.marca
                               WHERE fonte = '' AND visao = '${mark.view}' AND passo = '${mark.step}'), 0)`;

/**
 * Sets down that the persons are to be made anew of whose registers somebody has said something since the last time. They
 * are numbered in the order in which they are committed, so none is left behind. Whoever decides writes nothing but the
 * decision: a page could not.
 */
export async function followDecisions(tx: Transaction): Promise<void> {
  const { change } = await holdMark(tx, mark);
  const fresh = await tx.query<{ a: string | null; b: string | null }>(
    `SELECT a::text, b::text FROM (${unfollowed}) v`,
  );
  const last = await lastDecision(tx);
  // Of who was forgotten meanwhile nothing is left to follow.
  const touched = fresh.flatMap(({ a, b }) => [a, b]).filter((register) => register !== null);
  await enqueueKeys(tx, 'grupo', '', [...new Set(touched)]);
  if (last !== change) await moveMark(tx, mark, { change: last, complete: true });
}

async function lastDecision(questions: Questions): Promise<string> {
  const [last] = await questions.query<{ number: string }>(
    'SELECT coalesce(max(numero), 0)::text AS number FROM decidido.vinculo',
  );
  return last?.number ?? '0';
}
