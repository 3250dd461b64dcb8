import { writtenMoment } from '../../../shared/day.ts';
import type { Role } from '../../../shared/dictionary/roles.ts';
import type { SaidDecision } from '../../base/decided-layer/decision-history.ts';
import type { ExplainedComparison } from '../../treat/link/explain.ts';
import { hasValue } from '../../words/compared-values.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { becauseText, followsText } from '../../words/link-words.ts';
import { bitsText, levelName, saidNames, vetoNames } from '../../words/pair-words.ts';
import { notice } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { opened } from '../html/parts.ts';
import { bitsBar } from '../html/svg/bits-bar.ts';
import { table } from '../html/table.ts';
import { moreColumns } from './more-said.ts';
import type { Part, SeenPair, Side } from './query.ts';
import { shownValue } from './shown-values.ts';

export const roleNames: Readonly<Record<Role, string>> = {
  custodiado: 'pessoa custodiada',
  visitante: 'visitante',
  advogado: 'advogado',
};

/** Two registers side by side: what is alike, what differs and what each weighs, in words, numbers and bars. */
export function pairPart(pair: SeenPair, at: (path: string) => string): Html {
  const { a, b, explained, model, because } = pair;
  return html`${explained.veto !== null && notice('warning', html`<strong>Impedimento:</strong> ${vetoNames[explained.veto]}. O sistema não junta estes dois por si.`)}
  <p>${because === null ? 'Hoje estes registros são de uma pessoa só.' : html`Hoje são duas pessoas: ${becauseText(because)}.`}</p>
  ${table({
    caption: `O que cada registro diz, e quanto pesa pelo modelo "${model}"`,
    columns: [
      { label: 'O quê' },
      { label: 'Registro A' },
      { label: 'Registro B' },
      { label: 'Comparação' },
      { label: 'Peso, em bits' },
    ],
    rows: [
      ['registro', nameOfSide(a, at), nameOfSide(b, at), '', ''],
      ...socialNames(a, b),
      ...explained.comparisons.map((comparison) => comparisonRow(comparison, a, b)),
      ['de partida', '', '', 'duas pessoas ao acaso', weight(explained.prior)],
      ['soma', '', '', '', weight(explained.weight)],
    ],
    empty: '',
  })}
  <p class="discreto">Barra cheia, à direita: a favor de ser a mesma pessoa. Vazia, à esquerda: contra. O que é raro pesa mais que o comum.</p>
  ${moreOf(a, b)}
  <h2>O que resultaria</h2>
  <ul>
    <li>Pessoa do registro A, hoje: ${personText(a.person)}.</li>
    <li>Pessoa do registro B, hoje: ${because === null ? 'a mesma' : personText(b.person)}.</li>
    <li><strong>Se são a mesma pessoa:</strong> ${followsText('same', decidedOn(a), decidedOn(b))}</li>
    <li><strong>Se não são:</strong> ${followsText('distinct', decidedOn(a), decidedOn(b))}</li>
  </ul>
  ${pair.said.length > 0 && saidPart(pair.said, at)}`;
}

function nameOfSide({ register }: Side, at: (path: string) => string): Html {
  const { id, source, role, key, removed } = register;
  return html`<a href="${at(`/pessoa/${id}`)}">${source}, ${roleNames[role]}, ${key}</a>${removed && ' (saiu da fonte)'}`;
}

/** As people wish to be called, before all other names. */
function socialNames({ more: a }: Side, { more: b }: Side): readonly (readonly Shown[])[] {
  if (a.nome_social === undefined && b.nome_social === undefined) return [];
  return [
    ['nome social', a.nome_social ?? 'não diz', b.nome_social ?? 'não diz', 'pesa em outros nomes', ''],
  ];
}

function comparisonRow(comparison: ExplainedComparison, a: Side, b: Side): readonly Shown[] {
  const { name, level, weight: bits, rarity } = comparison;
  const own = hasValue(name);
  const said = ({ values }: Side) => (own ? (shownValue(name, values) ?? 'não diz') : 'no nome');
  const rare = rarity === 0 ? '' : rarity > 0 ? ', raro' : ', comum';
  return [
    comparisonName(name),
    said(a),
    said(b),
    level === null ? 'não se compara: falta num dos dois' : html`<strong>${levelName(level)}</strong>${rare}`,
    level === null ? '–' : weight(bits + rarity),
  ];
}

function weight(bits: number): Html {
  return html`<span class="peso">${bitsBar(bits)} ${bitsText(bits)}</span>`;
}

function moreOf(a: Side, b: Side): Html | null {
  const names = Object.keys(moreColumns) as (keyof typeof moreColumns)[];
  const said = names.filter((name) => a.more[name] !== undefined || b.more[name] !== undefined);
  if (said.length === 0) return null;
  return opened(
    'O que mais dizem, e não entra na conta',
    table({
      caption: 'Não pesa no modelo',
      columns: [
        { label: 'O quê' },
        { label: 'Registro A' },
        { label: 'Registro B' },
        { label: 'Comparação' },
      ],
      rows: said.map((name) => {
        const [one, other] = [a.more[name], b.more[name]];
        const alike =
          one === undefined || other === undefined ? 'só um diz' : one === other ? 'igual' : 'diferente';
        return [moreColumns[name], one ?? 'não diz', other ?? 'não diz', alike];
      }),
      empty: '',
    }),
  );
}

function decidedOn({ register, person }: Side) {
  return { role: register.role, person: register.person, size: sizeOf(person) };
}

function sizeOf(parts: readonly Part[]): number {
  return parts.reduce((sum, { registers }) => sum + registers, 0);
}

function personText(parts: readonly Part[]): string {
  const size = sizeOf(parts);
  const where = parts.map(({ source, registers }) =>
    registers === 1 ? source : `${registers} em ${source}`,
  );
  return `${size} ${size === 1 ? 'registro' : 'registros'} (${where.join(', ')})`;
}

function saidPart(said: readonly SaidDecision[], at: (path: string) => string): Html {
  return table({
    caption: 'O que já se disse destes dois',
    columns: [{ label: 'Decisão' }, { label: 'O quê' }, { label: 'Por quem' }, { label: 'Motivo' }],
    rows: said.map(({ number, says, who, at: when, reason, undoneBy }) => [
      html`<a href="${at(`/vinculacao/decisoes/${number}`)}">${number}</a>`,
      `${saidNames[says]}${undoneBy === null ? '' : ` (desfeita pela decisão ${undoneBy})`}`,
      `${who}, em ${writtenMoment(when)}`,
      reason,
    ]),
    empty: '',
  });
}
