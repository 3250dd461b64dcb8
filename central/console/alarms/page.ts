import { dayText, writtenMoment } from '../../../shared/day.ts';
import type { Alarm } from '../../base/access-layer/alarms.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { table } from '../html/table.ts';
import { longestWords } from '../purpose/reason.ts';
import { ruleWords } from './rules.ts';

/** Those that nobody has seen first; then the last that somebody saw. */
export function alarmsPage(open: readonly Alarm[], seen: readonly Alarm[]): Html {
  return html`<h1>Alarmes</h1>
    <p>O que foge do comum no uso do sistema. Um alarme não é uma acusação: peça explicações antes de concluir.</p>
    ${table({
      caption: 'Ainda não vistos',
      columns: [{ label: 'Alarme' }, { label: 'De quem' }, { label: 'Quando' }, ...counts],
      rows: open.map((alarm) => [link(alarm), whose(alarm), writtenMoment(alarm.at), ...measured(alarm)]),
      empty: 'Nenhum alarme aguarda ser visto.',
    })}
    ${
      seen.length > 0 &&
      table({
        caption: 'Últimos vistos',
        columns: [{ label: 'Alarme' }, { label: 'De quem' }, { label: 'Quando' }, { label: 'Visto por' }],
        rows: seen.map((alarm) => [
          link(alarm),
          whose(alarm),
          writtenMoment(alarm.at),
          alarm.seen !== null && `${alarm.seen.by}, em ${writtenMoment(alarm.seen.at)}`,
        ]),
        empty: '',
      })
    }`;
}

export interface SeeForm {
  readonly typed?: string;
  readonly fault?: string;
  /** Null: it is not for whoever looks to say what came of it. */
  readonly formToken: string | null;
}

export function alarmPage(alarm: Alarm, { typed = '', fault, formToken }: SeeForm): Html {
  const { name, what } = ruleWords(alarm.rule);
  return html`<h1>${name}</h1>
    <p>${what}</p>
    ${facts([
      ['De quem', whose(alarm)],
      ['Dia', dayText(alarm.day)],
      ['Notado em', writtenMoment(alarm.at)],
      ['Medida', alarm.measure],
      ['Limite', alarm.limit],
    ])}
    <h2>O que se apurou</h2>
    ${seenPart(alarm, { typed, ...(fault !== undefined && { fault }), formToken })}`;
}

function seenPart({ id, seen }: Alarm, { typed = '', fault, formToken }: SeeForm): Html {
  if (seen !== null) {
    return facts([
      ['Parecer', seen.words],
      ['Visto por', seen.by],
      ['Em', writtenMoment(seen.at)],
    ]);
  }
  if (formToken === null) return notice('info', 'Ninguém julga um alarme sobre si: fica para outro auditor.');
  return html`${faultSummary({ parecer: fault })}
    ${form({
      action: `/alarmes/${id}`,
      token: formToken,
      submit: 'Marcar como visto',
      children: textArea({
        ...{ name: 'parecer', label: 'Parecer', value: typed, fault: fault ?? null, maxLength: longestWords },
        ...{ help: 'O que se apurou e o que foi feito. Não pode ser mudado depois.', isRequired: true },
      }),
    })}`;
}

const counts = [
  { label: 'Medida', isNumber: true },
  { label: 'Limite', isNumber: true },
];

function measured({ measure, limit }: Alarm): readonly number[] {
  return [measure, limit];
}

function link({ id, rule }: Alarm): Html {
  return html`<a href="${`/alarmes/${id}`}">${ruleWords(rule).name}</a>`;
}

function whose({ person, bodyShort }: Alarm): string {
  if (person === null) return bodyShort ?? 'Todo o sistema';
  return bodyShort === null ? person.name : `${person.name} (${bodyShort})`;
}
