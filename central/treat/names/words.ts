import { wholeNameForm } from '../../../shared/cleaning/name-form.ts';
import { ptBr } from '../link/locale/pt-br.ts';
import { readName } from '../link/registers/read-name.ts';

/** More words than any name has, and longer ones: what is beyond is not found. */
const mostWords = 60;
const longest = 40;

/** The words by which a name is found, in their order: in their match form, without particles, abbreviations in full. */
export function wordsOfName(name: string): string[] {
  const { words, suffix } = readName(wholeNameForm(name), ptBr);
  const all = suffix === null ? words : [...words, suffix];
  return all.slice(0, mostWords).map((word) => word.slice(0, longest));
}

/** What words that sound alike have in common. */
export function soundOf(word: string): string {
  return ptBr.sound(word);
}

/** Names that a short one stands for, and short ones that stand for a name. */
export function namesFor(word: string): readonly string[] {
  return [...(ptBr.nicknames.get(word) ?? []), ...(shortNames.get(word) ?? [])];
}

const shortNames: ReadonlyMap<string, readonly string[]> = (() => {
  const found = new Map<string, string[]>();
  for (const [short, names] of ptBr.nicknames) {
    for (const name of names) found.set(name, [...(found.get(name) ?? []), short]);
  }
  return found;
})();
