import type { Questions, Transaction } from '../base.ts';
import { quoteName, sourceTable, versionsTable } from '../names.ts';

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

/** What a state writes in a column, each once, in its rows and in what they were. Few, as it is a list's. */
export async function wordsOf(
  questions: Questions,
  source: string,
  view: string,
  column: string,
): Promise<readonly string[]> {
  const name = quoteName(column);
  const rows = await questions.query<{ word: string }>(
    `SELECT ${name} AS word FROM ${sourceTable(source, view)} WHERE ${name} IS NOT NULL
      UNION SELECT ${name} FROM ${versionsTable(source, view)} WHERE ${name} IS NOT NULL`,
  );
  return rows.map(({ word }) => word);
}

/** Has the rows treated again that have one of these words in a column, or had it. */
export async function treatAgain(
  tx: Transaction,
  source: string,
  view: string,
  column: string,
  words: readonly string[],
): Promise<void> {
  const name = quoteName(column);
  await tx.query(
    `INSERT INTO nacional.retratar (fonte, visao, id)
     SELECT $1, $2, id FROM (
       SELECT id FROM ${sourceTable(source, view)} WHERE ${name} = ANY ($3)
        UNION SELECT id FROM ${versionsTable(source, view)} WHERE ${name} = ANY ($3)) touched
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
