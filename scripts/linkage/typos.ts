import type { Rng } from '../demo/rng.ts';

/** What sounds alike, each way. */
const alike: readonly (readonly [string, string])[] = [
  ['S', 'Z'],
  ['W', 'V'],
  ['Y', 'I'],
  ['TH', 'T'],
  ['PH', 'F'],
  ['SS', 'C'],
  ['C', 'K'],
  ['LL', 'L'],
  ['N', 'M'],
  ['E', 'I'],
  ['O', 'U'],
  ['G', 'J'],
  ['X', 'CH'],
  ['H', ''],
];
const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** A word with one error: half of them sound alike, of the others a letter is lost, changed, added, or two are swapped. */
export function mistyped(word: string, rng: Rng): string {
  if (rng.chance(0.5)) {
    const heard = soundAlike(word, rng);
    if (heard !== null) return heard;
  }
  const at = rng.integer(0, word.length - 1);
  const letter = (): string => letters[rng.integer(0, 25)] ?? 'A';
  const drawn = rng.fraction();
  if (drawn < 0.3 && word.length > 1) return word.slice(0, at) + word.slice(at + 1);
  if (drawn < 0.55) return word.slice(0, at) + letter() + word.slice(at + 1);
  if (drawn < 0.8 || word.length < 2) return word.slice(0, at) + letter() + word.slice(at);
  const from = Math.min(at, word.length - 2);
  return word.slice(0, from) + word[from + 1] + word[from] + word.slice(from + 2);
}

/** Null where the word has nothing that could be heard otherwise. */
function soundAlike(word: string, rng: Rng): string | null {
  const possible: [at: number, from: string, to: string][] = [];
  for (const [one, other] of alike) {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      if (from === '') continue;
      for (let at = word.indexOf(from); at !== -1; at = word.indexOf(from, at + 1)) {
        // What is doubled already is not doubled again.
        if (to.startsWith(from) && word.startsWith(to, at)) continue;
        possible.push([at, from, to]);
      }
    }
  }
  const [first, ...others] = possible;
  if (first === undefined) return null;
  const [at, from, to] = rng.pick([first, ...others]);
  return word.slice(0, at) + to + word.slice(at + from.length);
}
