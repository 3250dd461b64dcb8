import type { Transaction } from '../base.ts';
import { joinedAcross } from './across-kinds.ts';
import { sharedBy } from './next-key.ts';
import { setDownAlone } from './queue.ts';

/**
 * Has all looked at again that depends on whom registers belong to: these persons and what is made of them, what the
 * registers share with others, and who may be one of these persons under another kind. In the transaction that moves
 * them, before or after.
 *
 * @param registers those that moved, by `natal_id`
 * @param persons whom they left, and whom they belong to now
 */
export async function touchMoved(
  tx: Transaction,
  registers: readonly string[],
  persons: readonly string[],
): Promise<void> {
  if (registers.length + persons.length === 0) return;
  await setDownAlone(tx);
  const documents = Object.entries(sharedBy).map(
    ([subject, key]) => `SELECT '${subject}', '', ${key} FROM moved WHERE ${key} IS NOT NULL`,
  );
  await tx.query(
    `WITH moved AS MATERIALIZED (SELECT * FROM nacional.registro WHERE natal_id = ANY ($1::uuid[])),
       persons AS MATERIALIZED (SELECT unnest($2::uuid[]) AS id UNION SELECT pessoa_id FROM moved)
     INSERT INTO nacional.fila (assunto, fonte, chave)
     ${documents.join(' UNION ')}
     UNION SELECT s, '', id::text FROM persons, unnest(ARRAY['pessoa', 'pessoas']) s
     UNION SELECT 'pessoas', '', o.pessoa_id::text FROM persons p ${joinedAcross('p.id')}
     ON CONFLICT DO NOTHING`,
    [registers, persons],
  );
}

/**
 * Has the persons looked at again to whom these registers belong: of those across whose kinds a pair or a decision comes,
 * goes or weighs something else.
 */
export async function touchAcross(tx: Transaction, registers: readonly string[]): Promise<void> {
  if (registers.length === 0) return;
  await setDownAlone(tx);
  await tx.query(
    `INSERT INTO nacional.fila (assunto, fonte, chave)
     SELECT DISTINCT 'pessoas', '', pessoa_id::text FROM nacional.registro WHERE natal_id = ANY ($1::uuid[])
     ON CONFLICT DO NOTHING`,
    [registers],
  );
}

/** The same of those of these registers on which a person has said something: it holds across kinds, too, or did. */
export async function touchDecided(tx: Transaction, registers: readonly string[]): Promise<void> {
  const decided = await tx.query<{ register: string }>(
    `SELECT a::text AS register FROM decidido.vinculo WHERE a = ANY ($1::uuid[])
     UNION SELECT b::text FROM decidido.vinculo WHERE b = ANY ($1::uuid[])`,
    [registers],
  );
  await touchAcross(
    tx,
    decided.map(({ register }) => register),
  );
}
