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
export async function recordCodeMap(tx: Transaction, map: CodeMap): Promise<void> {
  await holdLock(tx, 'mapping');
  await append(tx, map);
}

/**
 * The same where nothing was said since of the word. `known`: the same was said already; `changed`: something else was.
 * Neither records anything.
 * @param stood number of what was said of it last, as it was shown; null: nothing
 */
export async function recordCodeMapSince(
  tx: Transaction,
  map: CodeMap,
  stood: number | null,
): Promise<'recorded' | 'known' | 'changed'> {
  // Of two who speak at once, the second sees what the first one said.
  await holdLock(tx, 'mapping');
  const [last] = await codeMapsOf(tx, map.source, map.column, { word: map.word, most: 1 });
  if ((last?.number ?? null) !== stood) return last?.code === map.code ? 'known' : 'changed';
  await append(tx, map);
  return 'recorded';
}

async function append(
  tx: Transaction,
  { source, column, word, code, who, through, reason }: CodeMap,
): Promise<void> {
  await tx.query(
    `INSERT INTO decidido.de_para (id, fonte, campo, valor, codigo, quem, por_meio, motivo, quando)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, now())`,
    [randomUUID(), source, column, word, code, who, through, reason],
  );
}

/** What was said of a word, and when: ISO 8601 in UTC, to the second. */
export type RecordedCodeMap = Omit<CodeMap, 'through'> & { readonly number: number; readonly at: string };

/** What was said of the words of a column of a source, or of one of them, the last first. */
export function codeMapsOf(
  questions: Questions,
  source: string,
  column: string,
  { word, most }: { readonly word?: string; readonly most: number },
): Promise<RecordedCodeMap[]> {
  return questions.query(
    `SELECT numero::int AS number, fonte AS source, campo AS column, valor AS word, codigo AS code, quem AS who, motivo AS reason,
            ${instantToSecond('quando')} AS at
       FROM decidido.de_para WHERE fonte = $1 AND campo = $2 AND ($3::text IS NULL OR valor = $3)
      ORDER BY numero DESC LIMIT $4`,
    [source, column, word ?? null, most],
  );
}
