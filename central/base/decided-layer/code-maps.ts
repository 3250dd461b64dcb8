import { randomUUID } from 'node:crypto';
import type { Questions, Transaction } from '../base.ts';
import { instantToSecond } from '../instants.ts';
import { holdLock } from '../locks.ts';

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

/** Records it; of one word the last that was recorded holds. It counts from the commit on. */
export async function recordCodeMap(
  tx: Transaction,
  { source, column, word, code, who, through, reason }: CodeMap,
): Promise<void> {
  await holdLock(tx, 'mapping');
  await tx.query(
    `INSERT INTO decidido.de_para (id, fonte, campo, valor, codigo, quem, por_meio, motivo, quando)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [randomUUID(), source, column, word, code, who, through, reason],
  );
}

/** What was said of a word, and when: ISO 8601 in UTC, to the second. */
export type RecordedCodeMap = Omit<CodeMap, 'through'> & { readonly at: string };

/** What was said of the words of a column of a source, the last first. */
export function codeMapsOf(
  questions: Questions,
  source: string,
  column: string,
  most: number,
): Promise<RecordedCodeMap[]> {
  return questions.query(
    `SELECT fonte AS source, campo AS column, valor AS word, codigo AS code, quem AS who, motivo AS reason,
            ${instantToSecond('quando')} AS at
       FROM decidido.de_para WHERE fonte = $1 AND campo = $2 ORDER BY numero DESC LIMIT $3`,
    [source, column, most],
  );
}
