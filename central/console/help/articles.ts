import articles from './articles.json' with { type: 'json' };

/** An article of help, made of a file in `articles/` by `npm run docs`. */
export interface Article {
  /** As its address has it: `perdi-o-celular` */
  readonly id: string;
  readonly title: string;
  readonly category: string;
  readonly keywords: readonly string[];
  /** What somebody sees who needs it. */
  readonly symptom: string;
  /** Why that is so. */
  readonly problem: string;
  /** What to do: HTML. */
  readonly solution: string;
  /** The same as it was written, for searching. */
  readonly words: string;
  /** Names of its pictures, which are in `pictures/`. */
  readonly pictures: readonly string[];
}

export const helpArticles: readonly Article[] = articles;

/** The pictures of all articles. */
export const helpPictures: readonly string[] = [...new Set(helpArticles.flatMap(({ pictures }) => pictures))];

export function articleById(id: string): Article | null {
  return helpArticles.find((article) => article.id === id) ?? null;
}
