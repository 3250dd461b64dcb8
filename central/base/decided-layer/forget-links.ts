import type { Questions, Transaction } from '../base.ts';

/** Decisions on a register, and those by which they were revoked. */
const onRegister = `numero IN (
  SELECT numero FROM decidido.vinculo WHERE a = $1 UNION SELECT numero FROM decidido.vinculo WHERE b = $1
  UNION SELECT r.numero FROM decidido.vinculo v JOIN decidido.vinculo r ON r.revoga = v.numero
         WHERE v.a = $1 OR v.b = $1)`;

/** How many rows say something of a register. @param register its `natal_id` */
export async function linksOn(questions: Questions, register: string): Promise<number> {
  const [found] = await questions.query<{ rows: number }>(
    `SELECT count(*)::int AS rows FROM decidido.vinculo WHERE ${onRegister} AND sal IS NOT NULL`,
    [register],
  );
  return found?.rows ?? 0;
}

/** Blanks what was ever said of a register; that something was said, by whom and when, stays. Returns how many rows. */
export async function forgetLinks(tx: Transaction, register: string): Promise<number> {
  const blanked = await tx.query(
    `UPDATE decidido.vinculo SET a = NULL, b = NULL, diz = NULL, motivo = NULL, sal = NULL
      WHERE ${onRegister} AND sal IS NOT NULL RETURNING 1`,
    [register],
  );
  return blanked.length;
}
