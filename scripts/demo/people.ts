import { getMunicipalities, isValidCpf } from '@brazilian-utils/brazilian-utils';
import { base, Faker, pt_BR } from '@faker-js/faker';
import type { Rng } from './rng.ts';

/** Made-up people, with the dirt that the registers of real ones have. */
export interface Person {
  readonly nome: string;
  readonly nome_mae: string | null;
  readonly nome_pai: string | null;
  readonly data_nascimento: string | null;
  readonly sexo: 'M' | 'F';
  readonly cpf: string | null;
  readonly rg: string | null;
  readonly rg_uf: string | null;
}

export type Uf = 'AL' | 'RO' | 'MS';
export type Value = string | number | null;
export type Row = Record<string, Value>;
type Pool = readonly [string, ...string[]];

export interface People {
  readonly municipalities: readonly [Municipality, ...Municipality[]];
  person(rng: Rng, maleShare: number): Person;
  fullName(rng: Rng, sex: 'M' | 'F'): string;
  /** The same person entered a second time, by someone else. */
  again(rng: Rng, person: Person): Person;
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
const unknownParents: Pool = ['NAO CONSTA', 'NAO CONSTA', 'IGNORADA', 'NÃO CONSTA', 'DESCONHECIDO', '-'];
const implausibleDates: Pool = ['1900-01-01', '1900-01-01', '1899-12-30', '0001-01-01'];
const nicknames = [
  'GALEGO',
  'ZÉ DA ROÇA',
  'TONHÃO',
  'PAULISTA',
  'NIÑO',
  "D'ÁGUA",
  'BIU',
  '€URO',
  'ALEMÃO',
] as const;

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

/** `now` is the state's local time: nobody is younger than 18 by it. */
export function createPeople(uf: Uf, now: Date): People {
  const names = drawNames();
  const [first, ...others] = getMunicipalities(uf);
  if (first === undefined) throw new Error(`no municipalities known for ${uf}`);
  const thisYear = now.getUTCFullYear();
  const fullName = (rng: Rng, sex: 'M' | 'F'): string => combine(rng, names, sex);
  const person = (rng: Rng, maleShare: number): Person => {
    const sexo = rng.chance(maleShare) ? 'M' : 'F';
    return {
      nome: mistype(rng, fullName(rng, sexo)),
      nome_mae: parent(rng, fullName(rng, 'F'), 0.05),
      nome_pai: parent(rng, fullName(rng, 'M'), 0.2),
      data_nascimento: birthDate(rng, thisYear),
      sexo,
      cpf: cpf(rng),
      rg: rg(rng),
      rg_uf: rng.chance(0.8) ? uf : rng.pick(['SP', 'PE', 'MT', '', 'XX']),
    };
  };
  return { municipalities: [first, ...others], person, fullName, again };
}

function combine(rng: Rng, names: Names, sex: 'M' | 'F'): string {
  const parts = [rng.pick(names[sex])];
  if (rng.chance(0.4)) parts.push(rng.pick(names[sex]));
  if (rng.chance(0.3)) parts.push(rng.pick(particles));
  parts.push(rng.pick(names.surnames));
  if (rng.chance(0.04)) parts.push('E');
  if (parts.at(-1) === 'E' || rng.chance(0.7)) parts.push(rng.pick(names.surnames));
  if (sex === 'M' && rng.chance(0.06)) parts.push(rng.pick(generations));
  const name = parts.join(' ');
  return rng.chance(0.6) ? withoutAccents(name) : name;
}

function withoutAccents(name: string): string {
  return /[^ -~]/.test(name) ? name.normalize('NFD').replace(/\p{M}/gu, '') : name;
}

function mistype(rng: Rng, name: string): string {
  if (!rng.chance(0.01)) return name;
  return rng.pick([`${name} `, ` ${name}`, name.replace(' ', '  '), name.toLowerCase(), `${name}\u00a0`]);
}

function parent(rng: Rng, name: string, unknown: number): string | null {
  if (!rng.chance(unknown)) return mistype(rng, name);
  return rng.chance(0.5) ? rng.pick(unknownParents) : rng.pick([null, null, '', ' ']);
}

function birthDate(rng: Rng, thisYear: number): string | null {
  if (rng.chance(0.015)) return rng.chance(0.6) ? rng.pick(implausibleDates) : null;
  const year = thisYear - 19 - Math.floor(rng.fraction() * rng.fraction() * 60);
  return `${year}-${padded(rng.integer(1, 12), 2)}-${padded(rng.integer(1, 28), 2)}`;
}

/** Check digits are found by asking the library, from a random start: about 50 questions of half a microsecond. */
export function withCheckDigits(
  rng: Rng,
  compose: (digits: string) => string,
  valid: (n: string) => boolean,
) {
  const start = rng.integer(0, 99);
  for (let i = 0; i < 100; i++) {
    const number = compose(padded((start + i) % 100, 2));
    if (valid(number)) return number;
  }
  throw new Error('no pair of check digits fits');
}

function cpf(rng: Rng): string | null {
  const kind = rng.fraction();
  if (kind < 0.25) return null;
  if (kind < 0.29) return '';
  if (kind < 0.3) return '00000000000';
  const stem = padded(rng.integer(1, 999_999_998), 9);
  if (/^(.)\1+$/.test(stem)) return null;
  const valid = withCheckDigits(rng, (digits) => stem + digits, isValidCpf);
  if (kind < 0.32) return valid.slice(0, 10) + ((Number(valid[10]) + 1) % 10);
  if (kind < 0.45) return valid.replace(/(\d{3})(\d{3})(\d{3})(\d{2})/, '$1.$2.$3-$4');
  return valid;
}

function rg(rng: Rng): string | null {
  if (rng.chance(0.2)) return rng.pick([null, null, '', 'NAO POSSUI']);
  const digits = String(rng.integer(100_000, 39_999_999));
  return rng.chance(0.2) ? `${digits}-${rng.integer(0, 9)} SSP` : digits;
}

function again(rng: Rng, person: Person): Person {
  return {
    ...person,
    nome: rng.chance(0.5) ? withoutAccents(person.nome) : person.nome,
    nome_pai: rng.chance(0.5) ? null : person.nome_pai,
    cpf: rng.chance(0.5) ? null : person.cpf,
    rg: rg(rng),
  };
}

export function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
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

/** The rows of `custodiado`, in the order of their ids: about one in a hundred is a person who is there already. */
export function custodiadoRows(people: People): (rng: Rng) => Row {
  const recent: Person[] = [];
  return (rng) => {
    const known = rng.chance(0.012) ? recent[rng.integer(0, recent.length - 1)] : undefined;
    const person = known === undefined ? people.person(rng, 0.94) : people.again(rng, known);
    recent[rng.integer(0, Math.min(recent.length, 2000))] = person;
    return { ...person, ...traits(rng, people, person.sexo) };
  };
}

function traits(rng: Rng, people: People, sexo: Person['sexo']): Row {
  const cis = sexo === 'M' ? 'HOMEM CIS' : 'MULHER CIS';
  const rji = `${rng.integer(15, 26)}${padded(rng.integer(0, 9_999_999), 7)}-${padded(rng.integer(0, 99), 2)}`;
  return {
    nome_social: rng.chance(0.97) ? null : rng.pick(['', people.fullName(rng, 'F')]),
    genero: rng.chance(0.7) ? cis : rng.pick(['', null, null, 'NAO INFORMADO', 'OUTRO']),
    cor_raca: rng.pick([
      'PARDA',
      'PARDA',
      'PRETA',
      'BRANCA',
      'AMARELA',
      'INDÍGENA',
      'NAO INFORMADA',
      '',
      null,
    ]),
    estado_civil: rng.pick(['SOLTEIRO', 'CASADO', 'UNIÃO ESTÁVEL', 'DIVORCIADO', 'VIUVO', null]),
    escolaridade: rng.pick([
      'FUNDAMENTAL INCOMPLETO',
      'FUNDAMENTAL',
      'MÉDIO',
      'SUPERIOR',
      'ANALFABETO',
      '',
      null,
    ]),
    nacionalidade: rng.chance(0.98) ? 'BRASILEIRA' : rng.pick(['PARAGUAIA', 'BOLIVIANA', 'ESPAÑOLA', '']),
    naturalidade_ibge: rng.chance(0.9)
      ? rng.pick(people.municipalities).code
      : rng.pick([null, '', '0', '9999999']),
    rji: rng.chance(0.7) ? rji : null,
    alcunhas: rng.chance(0.5) ? null : freeText(rng, nicknames),
  };
}

export function visitanteRow(rng: Rng, people: People): Row {
  const { nome, nome_mae, data_nascimento, cpf, rg, rg_uf } = people.person(rng, 0.25);
  return { nome, nome_mae, data_nascimento, cpf, rg, rg_uf };
}

export function advogadoRow(rng: Rng, people: People, uf: Uf): Row {
  const { nome, cpf } = people.person(rng, 0.55);
  const digits = String(rng.integer(100, 25_000));
  const oab_numero = rng.pick([
    digits,
    digits,
    digits,
    padded(Number(digits), 6),
    `${digits}-A`,
    `${uf} ${digits}`,
    null,
  ]);
  return {
    nome: rng.chance(0.05) ? `DR. ${nome}` : nome,
    oab_numero,
    oab_uf: rng.chance(0.9) ? uf : 'SP',
    cpf,
  };
}
