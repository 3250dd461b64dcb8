import { count } from '../../../shared/count-format.ts';
import { writtenMoment } from '../../../shared/day.ts';
import type { RecordedCodeMap } from '../../base/decided-layer/code-maps.ts';
import type { CodedColumn } from '../../codes/assignable.ts';
import { checkField, textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { longestWords } from '../purpose/reason.ts';
import { shownWord } from './page.ts';
import { typedHelp, valueChoices, valueLabel } from './value-words.ts';

export interface Assigning {
  readonly state: string;
  readonly coded: CodedColumn;
  readonly word: string;
  readonly rows: number;
  /** What was said of it last. */
  readonly before: RecordedCodeMap | null;
  readonly token: string;
  readonly given: { readonly valor: string; readonly nada: string; readonly motivo: string };
  readonly faults: Readonly<Partial<Record<'valor' | 'motivo', string>>>;
  /** Something was said of it since they were shown it: nothing was recorded. */
  readonly hasChanged?: boolean;
}

/** What a word means, or that it means nothing. */
export function assignPage({
  state,
  coded,
  word,
  rows,
  before,
  token,
  given,
  faults,
  hasChanged,
}: Assigning): Html {
  const { view, column } = coded;
  const name = `${view}.${column.name}`;
  const choices = valueChoices(column);
  const field = { name: 'valor', label: 'Valor nacional', value: given.valor, fault: faults.valor ?? null };
  return html`<h1>O que significa a palavra?</h1>
  ${hasChanged === true && notice('danger', 'Alguém disse algo desta palavra depois que você abriu a página: nada foi registrado. Veja o que foi dito.')}
  ${facts([
    ['Palavra', shownWord(word)],
    ['Coluna', `${name}, de ${state}`],
    ['O que a coluna diz', column.about],
    ...(rows > 0 ? [['Linhas que a têm', count.format(rows)] as const] : []),
  ])}
  ${
    before !== null &&
    notice(
      'info',
      `Já se disse: ${before.code === null ? 'não diz nada' : valueLabel(column, before.code)} (${before.who}, em ${writtenMoment(before.at)}). Uma nova resposta toma o lugar dela.`,
    )
  }
  <p>Vale para todas as grafias da palavra (maiúsculas, acentos, pontuação), só em ${state}. Na dúvida, pergunte ao estado antes.</p>
  ${faultSummary({ valor: faults.valor, motivo: faults.motivo })}
  ${form({
    ...{ action: `/codigos/${state}/${name}`, token, submit: 'Registrar' },
    children: html`<input type="hidden" name="palavra" value="${word}">
      <input type="hidden" name="estava" value="${before?.number ?? ''}">
      ${
        choices.length > 0
          ? selectField({ ...field, choices: [{ value: '', label: 'Escolha' }, ...choices] })
          : textField({ ...field, help: typedHelp(column) })
      }
      ${checkField({ name: 'nada', label: 'Não diz nada: deixar sem valor', isChecked: given.nada === 'sim' })}
      ${textArea({
        ...{ name: 'motivo', label: 'Motivo', value: given.motivo, fault: faults.motivo ?? null },
        ...{
          maxLength: longestWords,
          isRequired: true,
          help: 'Como se sabe: quem no estado informou, ou onde está escrito.',
        },
      })}`,
  })}
  <p><a href="${`/codigos/${state}/${name}`}">Voltar às palavras de ${name}</a></p>`;
}
