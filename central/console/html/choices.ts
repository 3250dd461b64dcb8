import { type Choice, faultOf } from './form.ts';
import { flag, type Html, html } from './html.ts';

interface Choices {
  readonly name: string;
  /** What is asked. */
  readonly label: string;
  /** `key`: with Alt (and Shift, as browsers have it) it is chosen. */
  readonly choices: readonly (Choice & { readonly help?: string; readonly key?: string })[];
  readonly value?: string;
  readonly fault?: string | null;
}

/** One of several, all of which are seen at once. */
export function radioFields({ name, label, choices, value = '', fault = null }: Choices): Html {
  // The first one has the name itself, so that a fault leads to it.
  const idOf = (index: number) => (index === 0 ? name : `${name}-${index + 1}`);
  return html`<fieldset class="escolhas" aria-describedby="${fault === null ? '' : `${name}-erro`}">
  <legend>${label}</legend>
  ${choices.map(
    (choice, index) => html`<div class="escolha">
    <input type="radio" id="${idOf(index)}" name="${name}" value="${choice.value}" accesskey="${choice.key ?? ''}" ${flag('checked', choice.value === value)}>
    <label for="${idOf(index)}">${choice.label}${choice.help !== undefined && html`<span class="ajuda-campo">${choice.help}</span>`}</label>
  </div>`,
  )}
  ${faultOf(name, fault)}
</fieldset>`;
}

/** Yes or no; sent as `sim`, or not at all. */
export function checkField(field: {
  readonly name: string;
  readonly label: string;
  readonly isChecked?: boolean;
  readonly fault?: string | null;
}): Html {
  const { name, label, isChecked = false, fault = null } = field;
  return html`<div class="escolhas"><div class="escolha">
    <input type="checkbox" id="${name}" name="${name}" value="sim" aria-describedby="${fault === null ? '' : `${name}-erro`}" ${flag('checked', isChecked)}>
    <label for="${name}">${label}</label>
  </div>
  ${faultOf(name, fault)}
</div>`;
}

/** Several of which any may be chosen, each sent as `sim` under a name of its own. */
export function checkFields({
  name,
  label,
  choices,
  fault = null,
}: {
  /** To which a fault leads; no field has it. */
  readonly name: string;
  readonly label: string;
  readonly choices: readonly {
    readonly name: string;
    readonly label: string;
    readonly help?: string;
    readonly isChecked: boolean;
  }[];
  readonly fault?: string | null;
}): Html {
  return html`<fieldset class="escolhas" id="${name}" aria-describedby="${fault === null ? '' : `${name}-erro`}">
  <legend>${label}</legend>
  ${choices.map(
    (choice) => html`<div class="escolha">
    <input type="checkbox" id="${choice.name}" name="${choice.name}" value="sim" ${flag('checked', choice.isChecked)}>
    <label for="${choice.name}">${choice.label}${choice.help !== undefined && html`<span class="ajuda-campo">${choice.help}</span>`}</label>
  </div>`,
  )}
  ${faultOf(name, fault)}
</fieldset>`;
}

/** A text of several lines. */
export function textArea(field: {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  readonly help?: string;
  readonly fault?: string | null;
  readonly maxLength?: number;
  readonly isRequired?: boolean;
}): Html {
  const { name, label, value = '', help, fault = null, maxLength = 2000, isRequired = false } = field;
  const described = [help !== undefined && `${name}-ajuda`, fault !== null && `${name}-erro`].filter(Boolean);
  return html`<div class="br-textarea${fault !== null && ' danger'}">
  <label for="${name}">${label}${!isRequired && html` <span class="opcional">(opcional)</span>`}</label>
  <textarea id="${name}" name="${name}" rows="5" maxlength="${maxLength}" aria-invalid="${fault === null ? 'false' : 'true'}" aria-describedby="${described.join(' ')}" ${flag('required', isRequired)}>
${value}</textarea>
  ${help !== undefined && html`<p class="ajuda-campo" id="${name}-ajuda">${help}</p>`}
  ${faultOf(name, fault)}
</div>`;
}
