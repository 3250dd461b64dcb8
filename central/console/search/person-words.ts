import { dayText } from '../../../shared/day.ts';
import { regime as regimes } from '../../../shared/dictionary/codes/custody.ts';
import type { WordField } from '../../base/national-layer/search-keys.ts';
import type { Sight } from '../../base/sight/sight.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { shortened } from '../html/shortened.ts';
import type { Asked } from './asked.ts';
import type { Likeness } from './expand.ts';
import type { FoundPerson, FoundRegister } from './people.ts';
import type { Reason } from './rank.ts';

const kinds = { custodiado: null, visitante: 'Visitante', advogado: 'Advogado(a)' } as const;

/** First as they wish to be called, then as registered; whoever has no name is told so. */
export function whoIs({ register, others }: FoundPerson, path: string): Html {
  const { nome, alcunhas, role, id, source, removed } = register;
  // However they were found: as they wish to be called, whichever state knows it.
  const nome_social = [register, ...others].find((each) => each.nome_social !== null)?.nome_social ?? null;
  const called = nome_social ?? nome ?? 'Sem nome no registro';
  const otherNames = differing(others, (other) => other.nome, [nome, nome_social]);
  const states = [...new Set([source, ...others.map((other) => other.source)])];
  return html`<a href="${`${path}/pessoa/${id}`}">${shortened(called)}</a>
    ${nome_social !== null && nome !== null && line(`No registro: ${shortened(nome)}`)}
    ${otherNames.length > 0 && line(`Também registrada como: ${otherNames.join('; ')}`)}
    ${alcunhas !== null && alcunhas.length > 0 && line(`Alcunhas: ${shortened(alcunhas.slice(0, 5).join(', '))}`)}
    ${line([kinds[role], states.join(', '), removed && 'o estado não tem mais este registro'].filter(Boolean).join(' · '))}`;
}

/** What tells people of one name apart. Documents are covered, but for one that was asked for. */
export function whatTells({ register, others }: FoundPerson, asked: Asked): Html {
  const { nome_mae, birth, cpf, rji, rg, rg_uf, oab_uf, oab_numero } = register;
  const births = differing(others, (other) => other.birth, [birth]).map(dayText);
  const mothers = differing(others, (other) => other.nome_mae, [nome_mae]);
  const isAsked = (column: 'cpf' | 'rji' | 'rg', value: string) =>
    asked.documents.some(({ columns }) => columns[column] === value);
  const number = (label: string, column: 'cpf' | 'rji' | 'rg', value: string | null, of = '') =>
    value !== null && line(`${label} ${isAsked(column, value) ? value : covered(value)}${of}`);
  return html`${line(nome_mae === null ? 'Mãe não informada' : `Mãe: ${shortened(nome_mae)}`)}
    ${mothers.length > 0 && line(`em outro registro, ${mothers.join('; ')}`)}
    ${line(birth === null ? 'Nascimento não informado' : `Nascimento: ${dayText(birth)}`)}
    ${births.length > 0 && line(`em outro registro, ${births.join('; ')}`)}
    ${number('CPF', 'cpf', cpf)}${number('RJI', 'rji', rji)}${number('RG', 'rg', rg, rg_uf === null ? '' : `/${rg_uf}`)}
    ${oab_numero !== null && line(`OAB/${oab_uf ?? '?'} ${oab_numero}`)}`;
}

export function whereNow({ register, others }: FoundPerson, sight: Sight): Shown {
  if (register.role !== 'custodiado') return '–';
  if (!sight.sees('custodia')) return 'O acordo não mostra';
  const held = [register, ...others].filter(({ custody }) => custody !== null);
  if (held.length === 0) return 'Sem custódia em aberto';
  return held.slice(0, 3).map(({ custody, source }) => {
    const regime = regimes.values.find(({ code }) => code === custody?.regime)?.label;
    const since = custody?.since ?? null;
    const is =
      custody?.isSure === true
        ? html`<strong>Em custódia</strong> (${source})`
        : `Última custódia (${source}), e não se sabe se terminou`;
    return html`${line(is)}${line(custody?.unit ?? 'Unidade não informada')}${line(
      [regime, since !== null && `desde ${dayText(since)}`].filter(Boolean).join(', '),
    )}`;
  });
}

const fieldWords: Readonly<Record<WordField, string>> = {
  'custodiado.nome': 'no nome',
  'custodiado.nome_social': 'no nome social',
  'custodiado.alcunhas': 'numa alcunha',
  'outro_nome.nome': 'em outro nome',
  'visitante.nome': 'no nome',
  'advogado.nome': 'no nome',
  'custodiado.nome_mae': 'no nome da mãe',
  'visitante.nome_mae': 'no nome da mãe',
};

const likenessWords: Readonly<Record<Exclude<Likeness, 'same'>, string>> = {
  sound: 'mesmo som',
  short: 'mesmo nome, abreviado',
  one: 'uma letra diferente',
  two: 'duas letras diferentes',
};

/** Word by word where something differs from what was asked for. */
export function why({ ranked }: FoundPerson, asked: Asked): Shown {
  const { reasons } = ranked;
  const said: string[] = [];
  if (asked.documents.length > 0) said.push('O documento confere');
  const plain = reasons.filter(isPlain);
  const all = plain.length === reasons.length;
  if (plain.length > 0)
    said.push(all ? 'O nome confere' : `Confere: ${plain.map((one) => one.asked).join(' ')}`);
  for (const reason of reasons) if (!isPlain(reason)) said.push(reasonText(reason));
  if (asked.births.length > 0) said.push('O nascimento confere');
  return said.map(line);
}

const plainFields: readonly WordField[] = ['custodiado.nome', 'visitante.nome', 'advogado.nome'];

function isPlain({ has, of }: Reason): boolean {
  return has !== null && has.likeness === 'same' && (of === 'mother' || plainFields.includes(has.field));
}

function reasonText({ asked, has }: Reason): string {
  if (has === null) return `Não tem ${asked}`;
  const { text, likeness, field } = has;
  if (likeness === 'same') return `${asked}, ${fieldWords[field]}`;
  return `${text} por ${asked} (${likenessWords[likeness]}), ${fieldWords[field]}`;
}

function line(text: Shown): Html | null {
  return text === '' || text === null ? null : html`<span class="linha">${text}</span>`;
}

/** What other registers say that these do not, each once; of many the first ones. */
function differing(
  others: readonly FoundRegister[],
  valueOf: (register: FoundRegister) => string | null,
  known: readonly (string | null)[],
): string[] {
  const values = new Set(others.map(valueOf).filter((value) => value !== null && !known.includes(value)));
  return [...values].slice(0, 3).map((value) => shortened(value ?? ''));
}

/** Of a document its last three characters. */
function covered(text: string): string {
  return `${'•'.repeat(Math.max(0, text.length - 3))}${text.slice(-3)}`;
}
