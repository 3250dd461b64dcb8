import { municipalityName } from '../../../shared/cleaning/documents/municipality-table.ts';
import { dayText, writtenDay } from '../../../shared/day.ts';
import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import { comparedValue } from '../../words/compared-values.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { bitsText, levelName, saidNames, vetoNames } from '../../words/pair-words.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { shortened } from '../html/shortened.ts';
import { bitsBar } from '../html/svg/bits-bar.ts';
import { table } from '../html/table.ts';
import type { SeenRegister } from './find-person.ts';
import { breakable } from './long-words.ts';
import { valueText } from './values.ts';
import type { WhyOne, WhyPair } from './why-one.ts';

/** What a register is called where it is compared. */
export type ComparedRegister = Pick<SeenRegister, 'natal' | 'source' | 'key'>;

export interface WhyPart {
  /** All that are compared. */
  readonly registers: readonly ComparedRegister[];
  /** Where it is said that two are not one; null for whoever may not say so. */
  readonly reviewPath: string | null;
}

/** Two registers side by side, by what is compared, the weights as bars. */
export function pairPart({ registers, reviewPath }: WhyPart, pair: WhyPair): Html {
  const [one, other] = [nameIn(registers, pair.a), nameIn(registers, pair.b)];
  const told = pair.comparisons.filter(({ level }) => level !== null);
  const silent = pair.comparisons.filter(({ level }) => level === null);
  const value = (comparison: string, register: LinkedRegister) => breakable(sideText(comparison, register));
  const rows: Shown[][] = told.map(({ name, level, weight, rarity }) => [
    comparisonName(name),
    ...[value(name, pair.one), value(name, pair.other)],
    `${levelName(level ?? '')}${rarity === 0 ? '' : rarity > 0 ? ', raro' : ', comum'}`,
    html`${bitsBar(weight + rarity)} ${bitsText(weight + rarity)}`,
  ]);
  return html`${table({
    caption: `${one} e ${other}: ${bitsText(pair.weight)}`,
    columns: [
      ...[{ label: 'O que se compara' }, { label: one }, { label: other }, { label: 'Como combinam' }],
      { label: 'Peso' },
    ],
    rows: [
      ...rows,
      ['De partida', '', '', 'antes de comparar', html`${bitsBar(pair.prior)} ${bitsText(pair.prior)}`],
      ['Soma', '', '', '', html`<strong>${bitsText(pair.weight)}</strong>`],
    ],
    empty: '',
  })}
  ${pair.veto !== null && html`<p>O que impede de juntar sem que alguém diga: ${vetoNames[pair.veto]}.</p>`}
  ${silent.length > 0 && html`<p class="discreto">Um dos dois, ou ambos, não diz: ${silent.map(({ name }) => comparisonName(name)).join(', ')}.</p>`}
  ${reviewPath !== null && html`<p><a href="${`${reviewPath}/${pair.a}/${pair.b}`}">Não são a mesma pessoa</a></p>`}`;
}

/** What people have said of two of these registers. */
export function decisionsPart(
  registers: readonly ComparedRegister[],
  { decisions, showsReasons }: Pick<WhyOne, 'decisions' | 'showsReasons'>,
): Html | null {
  if (decisions.length === 0) return null;
  return table({
    caption: 'O que pessoas decidiram',
    columns: [
      { label: 'Decisão' },
      { label: 'Cadastros' },
      { label: 'O que foi dito' },
      { label: 'Por quê' },
      { label: 'Quem e quando' },
    ],
    rows: decisions.map(({ number, a, b, says, reason, who, at, undoneBy }) => [
      ...[number, `${nameIn(registers, a)} e ${nameIn(registers, b)}`],
      `${saidNames[says]}${undoneBy === null ? '' : ` (desfeita pela decisão ${undoneBy})`}`,
      ...[
        showsReasons ? shortened(reason) : 'O acordo não mostra tudo o que foi comparado',
        `${who}, ${writtenDay(at)}`,
      ],
    ]),
    empty: '',
  });
}

/** Pairs in a line each, where there are many. */
export function pairsTable(registers: readonly ComparedRegister[], pairs: WhyOne['pairs']): Html {
  return table({
    caption: 'Os outros pares',
    columns: [{ label: 'Cadastros' }, { label: 'Peso' }],
    rows: pairs.map(({ a, b, weight }) => [
      `${nameIn(registers, a)} e ${nameIn(registers, b)}`,
      html`${bitsBar(weight)} ${bitsText(weight)}`,
    ]),
    empty: '',
  });
}

function nameIn(registers: readonly ComparedRegister[], natal: string): string {
  const found = registers.find((register) => register.natal === natal);
  return found === undefined ? '–' : `${found.source} ${shortened(found.key, 24)}`;
}

function sideText(comparison: string, register: LinkedRegister): string | null {
  const value = comparedValue(comparison, register);
  if (value === null) return null;
  switch (comparison) {
    case 'birth':
      return `${dayText(value)}${register.birthInferred ? ' (presumido)' : ''}`;
    case 'sex':
      return valueText('custodiado', 'sexo', value);
    case 'birthplace':
      return municipalityName(value) ?? value;
    case 'CPF':
      return valueText('custodiado', 'cpf', value);
    case 'RJI':
      return valueText('custodiado', 'rji', value);
    default:
      return shortened(value);
  }
}
