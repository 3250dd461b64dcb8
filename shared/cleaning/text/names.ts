import type { Cleaner, Note } from '../cleaner.ts';
import { matchForm } from '../match-form.ts';
import { cleanText } from './clean-text.ts';
import { longestName } from './name.ts';
import { isPlaceholder } from './placeholders.ts';

/** A list of all that a person is called. */
const longest = 4000;
const separators = /[;,/|]|\sOU\s/i;
/** `ZE E BIRA` are two, `JOAO DA SILVA E SOUZA` is one. */
const two = /^(\S+) E (\S+)$/i;
const quotes = new Set(' "\'“”‘’«»()');

/** Several names of one person, one a line, each once. A comma parts them: no nickname has one. */
export const cleanNames: Cleaner = (given, note) => {
  const text = given.trim();
  const said = new Set<Note>();
  const names = text.length > longest ? null : namesIn(text, said);
  // A placeholder among names is not in the place of one.
  if (names === null || names.size > 0) said.delete('placeholder');
  if (names === null) said.add('too-long');
  for (const what of said) note(what);
  return names === null || names.size === 0 ? null : [...names.values()].join('\n');
};

/** By match form; null where one is too long. */
function namesIn(text: string, said: Set<Note>): ReadonlyMap<string, string> | null {
  const names = new Map<string, string>();
  for (const part of text.split(/[\n\r]/)) {
    const line = cleanText(part, longest, (note) => said.add(note)) ?? '';
    // Unless there are names: then it goes.
    if (line !== '') said.add('placeholder');
    for (const piece of isPlaceholder(line, 'name') ? [line] : parted(line)) {
      // By itself it may be mended where the line could not.
      const name = cleanText(piece, longest, (note) => said.add(note));
      if (name === null) continue;
      if (name.length > longestName) return null;
      const form = matchForm(name);
      if (!isPlaceholder(name, 'name') && !names.has(form)) names.set(form, name);
    }
  }
  return names;
}

function parted(line: string): string[] {
  return line.split(separators).flatMap((part) => {
    const name = unquoted(part);
    const [, one, other] = two.exec(name) ?? [];
    return one === undefined || other === undefined ? [name] : [unquoted(one), unquoted(other)];
  });
}

function unquoted(text: string): string {
  let [from, to] = [0, text.length];
  while (from < to && quotes.has(text[from] as string)) from++;
  while (to > from && quotes.has(text[to - 1] as string)) to--;
  return text.slice(from, to);
}
