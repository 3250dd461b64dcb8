import type { SearchQuery } from '../../../central/console/search/fields.ts';
import type { Rng } from '../../demo/rng.ts';
import type { Person } from '../../linkage/people.ts';
import { mistyped } from '../../linkage/typos.ts';
import { nameOf } from './fill-people.ts';

/** What somebody knows of a person whom they look for; null where there is no such question of that one. */
export type Question = (person: Person, rng: Rng) => SearchQuery | null;

/** By kind: the name as it is registered, with one letter or two wrong; a document; the first name with the birth. */
export const questions: Readonly<Record<string, Question>> = {
  exact: (person) => ({ q: nameOf(person) }),
  document: ({ cpf }) => (cpf === null ? null : { q: cpf }),
  oneTypo: (person, rng) => ({ q: withTypos(nameOf(person), 1, rng) }),
  twoTypos: (person, rng) => ({ q: withTypos(nameOf(person), 2, rng) }),
  nameAndBirth: (person, rng) =>
    person.birth === null
      ? null
      : { q: nameOf(person).split(' ')[0] ?? rng.pick(['X']), nascimento: person.birth },
};

/** What is added where there were too many. */
export function withMore(query: SearchQuery, { birth }: Person): SearchQuery {
  return birth === null || query.nascimento !== undefined
    ? query
    : { ...query, nascimento: birth.slice(0, 4) };
}

const particles = new Set(['DA', 'DE', 'DO', 'DAS', 'DOS']);

/** Each in any of the words, so that both may be in one. */
function withTypos(name: string, count: number, rng: Rng): string {
  const words = name.split(' ');
  for (let typo = 0; typo < count; typo++) {
    const places = [...words.keys()].filter((at) => !particles.has(words[at] ?? ''));
    const at = places[rng.integer(0, places.length - 1)] ?? 0;
    const word = words[at] ?? '';
    let wrong = mistyped(word, rng);
    while (wrong === word) wrong = mistyped(word, rng);
    words[at] = wrong;
  }
  return words.join(' ');
}
