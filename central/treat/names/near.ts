import { hashText } from '../link/registers/hash.ts';

/** Letters of a word that are looked at for what is left of it: two words that are near are so within these, too. */
const lettersAtOnce = 7;
/** From so many letters a word is found with two that are wrong. */
const [forOne, forTwo] = [3, 7];

/** How many letters may be wrong in a word that is looked for. */
export function wrongLetters(word: string): 0 | 1 | 2 {
  if (word.length < forOne) return 0;
  return word.length < forTwo ? 1 : 2;
}

/**
 * Hashes (32 bits with a sign) of what is left of a word without some letters, the word itself among them. Two words share
 * one where so many letters or fewer are wrong between them, and sometimes where more are.
 */
export function leftOf(word: string, wrong: number): number[] {
  let left = new Set([word.slice(0, lettersAtOnce)]);
  const all = new Set(left);
  for (let lost = 0; lost < wrong; lost++) {
    const shorter = new Set<string>();
    for (const text of left) {
      for (let at = 0; at < text.length; at++) shorter.add(text.slice(0, at) + text.slice(at + 1));
    }
    for (const text of shorter) all.add(text);
    left = shorter;
  }
  return [...all].map((text) => hashText(text) | 0);
}

/** The same of a word that names have: by whichever it may be looked for. */
export function nearnessOf(word: string): number[] {
  // One of five letters is near to one of seven.
  return leftOf(word, word.length < forTwo - 2 ? 1 : 2);
}

/**
 * How many letters are wrong between two words: lost, added, another one, or two neighbours swapped (optimal string
 * alignment); `most` + 1 where there are more than `most`.
 */
export function lettersBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let [before, last] = [[] as number[], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1] ? 0 : 1;
      let best = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) {
        best = Math.min(best, (before[j - 2] ?? 0) + 1);
      }
      row.push(best);
    }
    [before, last] = [last, row];
  }
  return Math.min(last[other.length] ?? most + 1, most + 1);
}
