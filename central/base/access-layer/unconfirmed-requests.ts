import type { Transaction } from '../base.ts';

/** So long a request of which nobody confirmed the address is kept after its last link was of no use any more, a day. */
export const unconfirmedDays = 30;
/** At once; the rest goes the next time. */
const most = 1000;

/** Removes what nobody confirmed: an address may be of somebody who never asked. The audit knows that it was asked. */
export async function tidyUnconfirmed(tx: Transaction, now: Date): Promise<void> {
  const gone = await tx.query<{ id: string }>(
    `SELECT p.id FROM acesso.pedido p
      WHERE p.papel IS NULL AND p.criado < $1::timestamptz - interval '${(unconfirmedDays + 1) * 24} hours'
        AND NOT EXISTS (SELECT FROM acesso.pedido_passo s WHERE s.pedido = p.id AND (s.passo NOT IN ('pedido', 'link')
          OR s.quando >= $1::timestamptz - interval '${(unconfirmedDays + 1) * 24} hours'))
      ORDER BY p.criado LIMIT ${most} FOR UPDATE SKIP LOCKED`,
    [now],
  );
  if (gone.length === 0) return;
  const ids = gone.map(({ id }) => id);
  await tx.query(
    `DELETE FROM acesso.pedido_link_usado WHERE resumo IN (SELECT resumo FROM acesso.pedido_link WHERE sobre = ANY ($1::uuid[]))`,
    [ids],
  );
  await tx.query('DELETE FROM acesso.pedido_link WHERE sobre = ANY ($1::uuid[])', [ids]);
  await tx.query('DELETE FROM acesso.pedido_passo WHERE pedido = ANY ($1::uuid[])', [ids]);
  await tx.query('DELETE FROM acesso.pedido WHERE id = ANY ($1::uuid[])', [ids]);
}
