import { type Purpose, purposes } from '../access/purposes.ts';
import { textArea } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { form, notice, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { longestWords } from './reason.ts';
import { longestReference } from './reference.ts';

type Name = 'finalidade' | 'referencia' | 'motivo';

export interface EmergencyForm {
  readonly typed?: Readonly<Record<Name, string>>;
  readonly faults?: Readonly<Partial<Record<Name, string>>>;
  /** Path within the case where somebody wanted to go; empty: nowhere. */
  readonly to: string;
  /** Within how long it is reviewed. */
  readonly hours: number;
  readonly formToken: string;
}

/** All purposes: in an emergency also those that no agreement of the body names. */
const choices = [
  { value: '', label: 'Escolha' },
  ...(Object.keys(purposes) as Purpose[]).map((value) => ({ value, label: purposes[value].name })),
];

export function emergencyPage({ typed, faults = {}, to, hours, formToken }: EmergencyForm): Html {
  return html`<h1>Declarar uma emergência</h1>
    ${notice('warning', html`Só para quando alguém corre risco e não há tempo de obter o número. Um auditor vai ler o que você escrever e ver tudo o que consultar, em até ${hours} horas.`)}
    <p>Em uma emergência a cota do dia não interrompe as consultas, e a finalidade pode ser outra que não as do acordo. O que o acordo não deixa ver continua fora.</p>
    ${faultSummary(faults)}
    ${form({
      action: '/finalidade/emergencia',
      token: formToken,
      submit: 'Declarar emergência',
      children: html`<input type="hidden" name="para" value="${to}">
        ${selectField({ name: 'finalidade', label: 'Finalidade', choices, value: typed?.finalidade ?? '', fault: faults.finalidade ?? null })}
        ${textArea({
          ...{
            name: 'motivo',
            label: 'O que aconteceu',
            value: typed?.motivo ?? '',
            fault: faults.motivo ?? null,
          },
          ...{
            help: 'Em uma frase ou mais: o que aconteceu e por que não dá para esperar.',
            maxLength: longestWords,
          },
          isRequired: true,
        })}
        ${textField({
          ...{
            name: 'referencia',
            label: 'Número do processo ou procedimento',
            value: typed?.referencia ?? '',
          },
          ...{ help: 'Se já souber.', fault: faults.referencia ?? null, maxLength: longestReference },
        })}`,
    })}
    <p><a href="/finalidade">Não é uma emergência: voltar</a></p>`;
}
