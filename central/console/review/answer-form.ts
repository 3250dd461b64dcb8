import { radioFields } from '../html/choices.ts';
import { faultSummary } from '../html/faults.ts';
import { hiddenToken, selectField, textField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { grounds, longestReason } from './reason.ts';

/** What a form of an answer sends, as it was filled in. */
export interface Given {
  readonly resposta: string;
  readonly fundamento: string;
  readonly motivo: string;
}

export const nothingGiven: Given = { resposta: '', fundamento: '', motivo: '' };

/** What may be said of a pair. */
export const answers = {
  mesma: { says: 'same', label: 'São a mesma pessoa', key: 'm' },
  outra: { says: 'distinct', label: 'Não são a mesma pessoa', key: 'o' },
  incerto: {
    says: 'unsure',
    label: 'Não sei',
    key: 'i',
    help: 'Não se pergunta de novo. Quem souber pode responder depois, pela lista das decisões.',
  },
} as const;

export function isAnswer(text: string): text is keyof typeof answers {
  return Object.hasOwn(answers, text);
}

interface AnswerForm {
  readonly action: string;
  readonly token: string;
  /** Stands for what is shown, see `SeenPair.digest`. */
  readonly digest: string;
  /** Where it goes on: to the next pair, or back to this one. */
  readonly goesOn: 'fila' | 'par';
  /** Where the next pair is; null without one. */
  readonly skip: string | null;
  readonly given: Given;
  readonly faults: Readonly<Partial<Record<keyof Given, string>>>;
}

/** What somebody says of a pair. Enter alone decides nothing: an answer has to be chosen, and a ground. */
export function answerForm(form: AnswerForm): Html {
  const { action, token, digest, goesOn, skip, given, faults } = form;
  return html`<section class="nao-impresso"><h2>Sua resposta</h2>
  ${faultSummary({ resposta: faults.resposta, fundamento: faults.fundamento, motivo: faults.motivo })}
  <form class="formulario" method="post" action="${action}" novalidate>
  ${hiddenToken(token)}
  <input type="hidden" name="visto" value="${digest}">
  <input type="hidden" name="volta" value="${goesOn}">
  ${radioFields({
    ...{
      name: 'resposta',
      label: 'São a mesma pessoa?',
      value: given.resposta,
      fault: faults.resposta ?? null,
    },
    choices: Object.entries(answers).map(([value, { label, key, ...more }]) => ({
      value,
      label,
      key,
      ...more,
    })),
  })}
  ${selectField({
    ...{
      name: 'fundamento',
      label: 'Em que se baseia',
      value: given.fundamento,
      fault: faults.fundamento ?? null,
    },
    choices: [
      { value: '', label: 'Escolha' },
      ...Object.entries(grounds).map(([value, label]) => ({ value, label })),
    ],
  })}
  ${textField({
    ...{ name: 'motivo', label: 'Explicação', value: given.motivo, fault: faults.motivo ?? null },
    ...{ maxLength: longestReason, help: 'Nunca o nome nem um número da pessoa: a decisão fica guardada.' },
  })}
  <p class="botoes"><button class="br-button primary" type="submit">Registrar</button>${
    skip !== null && html` <a class="br-button secondary" href="${skip}" accesskey="p">Pular</a>`
  }</p>
  <p class="discreto">Teclas, com Alt (no Firefox, Alt e Shift): M mesma pessoa, O não são, I não sei${skip !== null && ', P pular'}.</p>
</form></section>`;
}
