import type { Questions } from '../base.ts';
import { quoteName, sourceTable } from '../names.ts';

/** A word that a state writes in a column. */
export interface CountedWord {
  readonly word: string;
  /** Rows that have it, of those that the state still has. */
  readonly rows: number;
}

/** What a state writes in a column of a view, each word once, the most frequent first; some of them at a time. */
export async function* countWords(
  questions: Questions,
  source: string,
  view: string,
  column: string,
): AsyncGenerator<CountedWord, void> {
  const name = quoteName(column);
  const parts = questions.rows<CountedWord>(
    `SELECT ${name} AS word, count(*)::int AS rows FROM ${sourceTable(source, view)}
      WHERE ${name} IS NOT NULL AND _removed IS NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
    [],
    { atOnce: 1000 },
  );
  for await (const words of parts) yield* words;
}
