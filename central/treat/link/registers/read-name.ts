import type { Locale } from '../locale/locale.ts';

/** A name as it is compared: words in order without particles and marks, and what stands behind the surnames. */
export interface NameParts {
  readonly words: readonly string[];
  /** JUNIOR and the like. */
  readonly suffix: string | null;
  /** It may have been cut: the last word, or more, may lack its end. */
  readonly cut: boolean;
}

/** State systems keep so many characters of a name, and cut the rest off. */
const cutAt = new Set([30, 40, 50, 60, 70, 80, 100]);
const between = /[^\p{L}\p{N}]+/u;
const ascii = /^[A-Z ]*$/;

/** @param form the match form of a name */
export function readName(form: string, locale: Locale): NameParts {
  const all = ascii.test(form) ? form.split(' ') : form.replaceAll(/['’´`]/g, '').split(between);
  const words: string[] = [];
  for (const word of all) {
    if (word !== '' && !locale.particles.has(word)) words.push(locale.abbreviations.get(word) ?? word);
  }
  // Names of particles alone are names.
  if (words.length === 0) words.push(...all.filter((word) => word !== ''));
  const suffix = words.length > 1 ? locale.suffixes.get(words.at(-1) ?? '') : undefined;
  if (suffix !== undefined) words.pop();
  return { words, suffix: suffix ?? null, cut: cutAt.has(form.length) };
}
