import type { Questions, Transaction } from '../base.ts';

/**
 * Entries of which what was asked for is still there, and that showed a register or were a search for it, however it was
 * typed. `$1` is its `natal_id`. Both are found by an index.
 */
const showing = `termos IS NOT NULL
  AND ((termos::jsonb -> 'records') ? $1 OR lower(btrim(termos::jsonb ->> 'record')) = $1::text)`;

export async function termsShowing(questions: Questions, register: string): Promise<number> {
  const [found] = await questions.query<{ rows: number }>(
    `SELECT count(*)::int AS rows FROM acesso.auditoria WHERE ${showing}`,
    [register],
  );
  return found?.rows ?? 0;
}

/** Blanks what was asked for wherever a register was shown or searched for; that somebody looked, and when, stays. Returns how many. */
export async function forgetTerms(tx: Transaction, register: string): Promise<number> {
  const blanked = await tx.query(
    `UPDATE acesso.auditoria SET sal = NULL, termos = NULL WHERE ${showing} RETURNING 1`,
    [register],
  );
  return blanked.length;
}
