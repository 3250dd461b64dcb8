import MiniSearch from 'minisearch';
import { folded } from '../folded.ts';
import { type Article, articleById, helpArticles } from './articles.ts';

/** Longest question, in characters; what follows is left out. */
export const longestQuestion = 200;

/** Words that every article has. */
const common = new Set(
  'a o as os um uma de do da dos das e em no na nos nas que por para com sem se ou ao eu meu minha como ja nao mais'.split(
    ' ',
  ),
);

/** Articles on what somebody asks, the best first: without regard to accents, by beginnings of words and by words that are nearly the same. */
export function searchHelp(question: string): readonly Article[] {
  const asked = question.slice(0, longestQuestion);
  const all = index().search(asked, { combineWith: 'AND' });
  // Where no article has all of the words, those that have most of them.
  const found = all.length > 0 ? all : index().search(asked, { combineWith: 'OR' });
  return found.flatMap(({ id }) => articleById(String(id)) ?? []);
}

let made: MiniSearch<Article> | null = null;

/** Made when the first question comes: most consoles start more often than they are asked. */
function index(): MiniSearch<Article> {
  if (made !== null) return made;
  made = new MiniSearch<Article>({
    fields: ['title', 'keywords', 'symptom', 'problem', 'words'],
    extractField: (article, field) => {
      const value = article[field as keyof Article];
      return typeof value === 'string' ? value : value.join(' ');
    },
    processTerm: (term) => {
      const word = folded(term);
      return word.length < 2 || common.has(word) ? null : word;
    },
    searchOptions: {
      boost: { title: 4, keywords: 3, symptom: 2 },
      prefix: (term) => term.length > 2,
      fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    },
  });
  made.addAll(helpArticles);
  return made;
}
