import { readWordKey, type WordField } from '../../base/national-layer/search-keys.ts';
import type { Asked } from './asked.ts';
import type { Likeness, LikeWord } from './expand.ts';

/** A register that may be the one. */
export interface Candidate {
  /** Its `natal_id`. */
  readonly id: string;
  readonly person: string;
  /** Its source has it no more. */
  readonly removed: boolean;
  /** Numbers by which it is found, with commas. */
  readonly keys: string;
}

/** What words count, where they stand. */
export interface Likely {
  readonly fields: { readonly words: readonly WordField[]; readonly mother: readonly WordField[] };
  readonly like: ReadonlyMap<string, readonly LikeWord[]>;
}

/** Why a register came: of a word asked for, what it has. */
export interface Reason {
  readonly asked: string;
  readonly of: 'words' | 'mother';
  /** Null: it lacks the word. */
  readonly has: { readonly text: string; readonly likeness: Likeness; readonly field: WordField } | null;
}

export interface RankedPerson {
  readonly person: string;
  /** The register by which it is found first. */
  readonly register: string;
  /** From 0 to 1, six digits. */
  readonly score: number;
  readonly reasons: readonly Reason[];
}

/** What a word is worth by how it is like the one asked for. */
const worth: Readonly<Record<Likeness, number>> = { same: 1, sound: 0.95, short: 0.85, one: 0.85, two: 0.7 };
/** By where it stands, beside the name itself. */
const fieldWorth: Readonly<Partial<Record<WordField, number>>> = {
  ...{ 'outro_nome.nome': 0.97, 'custodiado.alcunhas': 0.96 },
};
/** Of a register's score, what its words are, how much of its name was asked for, and whether it begins as asked. */
const [byWords, byWhole, byFirst] = [0.85, 0.1, 0.05];

/** The people whose registers these are, the likest first; of equals by the `natal_id` of the register. */
export function inOrder(
  registers: readonly Candidate[],
  asked: Asked,
  { fields, like }: Likely,
): RankedPerson[] {
  const likenessIn = (words: readonly string[]) =>
    words.map((word) => ({ word, like: new Map((like.get(word) ?? []).map((one) => [one.id, one])) }));
  const [names, mothers] = [likenessIn(asked.words), likenessIn(asked.mother)];
  const best = new Map<string, RankedPerson>();
  for (const { id, person, removed, keys } of registers) {
    const words = wordsIn(keys);
    const own = judge(names, words, fields.words, 'words');
    const mother = judge(mothers, words, fields.mother, 'mother');
    const parts = [...(names.length > 0 ? [own, own] : []), ...(mothers.length > 0 ? [mother] : [])];
    const sum = parts.reduce((all, { score }) => all + score, 0);
    const score = Number(((parts.length === 0 ? 1 : sum / parts.length) - (removed ? 0.01 : 0)).toFixed(6));
    const ranked = { person, register: id, score, reasons: [...own.reasons, ...mother.reasons] };
    const known = best.get(person);
    if (known === undefined || before(ranked, known) < 0) best.set(person, ranked);
  }
  return [...best.values()].toSorted(before);
}

/** The order of people: one of `depois` in an address leads to those behind it. */
export function before(
  one: Pick<RankedPerson, 'score' | 'register'>,
  other: Pick<RankedPerson, 'score' | 'register'>,
): number {
  return (
    other.score - one.score || (one.register < other.register ? -1 : Number(one.register > other.register))
  );
}

interface Word {
  readonly word: number;
  readonly field: WordField;
}

function wordsIn(keys: string): Word[] {
  return keys.split(',').flatMap((key) => readWordKey(Number(key)) ?? []);
}

interface AskedWord {
  readonly word: string;
  readonly like: ReadonlyMap<number, LikeWord>;
}

function judge(
  asked: readonly AskedWord[],
  all: readonly Word[],
  fields: readonly WordField[],
  of: Reason['of'],
): { readonly score: number; readonly reasons: readonly Reason[] } {
  const words = all.filter(({ field }) => fields.includes(field));
  const taken = new Set<Word>();
  let sum = 0;
  const reasons = asked.map(({ word, like }): Reason => {
    let best: { readonly found: Word; readonly value: number; readonly like: LikeWord } | null = null;
    for (const found of words) {
      const alike = like.get(found.word);
      if (alike === undefined) continue;
      const value = worth[alike.likeness] * (fieldWorth[found.field] ?? 1);
      if (value > (best?.value ?? 0)) best = { found, value, like: alike };
    }
    if (best === null) return { asked: word, of, has: null };
    taken.add(best.found);
    sum += best.value;
    const { text, likeness } = best.like;
    return { asked: word, of, has: { text, likeness, field: best.found.field } };
  });
  if (asked.length === 0) return { score: 0, reasons };
  const [main] = [...taken].map(({ field }) => field);
  const whole = words.filter(({ field }) => field === main);
  const share = whole.length === 0 ? 0 : whole.filter((word) => taken.has(word)).length / whole.length;
  const [first] = whole;
  const begins = first !== undefined && asked[0]?.like.has(first.word) === true ? 1 : 0;
  return { score: (byWords * sum) / asked.length + byWhole * share + byFirst * begins, reasons };
}
