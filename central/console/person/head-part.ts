import { Temporal } from 'temporal-polyfill';
import type { MadePerson, SurvivingColumn } from '../../base/national-layer/persons.ts';
import { personFrom } from '../../treat/persons/person-of.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { icon } from '../html/icons.ts';
import { facts } from '../html/parts.ts';
import { countingOf, type SeenPerson } from './find-person.ts';
import { labelOf } from './labels.ts';
import { breakable } from './long-words.ts';
import { originLink, type Place } from './parts.ts';
import { areDifferent } from './registers-part.ts';
import { valueText } from './values.ts';

/** One person of the registers that are seen, by the rules of treatment. */
export function madeOf({ registers }: SeenPerson): MadePerson {
  return personFrom(countingOf(registers).map(({ counted }) => counted));
}

/** What somebody is called: as they wish to be, else as registered; never empty. */
export function callName({ role }: SeenPerson, made: MadePerson): string {
  return valueText(role, 'nome', made.nome_social ?? made.nome) ?? 'Pessoa sem nome informado';
}

const roleNames = {
  custodiado: 'Pessoa que está ou esteve em custódia',
  visitante: 'Visitante',
  advogado: 'Advogado ou defensor',
} as const;

/** Names, place of a photograph, and what identifies them: each value with who says it. */
export function headPart(person: SeenPerson, made: MadePerson, today: string, place: Place): Html {
  const count = person.registers.length;
  return html`<h1>${callName(person, made)}</h1>
    <div class="identidade">
      <div class="retrato">${icon('user')}<span>Sem fotografia: o sistema ainda não as recebe.</span></div>
      <div class="quem-e">
        <p>${roleNames[person.role]}, ${count === 1 ? 'um cadastro' : `${count} cadastros`}${person.more && ' ou mais'} (${[...new Set(person.registers.map(({ source }) => source))].join(', ')}).</p>
        ${facts(factsOf(person, made, today, place))}
      </div>
    </div>`;
}

const told: readonly SurvivingColumn[] = [
  ...([
    'nome',
    'nome_social',
    'nome_mae',
    'nome_pai',
    'data_nascimento',
    'sexo',
    'cpf',
    'rg',
    'rji',
    'oab_numero',
  ] as const),
];

function factsOf(
  person: SeenPerson,
  made: MadePerson,
  today: string,
  place: Place,
): (readonly [string, Shown])[] {
  return told.flatMap((column): (readonly [string, Shown])[] => {
    const text = valueText(person.role, column, made[column]);
    if (text === null) return [];
    const beside = besideOf(column, made, today);
    const from = person.registers.find(({ natal }) => natal === made.origem[column]);
    return [
      [
        column === 'nome' && made.nome_social !== null ? 'Nome registrado' : labelOf(column),
        html`${breakable(text)}${beside} <span class="discreto">(${from !== undefined && originLink(place, person.role, from.source, from.key)}${
          areDifferent(person.registers, column) && html`; <a href="#cadastros">≠ há outros</a>`
        })</span>`,
      ],
    ];
  });
}

function besideOf(column: SurvivingColumn, made: MadePerson, today: string): string {
  if (column === 'rg' && made.rg_uf !== null) return ` ${made.rg_uf}`;
  if (column === 'oab_numero' && made.oab_uf !== null) return ` ${made.oab_uf}`;
  const age =
    column === 'data_nascimento' && made.data_nascimento !== null ? ageOf(made.data_nascimento, today) : null;
  return age === null ? '' : `, ${age} anos`;
}

/** Whole years; null for a date that is none, or is still to come. */
function ageOf(birth: string, today: string): number | null {
  try {
    const { years } = Temporal.PlainDate.from(birth).until(today, { largestUnit: 'years' });
    return years < 0 ? null : years;
  } catch {
    return null;
  }
}
