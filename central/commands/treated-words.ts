import { count } from '../../shared/count-format.ts';
import { writtenInstant, zone } from '../../shared/day.ts';
import { wrapped } from '../status/wrapped.ts';
import type { PastRow, TreatedTrace } from '../trace/treated-row.ts';
import { severityNames } from '../treat/rules/severity-names.ts';
import { keyText } from '../words/mask.ts';
import { howText } from '../words/row-words.ts';
import { itemText, toldRule } from '../words/rule-words.ts';
import { personJson, personLines } from './person-words.ts';

/** States of the past that are shown; programs are told more. */
const mostShown = 10;
const day = new Intl.DateTimeFormat('pt-BR', { timeZone: zone });

export const resultWords: Readonly<Record<Exclude<TreatedTrace['result'], 'treated'>, string>> = {
  own: 'a visão não é do dicionário: fica só na camada da fonte, como o estado a deu',
  waiting: 'ainda não foi feito para esta versão ("guarita-central treat")',
  beyond: 'o que ela era então está além das últimas versões tratadas',
};

/** Which row it is. */
export interface TreatedName {
  readonly source: string;
  readonly view: string;
  readonly id: string;
}

/** What treatment made of a row, for people; values masked unless asked for. */
export function treatedLines(
  treated: TreatedTrace,
  { source, view, id }: TreatedName,
  reveal: boolean,
): string[] {
  if (treated.result === 'own') return [`Tratamento: ${resultWords.own}.`];
  const { person } = treated;
  return [
    ...valueLines(treated, reveal),
    ...(person === null ? [] : personLines(person, { source, id }, reveal)),
    ...findingLines(treated, view, reveal),
    ...pastLines(treated, reveal),
  ];
}

function valueLines({ result, values }: TreatedTrace, reveal: boolean): string[] {
  if (result !== 'treated') return [`Tratamento: ${resultWords[result]}.`];
  const told = values.filter(({ made, notes }) => made !== 'as-given' || notes.length > 0);
  const same = values.length - told.length;
  return [
    'Tratamento (limpeza e tipos):',
    ...told.map(
      (value) => `  ${value.column}: ${changeText(value.given, value.typed, reveal)} (${howText(value)})`,
    ),
    ...(same === 0 ? [] : [`  valores como vieram: ${count.format(same)}`]),
  ];
}

function changeText(before: string | null, after: string | null, reveal: boolean): string {
  return `${keyText([before], reveal)} → ${keyText([after], reveal)}`;
}

function findingLines({ result, findings }: TreatedTrace, view: string, reveal: boolean): string[] {
  // Of what was not looked at yet, none is no good news.
  if (findings.length === 0) return result === 'treated' ? ['Achados: nenhum.'] : [];
  return [
    'Achados:',
    ...findings.flatMap(({ rule, item, since, resolved }) => {
      const { severity, wrong } = toldRule(rule, view);
      const name = severity === null ? rule : `${rule} (${severityNames[severity]})`;
      const of = item === '' ? '' : ` ${itemText(view, item, reveal)}`;
      const until = resolved === null ? '' : `, fechado em ${dayOf(resolved)}`;
      const told = `  ${resolved === null ? '!' : '✓'} ${name}${of}, desde ${dayOf(since)}${until}`;
      return [told, ...(wrong === '' ? [] : wrapped(wrong, '    '))];
    }),
  ];
}

function pastLines({ past, pastTotal }: TreatedTrace, reveal: boolean): string[] {
  if (past.length === 0) return [];
  const shown = past.slice(0, mostShown);
  const more = pastTotal - shown.length;
  return [
    'O que foi antes, do mais recente ao mais antigo:',
    ...shown.flatMap((state) => pastText(state, reveal)),
    ...(more > 0 ? [`  e mais ${count.format(more)}`] : []),
  ];
}

function pastText({ since, until, removed, changed }: PastRow, reveal: boolean): string[] {
  const gone = removed ? ', removida' : '';
  return [
    `  de ${writtenInstant(since)} até ${writtenInstant(until)}${gone}`,
    ...changed.map(({ column, before, after }) => `    ${column}: ${changeText(before, after, reveal)}`),
  ];
}

function dayOf(instant: string): string {
  return day.format(new Date(instant));
}

/** The same for programs: words stay as they are in code. */
export function treatedJson(treated: TreatedTrace, view: string, reveal: boolean) {
  const shown = (value: string | null) => (reveal || value === null ? value : keyText([value], false));
  return {
    result: treated.result,
    values: treated.values.map(({ column, given, typed, made, notes }) => ({
      ...{ column, step: 'type', made, given: shown(given), typed: shown(typed), notes },
    })),
    codes: treated.values
      .filter(({ coded }) => coded)
      .map(({ column, given, typed, made }) => ({ column, word: shown(given), value: shown(typed), made })),
    findings: treated.findings.map(({ rule, item, since, resolved }) => ({
      ...{
        rule,
        severity: toldRule(rule, view).severity,
        item: itemText(view, item, reveal),
        since,
        resolved,
      },
    })),
    history: treated.past.map(({ since, until, removed, changed }) => ({
      ...{ since, until, removed },
      changed: changed.map(({ column, before, after }) => ({
        column,
        before: shown(before),
        after: shown(after),
      })),
    })),
    historyTotal: treated.pastTotal,
    person: treated.person === null ? null : personJson(treated.person, reveal),
  };
}
