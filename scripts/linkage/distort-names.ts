import { withoutMarks } from '../demo/people.ts';
import type { Rng } from '../demo/rng.ts';
import { nicknames } from './nicknames.ts';
import type { Surname } from './people.ts';
import type { NameWords } from './register.ts';
import { mistyped } from './typos.ts';

type DrawSurname = (rng: Rng) => Surname;

/** @param drawSurname of somebody else */
export function distortName(name: NameWords, sex: 'M' | 'F', rng: Rng, drawSurname: DrawSurname): NameWords {
  let given = rng.chance(0.12) ? name.given.slice(0, 1) : name.given;
  let surnames = shortened(name.surnames, rng);
  if (sex === 'F' && rng.chance(0.25)) {
    // Married: his name beside hers, or in the place of the last one.
    surnames = [...(rng.chance(0.5) ? surnames : surnames.slice(0, -1)), drawSurname(rng)];
  }
  const nickname = rng.chance(0.02) ? nicknames.get(withoutMarks(given[0] ?? '')) : undefined;
  if (nickname !== undefined) given = [rng.pick(nickname), ...given.slice(1)];
  const suffix = rng.chance(0.3) ? null : name.suffix;
  const words = { given, surnames: rng.chance(0.1) ? withoutParticles(surnames) : surnames, suffix };
  return rng.chance(0.18) ? withTypo(words, rng) : words;
}

export function distortMother(mother: NameWords, rng: Rng, drawSurname: DrawSurname): NameWords {
  let words = mother;
  if (rng.chance(0.12))
    words = { ...words, given: words.given.slice(0, 1), surnames: words.surnames.slice(-1) };
  if (rng.chance(0.05)) words = { ...words, surnames: [...words.surnames.slice(0, -1), drawSurname(rng)] };
  return rng.chance(0.18) ? withTypo(words, rng) : words;
}

/** The first of several lost, or an initial. */
function shortened(surnames: readonly Surname[], rng: Rng): readonly Surname[] {
  const drawn = rng.fraction();
  const [first, ...others] = surnames;
  if (first === undefined || others.length === 0 || drawn >= 0.15) return surnames;
  return drawn < 0.12 ? others : [{ name: first.name.slice(0, 1), particle: null }, ...others];
}

function withoutParticles(surnames: readonly Surname[]): readonly Surname[] {
  return surnames.map(({ name }) => ({ name, particle: null }));
}

function withTypo(words: NameWords, rng: Rng): NameWords {
  const { given, surnames } = words;
  const at = rng.integer(0, given.length + surnames.length - 1);
  const typo = (name: string): string => mistyped(withoutMarks(name), rng);
  return {
    ...words,
    given: given.map((name, place) => (place === at ? typo(name) : name)),
    surnames: surnames.map((each, place) =>
      given.length + place === at ? { ...each, name: typo(each.name) } : each,
    ),
  };
}
