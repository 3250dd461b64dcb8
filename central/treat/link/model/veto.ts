import { birthLevel } from '../compare/birth.ts';
import type { Comparison } from '../compare/comparison.ts';
import { givenLevel } from '../compare/given.ts';
import { numberLevel } from '../compare/numbers.ts';

/** Twins have all but these in common. A pair that has a veto goes to a person. */
export type Veto = 'given name' | 'CPF';

/** Levels of the mother's name at which she is one and the same. */
const sameMother = 4;
const sameSurnames = 6;

/** Says of the levels of a pair what forbids to merge it. */
export function vetoOf(comparisons: readonly Comparison[]): (levels: Uint8Array) => Veto | null {
  const placeOf = (name: string): number => comparisons.findIndex((comparison) => comparison.name === name);
  const [given, surnames, mother] = [placeOf('given name'), placeOf('surnames'), placeOf('mother')];
  const [birth, cpf] = [placeOf('birth'), placeOf('CPF')];
  // Of a layout's own, numbers that tell people apart.
  const telling = comparisons.flatMap(({ tellsApart }, place) => (tellsApart === true ? [place] : []));
  return (levels) => {
    const level = (place: number): number => levels[place] ?? 0;
    // A CPF is also given for a brother's or a child's: of two names and two dates it is not one person's.
    const hasSameCpf = level(cpf) === numberLevel.same && level(birth) <= birthLevel.sameYear;
    const hasSameNumber = hasSameCpf || telling.some((place) => level(place) === numberLevel.same);
    if (isOtherName(level(given), level(birth)) && !hasSameNumber) return 'given name';
    if (level(cpf) !== numberLevel.different) return null;
    const isNamed = level(given) === givenLevel.same && within(level(surnames), sameSurnames);
    const agrees = isNamed && level(birth) === birthLevel.same && within(level(mother), sameMother);
    return agrees ? null : 'CPF';
  };
}

/**
 * Twins may be JORGE and JOSE: what is only a little alike is another name. LUIZ and GABRIEL LUIZ may be one person, and
 * brothers where they were not born on one day.
 */
function isOtherName(given: number, birth: number): boolean {
  if (given === givenLevel.different || given === givenLevel.unlike) return true;
  return given === givenLevel.moved && birth > birthLevel.near;
}

function within(level: number, last: number): boolean {
  return level !== 0 && level <= last;
}

export const vetoes: readonly Veto[] = ['given name', 'CPF'];

/** As it stands in columns: 0 for none. */
export function vetoCode(veto: Veto | null): number {
  return veto === null ? 0 : 1 + vetoes.indexOf(veto);
}
