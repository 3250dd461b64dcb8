import { getMunicipalities } from '@brazilian-utils/brazilian-utils/get-municipalities';
import { base, Faker, pt_BR } from '@faker-js/faker';
import type { Rng } from './rng.ts';

export type Uf = 'AL' | 'RO' | 'MS';
export type Sex = 'M' | 'F';
type Pool = readonly [string, ...string[]];

/** Made-up names and the places of a state. */
export interface People {
  readonly municipalities: readonly [Municipality, ...Municipality[]];
  fullName(rng: Rng, sex: Sex): string;
}

export interface Municipality {
  readonly code: string;
  readonly name: string;
}

/** faker's Brazilian surnames are 21: these add the common ones, and letters that break a badly set-up database. */
const moreSurnames = `ALMEIDA ALVES ANDRADE ARAÚJO ASSUNÇÃO BARBOSA BEZERRA CABRAL CAMPOS CARDOSO CAVALCANTE CONCEIÇÃO
CORREIA D'ÁVILA DIAS DUARTE FARIAS FERNANDES FERREIRA FREITAS GOMES GONÇALVES GUIMARÃES LIMA LOPES MARQUES MEDEIROS
MENDES MONTEIRO MUÑOZ NASCIMENTO NUÑEZ PEIXOTO QUEIROZ RAMOS RIBEIRO ROCHA RODRIGUES SALES TAVARES TEIXEIRA VIEIRA`;
const particles: Pool = ['DE', 'DA', 'DO', 'DAS', 'DOS'];
const generations: Pool = ['FILHO', 'JUNIOR', 'NETO', 'SOBRINHO'];

interface Names {
  readonly M: Pool;
  readonly F: Pool;
  readonly surnames: Pool;
}

/** The different names among 600 calls. */
function draw(next: () => string): string[] {
  return [...new Set(Array.from({ length: 600 }, () => next().toUpperCase()))];
}

/** Names are drawn from faker once, and then combined: a call to faker for each row would take most of the time. */
function drawNames(): Names {
  const faker = new Faker({ locale: [pt_BR, base], seed: 1 });
  return {
    M: ['JOSÉ', ...draw(() => faker.person.firstName('male'))],
    F: ['MARIA', ...draw(() => faker.person.firstName('female'))],
    surnames: ['SILVA', ...draw(() => faker.person.lastName()), ...moreSurnames.split(/\s/)],
  };
}

export function createPeople(uf: Uf): People {
  const names = drawNames();
  const [first, ...others] = getMunicipalities(uf);
  if (first === undefined) throw new Error(`no municipalities known for ${uf}`);
  return { municipalities: [first, ...others], fullName: (rng, sex) => combine(rng, names, sex) };
}

function combine(rng: Rng, names: Names, sex: Sex): string {
  const parts = [rng.pick(names[sex])];
  if (rng.chance(0.4)) parts.push(rng.pick(names[sex]));
  if (rng.chance(0.3)) parts.push(rng.pick(particles));
  parts.push(rng.pick(names.surnames));
  if (rng.chance(0.04)) parts.push('E');
  if (parts.at(-1) === 'E' || rng.chance(0.7)) parts.push(rng.pick(names.surnames));
  if (sex === 'M' && rng.chance(0.06)) parts.push(rng.pick(generations));
  const name = parts.join(' ');
  return rng.chance(0.6) ? withoutMarks(name) : name;
}

export function withoutMarks(text: string): string {
  return /[^ -~]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
}

/** Typed in a hurry: what cleaning mends without a word. */
export function mistyped(rng: Rng, name: string): string {
  if (!rng.chance(0.01)) return name;
  return rng.pick([`${name} `, ` ${name}`, name.replace(' ', '  '), name.toLowerCase(), `${name}\u00a0`]);
}

/** What people typed into a box without limits, or pasted into it. */
export function freeText(rng: Rng, phrases: Pool): string | null {
  if (rng.chance(0.3)) return rng.chance(0.7) ? null : '';
  const phrase = rng.pick(phrases);
  if (!rng.chance(0.03)) return phrase;
  const other = rng.pick(phrases);
  const pasted: Pool = [
    `${phrase}\t${other}`,
    `${phrase}\n${other}`,
    `${phrase}\r\n`,
    `C:\\SIAP\\${phrase}\\`,
  ];
  return rng.chance(0.1) ? '\\N' : rng.pick([...pasted, `${phrase} "${other}"`]);
}
