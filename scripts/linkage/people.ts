import { cpf } from '../demo/documents.ts';
import { createRowRng, type Rng } from '../demo/rng.ts';
import { birthDay, day } from './days.ts';
import { femaleNames, maleNames } from './first-names.ts';
import { rareFirstName, rareSurname } from './rare-names.ts';
import { birthplaceIn, drawState } from './states.ts';
import { surnames } from './surnames.ts';
import { nameList, spelled } from './weighted.ts';

/** A name that may have a particle before it. */
export interface Surname {
  readonly name: string;
  readonly particle: string | null;
}

export interface Person {
  readonly number: number;
  readonly sex: 'M' | 'F';
  readonly given: readonly string[];
  readonly surnames: readonly Surname[];
  /** FILHO and the like. */
  readonly suffix: string | null;
  readonly motherGiven: readonly string[];
  readonly motherSurnames: readonly Surname[];
  /** `1980-01-31` */
  readonly birth: string | null;
  readonly cpf: string | null;
  readonly rg: string | null;
  readonly uf: string;
  readonly birthplace: string;
}

const first = { M: nameList(maleNames), F: nameList(femaleNames) };
const last = nameList(surnames);
const suffixes = ['JÚNIOR', 'FILHO', 'NETO', 'SOBRINHO'] as const;

/** Whoever is drawn as the relative of an earlier person has that one's mother; a twin all but name and documents. */
const twins = 0.004;
const siblings = 0.046;

/** People by their numbers from 0, made up by the rates that linkage is measured with; each can be asked for alone. */
export function madeUpPeople(seed: number): (number: number) => Person {
  const own = createRowRng(seed, 'person');
  const relation = createRowRng(seed, 'relation');
  const alone = (number: number): Person => makePerson(own(number), number);
  return (number) => {
    const rng = relation(number);
    const drawn = rng.fraction();
    if (number === 0 || drawn >= twins + siblings) return alone(number);
    const elder = alone(rng.integer(0, number - 1));
    return relativeOf(elder, alone(number), drawn < twins, rng);
  };
}

function relativeOf(elder: Person, self: Person, isTwin: boolean, rng: Rng): Person {
  const { surnames, motherGiven, motherSurnames, uf, birthplace } = elder;
  let { given } = self;
  while (given[0] === elder.given[0]) given = givenNames(rng, self.sex);
  const family = { surnames, motherGiven, motherSurnames, uf, birthplace };
  return isTwin ? { ...self, ...family, given, birth: elder.birth } : { ...self, ...family, given };
}

function makePerson(rng: Rng, number: number): Person {
  const sex = rng.chance(0.05) ? 'F' : 'M';
  const given = givenNames(rng, sex);
  const [mothers, fathers] = [surname(rng), surname(rng)];
  const drawn = rng.fraction();
  const surnames =
    drawn < 0.35 ? [fathers] : drawn < 0.87 ? [mothers, fathers] : [mothers, surname(rng), fathers];
  const suffix = sex === 'M' && rng.chance(0.05) ? rng.pick(suffixes) : null;
  const motherGiven = [firstName(rng, 'F')];
  if (rng.chance(0.4)) motherGiven.push(firstName(rng, 'F'));
  const motherSurnames = rng.chance(0.7) ? [mothers, fathers] : [mothers];
  const uf = drawState(rng);
  return {
    ...{ number, sex, given, surnames, suffix, motherGiven, motherSurnames, uf },
    birth: rng.chance(0.01) ? null : day(birthDay(rng)),
    cpf: rng.chance(0.78) ? cpf('national', 'custodiado', number) : null,
    rg: rng.chance(0.7) ? String(1_000_000 + Math.floor(rng.fraction() * 60_000_000)) : null,
    birthplace: birthplaceIn(uf, rng),
  };
}

function givenNames(rng: Rng, sex: 'M' | 'F'): string[] {
  const given = [firstName(rng, sex)];
  if (rng.chance(0.33)) given.push(firstName(rng, sex));
  return given;
}

function firstName(rng: Rng, sex: 'M' | 'F'): string {
  return rng.chance(0.1) ? rareFirstName(rng, sex) : spelled(first[sex].draw(rng), rng);
}

export function surname(rng: Rng): Surname {
  if (rng.chance(0.09)) return { name: rareSurname(rng), particle: null };
  const drawn = last.draw(rng);
  return { name: spelled(drawn, rng), particle: rng.chance(0.75) ? drawn.particle : null };
}
