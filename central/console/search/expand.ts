import type { Questions } from '../../base/base.ts';
import { type WordField, wordKeys } from '../../base/national-layer/search-keys.ts';
import { leftOf, lettersBetween, wrongLetters } from '../../treat/names/near.ts';
import { namesFor, soundOf } from '../../treat/names/words.ts';

/** How a word of a register is like one that was asked for, the nearest first. */
export type Likeness = 'same' | 'sound' | 'short' | 'one' | 'two';

/** A word of names that is like one that was asked for. */
export interface LikeWord {
  readonly id: number;
  readonly text: string;
  readonly likeness: Likeness;
}

/** By likeness: `sound` is as it is written, or sounds so, or a short name of it; `near` also with wrong letters. */
export type Reach = 'sound' | 'near';

/** How many words may be like one, and which of them somebody has who is seen. */
export interface MostLike {
  readonly most: number;
  readonly isSeen: (ids: readonly number[]) => Promise<ReadonlySet<number>>;
}

/** Words that are like those asked for, of each. */
export async function wordsLike(
  questions: Questions,
  asked: readonly string[],
  reach: Reach,
  mostLike: MostLike,
): Promise<ReadonlyMap<string, readonly LikeWord[]>> {
  const texts = asked.flatMap((word) => [word, ...namesFor(word)]);
  const near = reach === 'sound' ? [] : asked.flatMap((word) => leftOf(word, wrongLetters(word)));
  const found = await questions.query<{ id: number; text: string; sound: string }>(
    `SELECT id, texto AS text, som AS sound FROM nacional.palavra
      WHERE texto = ANY ($1::text[]) OR som = ANY ($2::text[]) ${near.length > 0 ? 'OR perto && $3::int[]' : ''}`,
    [texts, asked.map(soundOf), ...(near.length > 0 ? [near] : [])],
  );
  const like = new Map<string, readonly LikeWord[]>();
  for (const word of asked) {
    const all = found.flatMap(({ id, text, sound }) => {
      const likeness = likenessOf(word, text, sound, reach);
      return likeness === null ? [] : [{ id, text, likeness }];
    });
    like.set(word, all.length <= mostLike.most ? all : await likest(all, mostLike));
  }
  return like;
}

function likenessOf(asked: string, text: string, sound: string, reach: Reach): Likeness | null {
  if (asked === text) return 'same';
  if (sound === soundOf(asked)) return 'sound';
  if (namesFor(asked).includes(text)) return 'short';
  if (reach === 'sound') return null;
  const most = wrongLetters(asked);
  const wrong = lettersBetween(asked, text, most);
  if (wrong > most) return null;
  return wrong === 1 ? 'one' : 'two';
}

const order: readonly Likeness[] = ['same', 'sound', 'short', 'one', 'two'];

/** Words that none has who is seen would take the place of others. */
async function likest(all: readonly LikeWord[], { most, isSeen }: MostLike): Promise<readonly LikeWord[]> {
  const seen = await isSeen(all.map(({ id }) => id));
  const byLikeness = (a: LikeWord, b: LikeWord) =>
    order.indexOf(a.likeness) - order.indexOf(b.likeness) || (a.text < b.text ? -1 : 1);
  return all
    .filter(({ id }) => seen.has(id))
    .toSorted(byLikeness)
    .slice(0, most);
}

/** By what registers are found that have one of these words in one of these fields. */
export function keysOf(words: readonly LikeWord[], fields: readonly WordField[]): number[] {
  return words.flatMap(({ id }) => wordKeys(id, fields));
}
