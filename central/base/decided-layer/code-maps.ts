import { randomUUID } from 'node:crypto';
import type { Transaction } from '../base.ts';

/** What a person says that a word of a state means. */
export interface CodeMap {
  readonly source: string;
  /** `custodia.regime` */
  readonly column: string;
  /** The state's word, in its form (`wordForm`). */
  readonly word: string;
  /** The national value; null where it means nothing. */
  readonly code: string | null;
  /** Who said it: a person's account. */
  readonly who: string;
  /** What it was said through, such as `command`. */
  readonly through: string;
  readonly reason: string | null;
}

/** Any fixed number: what is recorded is numbered in the order in which it is committed, and treatment goes by that. */
const lock = 4_871_266_313;

/** Records it; of one word the last that was recorded holds. It counts from the commit on. */
export async function recordCodeMap(
  tx: Transaction,
  { source, column, word, code, who, through, reason }: CodeMap,
): Promise<void> {
  await tx.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  await tx.query(
    `INSERT INTO decidido.de_para (id, fonte, campo, valor, codigo, quem, por_meio, motivo, quando)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [randomUUID(), source, column, word, code, who, through, reason],
  );
}
