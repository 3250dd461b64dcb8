import type { Questions, Transaction } from '../base.ts';
import { quoteName } from '../names.ts';

/** What people have assigned to a state's words, see `CleaningContext.assigned`. */
export type Assigned = ReadonlyMap<string, ReadonlyMap<string, string | null>>;

/** An assignment, as it was recorded. */
export interface Assignment {
  /** The order in which they were recorded; the last one of a word holds. */
  readonly number: string;
  /** `custodia.regime` */
  readonly column: string;
  /** The state's word, in its form (`wordForm`). */
  readonly word: string;
  /** The national value; null where it means nothing. */
  readonly code: string | null;
}

/** What was recorded for a source after a number (`0`: all), in order. */
export function assignments(questions: Questions, source: string, after: string): Promise<Assignment[]> {
  return questions.query<Assignment>(
    `SELECT numero::text AS number, campo AS column, valor AS word, codigo AS code
       FROM decidido.de_para WHERE fonte = $1 AND numero > $2 ORDER BY numero`,
    [source, after],
  );
}

/** What holds by assignments in the order in which they were recorded: of each word, the last. */
export function assignedBy(all: readonly Assignment[]): Assigned {
  const assigned = new Map<string, Map<string, string | null>>();
  for (const { column, word, code } of all) {
    const words = assigned.get(column) ?? new Map<string, string | null>();
    assigned.set(column, words.set(word, code));
  }
  return assigned;
}

/** The number of the last of them; `0` for none. */
export async function lastAssignment(questions: Questions, source: string): Promise<string> {
  const [row] = await questions.query<{ last: string }>(
    `SELECT coalesce(max(numero), 0)::text AS last FROM decidido.de_para WHERE fonte = $1`,
    [source],
  );
  return row?.last ?? '0';
}

/**
 * What a state writes in a column of a table, each once. Few, as it is a list's.
 * @param where which rows `t` of it are read
 */
export async function wordsIn(
  questions: Questions,
  table: string,
  column: string,
  where: string,
): Promise<readonly string[]> {
  const name = `t.${quoteName(column)}`;
  const rows = await questions.query<{ word: string }>(
    `SELECT DISTINCT ${name} AS word FROM ${table} t WHERE ${name} IS NOT NULL AND ${where}`,
  );
  return rows.map(({ word }) => word);
}

/** Has the rows treated again that have one of these words in a column of a table. @param where as above */
export async function treatAgain(
  tx: Transaction,
  of: Readonly<Record<'source' | 'view' | 'table' | 'column', string>>,
  words: readonly string[],
  where: string,
): Promise<void> {
  const { source, view, table, column } = of;
  await tx.query(
    `INSERT INTO nacional.retratar (fonte, visao, id)
     SELECT DISTINCT $1, $2, t.id FROM ${table} t WHERE t.${quoteName(column)} = ANY ($3) AND ${where}
     ON CONFLICT DO NOTHING`,
    [source, view, words],
  );
}

/** Some rows that are to be treated again; they are no longer, once the transaction commits. */
export async function takeAgain(
  tx: Transaction,
  source: string,
  view: string,
  most: number,
): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `DELETE FROM nacional.retratar WHERE (fonte, visao, id) IN (
       SELECT fonte, visao, id FROM nacional.retratar WHERE fonte = $1 AND visao = $2 ORDER BY id LIMIT $3
          FOR UPDATE SKIP LOCKED)
     RETURNING id`,
    [source, view, most],
  );
  return rows.map(({ id }) => id);
}
