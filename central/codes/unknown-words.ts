import { codedColumns, isUnknown } from '../../shared/cleaning/coded-columns.ts';
import { wordForm } from '../../shared/cleaning/codes/word-form.ts';
import type { StandardColumn } from '../../shared/dictionary/columns.ts';
import type { Base, Questions } from '../base/base.ts';
import { assignedBy, assignments } from '../base/national-layer/code-maps.ts';
import { type CountedWord, countWords, foundWords } from '../base/national-layer/count-words.ts';
import { viewsToTreat } from '../base/national-layer/treated-sources.ts';
import { treatedAs } from '../base/national-layer/typed-views.ts';

/** Words of a column for which no national value is known. */
export interface UnknownWords {
  readonly source: string;
  /** `custodia.regime` */
  readonly column: string;
  /** The most frequent first; spellings that differ only by case, accents and punctuation are one, as the most frequent. */
  readonly words: readonly CountedWord[];
  /** Beyond these. */
  readonly more: { readonly words: number; readonly rows: number };
}

/** A coded column that the base has of a source. */
interface Held {
  readonly view: string;
  readonly column: StandardColumn;
}

/** Kept of one column: a list of codes has tens, and what has more is none. */
const mostKept = 1000;

/**
 * What a source writes in coded columns and nobody knows the national value of, column by column; those without such
 * words are not there. Reads every row that the source has, in bounded memory.
 */
export async function unknownWords(base: Base, source: string, signal: AbortSignal): Promise<UnknownWords[]> {
  const options = { use: 'treating', signal } as const;
  const held = await base.snapshot((questions) => heldColumns(questions, source), options);
  const found: UnknownWords[] = [];
  for (const each of held) {
    const unknown = await base.snapshot((questions) => unknownOf(questions, source, each), options);
    if (unknown.words.length > 0) found.push(unknown);
  }
  return found;
}

async function heldColumns(questions: Questions, source: string): Promise<Held[]> {
  const views = await viewsToTreat(questions, source);
  return views.flatMap(({ view, key, columns }) => {
    const typed = treatedAs(view, key);
    if (typed === undefined) return [];
    return codedColumns(typed.view)
      .filter(({ name }) => columns.includes(name))
      .map((column) => ({ view, column }));
  });
}

async function unknownOf(questions: Questions, source: string, held: Held): Promise<UnknownWords> {
  const words = countWords(questions, source, held.view, held.column.name);
  return unknownAmong(questions, source, held, words);
}

/** @param words of a column, the most frequent first */
async function unknownAmong(
  questions: Questions,
  source: string,
  { view, column }: Held,
  all: AsyncIterable<CountedWord>,
): Promise<UnknownWords> {
  const assigned = assignedBy(await assignments(questions, source, '0'));
  const unknown = isUnknown(column, view, { timeZone: 'UTC', assigned });
  const kept = new Map<string, { word: string; rows: number }>();
  const more = { words: 0, rows: 0 };
  for await (const { word, rows } of all) {
    if (!unknown(word)) continue;
    const form = wordForm(word) ?? word;
    const known = kept.get(form);
    if (known !== undefined) known.rows += rows;
    else if (kept.size < mostKept) kept.set(form, { word, rows });
    else {
      more.words++;
      more.rows += rows;
    }
  }
  const words = [...kept.values()].toSorted((a, b) => b.rows - a.rows);
  return { source, column: `${view}.${column.name}`, words, more };
}

/**
 * The same by what treatment found, at the cost of the rows that have such words and not of all: of words that were loaded
 * since the last treatment nothing is told.
 *
 * @param only of this column alone; @param isSeen whether something may be told of a column
 */
export async function unknownFound(
  questions: Questions,
  source: string,
  { only, isSeen }: { readonly only?: string; readonly isSeen: (view: string, column: string) => boolean },
): Promise<UnknownWords[]> {
  const found: UnknownWords[] = [];
  for (const held of await heldColumns(questions, source)) {
    const { view, column } = held;
    const name = `${view}.${column.name}`;
    if ((only !== undefined && only !== name) || !isSeen(view, column.name)) continue;
    const words = foundWords(questions, {
      source,
      view,
      column: column.name,
      by: foundBy,
      alsoBy: ownRules[name],
    });
    const unknown = await unknownAmong(questions, source, held, words);
    if (unknown.words.length > 0) found.push(unknown);
  }
  return found;
}

/** Rules that name the column in which a word is not understood; and by column those that are about it alone. */
const foundBy = ['T01', 'T02', 'T03', 'T04', 'A01'];
const ownRules: Readonly<Record<string, string>> = {
  'custodiado.sexo': 'P11',
  'custodiado.naturalidade_ibge': 'P18',
};

/** Rows of a source that have a word of this form in a column; none where the base has no such column of it. */
export async function rowsWith(
  base: Base,
  source: string,
  column: string,
  form: string,
  signal: AbortSignal,
): Promise<number> {
  const count = async (questions: Questions) => {
    const held = await heldColumns(questions, source);
    const named = held.find((each) => `${each.view}.${each.column.name}` === column);
    if (named === undefined) return 0;
    let sum = 0;
    for await (const { word, rows } of countWords(questions, source, named.view, named.column.name)) {
      if (wordForm(word) === form) sum += rows;
    }
    return sum;
  };
  return base.snapshot(count, { use: 'treating', signal });
}
