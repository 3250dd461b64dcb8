import type { JournalHead } from '../../../shared/journal/entry.ts';
import type { Questions, Transaction } from '../base.ts';

const columns = `to_char(dia, 'YYYY-MM-DD') AS day, numero::int AS id, elo AS hash, chave AS keyid,
  assinatura AS signature`;

/** The signed heads behind an entry, in their order: one a day, of its last entry so far. */
export function auditHeads(questions: Questions, after = 0): Promise<JournalHead[]> {
  return questions.query<JournalHead>(
    `SELECT ${columns} FROM acesso.auditoria_dia WHERE numero > $1 ORDER BY numero, dia`,
    [after],
  );
}

export async function lastAuditHead(questions: Questions): Promise<JournalHead | null> {
  const [last] = await questions.query<JournalHead>(
    `SELECT ${columns} FROM acesso.auditoria_dia ORDER BY numero DESC LIMIT 1`,
  );
  return last ?? null;
}

/** Puts a head in the place of that of an earlier entry of its day. */
export async function putAuditHead(
  tx: Transaction,
  { day, id, hash, keyid, signature }: JournalHead,
): Promise<void> {
  await tx.query(
    `INSERT INTO acesso.auditoria_dia (dia, numero, elo, chave, assinatura) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (dia) DO UPDATE SET numero = excluded.numero, elo = excluded.elo, chave = excluded.chave,
       assinatura = excluded.assinatura`,
    [day, id, hash, keyid, signature],
  );
}
