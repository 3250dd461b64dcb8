import { jaroWinkler } from '../measures/jaro-winkler.ts';
import { withinOneEdit } from '../measures/one-edit.ts';
import type { WordTable } from '../registers/columns.ts';

/** How two words are related, the closest first. */
export const relation = { same: 0, sound: 1, close: 2, initial: 3, unlike: 4, different: 5 } as const;
export type Relation = (typeof relation)[keyof typeof relation];

/** Words of so few letters that are one edit apart are other words. */
const shortest = 4;
const close = 0.92;
/** What is below is clearly another name. */
const unlike = 0.8;

/** The relation of two words by their numbers. */
export function relateWords(words: WordTable): (a: number, b: number) => Relation {
  const { text, start, sound, letters } = words;
  return (a, b) => {
    if (a === b) return relation.same;
    const [aFrom, aTo] = [start[a] as number, start[a + 1] as number];
    const [bFrom, bTo] = [start[b] as number, start[b + 1] as number];
    if (aTo - aFrom === 1 || bTo - bFrom === 1)
      return text[aFrom] === text[bFrom] ? relation.initial : relation.different;
    if (sound[a] === sound[b]) return relation.sound;
    const isShort = aTo - aFrom < shortest || bTo - bFrom < shortest;
    if (!isShort && withinOneEdit(text, aFrom, aTo, bFrom, bTo)) return relation.close;
    if (text[aFrom] !== text[bFrom] && mostAlike(letters[a], letters[b], aTo - aFrom, bTo - bFrom) < unlike)
      return relation.different;
    const likeness = jaroWinkler(text, aFrom, aTo, bFrom, bTo);
    if (likeness >= close) return relation.close;
    return likeness >= unlike ? relation.unlike : relation.different;
  };
}

/**
 * The most that two words can be alike which begin otherwise, by the letters that one has and the other has not: seldom
 * enough to look closer.
 */
function mostAlike(a = 0, b = 0, aLength: number, bLength: number): number {
  const [onlyA, onlyB] = [bitsIn(a & ~b), bitsIn(b & ~a)];
  return ((aLength - onlyA) / aLength + (bLength - onlyB) / bLength + 1) / 3;
}

function bitsIn(bits: number): number {
  let rest = bits - ((bits >>> 1) & 0x55555555);
  rest = (rest & 0x33333333) + ((rest >>> 2) & 0x33333333);
  return Math.imul((rest + (rest >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Whether a word is the beginning of another. */
export function isBeginning({ text, start }: WordTable, short: number, long: number): boolean {
  const [from, length] = [start[short] as number, (start[short + 1] as number) - (start[short] as number)];
  const [other, otherLength] = [start[long] as number, (start[long + 1] as number) - (start[long] as number)];
  if (length > otherLength) return false;
  for (let at = 0; at < length; at++) if (text[from + at] !== text[other + at]) return false;
  return true;
}
