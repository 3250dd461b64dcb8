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

/** In which rows a word is looked for: those in which a rule has found something about its column. */
export interface FoundWords {
  readonly source: string;
  readonly view: string;
  readonly column: string;
  /** Rules that name the column, and one that is about it alone. */
  readonly by: readonly string[];
  readonly alsoBy: string | undefined;
}

/** The same of rows in which something is open, which are few beside all. */
export async function* foundWords(
  questions: Questions,
  { source, view, column, by, alsoBy = '' }: FoundWords,
): AsyncGenerator<CountedWord, void> {
  const name = `s.${quoteName(column)}`;
  const parts = questions.rows<CountedWord>(
    `SELECT ${name} AS word, count(DISTINCT s.id)::int AS rows
       FROM nacional.achado a JOIN ${sourceTable(source, view)} s ON s.id = a.id
      WHERE a.fonte = $1 AND a.visao = $2 AND a.resolvido IS NULL
        AND ((a.regra = ANY ($3) AND a.item = $4) OR a.regra = $5)
        AND ${name} IS NOT NULL AND s._removed IS NULL GROUP BY 1 ORDER BY 2 DESC, 1`,
    [source, view, by, column, alsoBy],
    { atOnce: 1000 },
  );
  for await (const words of parts) yield* words;
}
