import { flag, type Html, html, type Shown } from './html.ts';
import { type Icon, icon } from './icons.ts';

/** A field of a form, with its label, what it takes, and what was wrong with what was given. */
export interface Field {
  readonly name: string;
  readonly label: string;
  readonly value?: string;
  /** What it takes, in a sentence. */
  readonly help?: string;
  /** What was wrong with what was given. */
  readonly fault?: string | null;
  readonly type?: 'text' | 'password' | 'email' | 'tel' | 'search';
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'email';
  readonly maxLength?: number;
  readonly isRequired?: boolean;
  readonly isFirst?: boolean;
}

/** What a form of a page sends along, so that no other site can send it. */
export function hiddenToken(token: string): Html {
  return html`<input type="hidden" name="_formulario" value="${token}">`;
}

export interface Form {
  readonly action: string;
  readonly token: string;
  readonly children: Shown;
  readonly submit: string;
}

export function form({ action, token, children, submit }: Form): Html {
  return html`<form class="formulario" method="post" action="${action}" novalidate>
  ${hiddenToken(token)}
  ${children}
  <p class="botoes"><button class="br-button primary" type="submit">${submit}</button></p>
</form>`;
}

/** A button that does one thing, without JavaScript. */
export function postButton({
  action,
  token,
  label,
  children = null,
}: {
  readonly action: string;
  readonly token: string;
  readonly label: string;
  readonly children?: Shown;
}): Html {
  return html`<form method="post" action="${action}">${hiddenToken(token)}${children}<button class="br-button secondary small" type="submit">${label}</button></form>`;
}

export function textField(field: Field): Html {
  const { name, label, value = '', help, fault = null, type = 'text' } = field;
  const { autocomplete = 'off', inputMode = 'text', maxLength = 200 } = field;
  const described = [help !== undefined && `${name}-ajuda`, fault !== null && `${name}-erro`].filter(Boolean);
  return html`<div class="br-input${fault !== null && ' danger'}">
  <label for="${name}">${label}${field.isRequired !== true && html` <span class="opcional">(opcional)</span>`}</label>
  <input id="${name}" name="${name}" type="${type}" value="${type === 'password' ? '' : value}"
    autocomplete="${autocomplete}" inputmode="${inputMode}" maxlength="${maxLength}" aria-invalid="${fault === null ? 'false' : 'true'}"
    aria-describedby="${described.join(' ')}" ${flag('required', field.isRequired === true)} ${flag('autofocus', field.isFirst === true)}>
  ${help !== undefined && html`<p class="ajuda-campo" id="${name}-ajuda">${help}</p>`}
  ${faultOf(name, fault)}
</div>`;
}

export interface Choice {
  readonly value: string;
  readonly label: string;
}

export function selectField(field: {
  readonly name: string;
  readonly label: string;
  readonly choices: readonly Choice[];
  readonly value?: string;
  readonly fault?: string | null;
}): Html {
  const { name, label, choices, value = '', fault = null } = field;
  return html`<div class="br-input${fault !== null && ' danger'}">
  <label for="${name}">${label}</label>
  <select id="${name}" name="${name}" aria-invalid="${fault === null ? 'false' : 'true'}" aria-describedby="${fault === null ? '' : `${name}-erro`}">
    ${choices.map((choice) => html`<option value="${choice.value}" ${flag('selected', choice.value === value)}>${choice.label}</option>`)}
  </select>
  ${faultOf(name, fault)}
</div>`;
}

/** What was wrong with what was given for a field, below it; the field says by `aria-describedby` that it is there. */
export function faultOf(name: string, fault: string | null): Html | null {
  if (fault === null) return null;
  return html`<p class="erro-campo" id="${name}-erro">${icon('circle-exclamation')} ${fault}</p>`;
}

const noticeIcons = {
  success: 'circle-check',
  info: 'circle-info',
  warning: 'triangle-exclamation',
  danger: 'circle-exclamation',
} as const satisfies Record<string, Icon>;

/** What a person should know of the page, such as what came of what they did. */
export function notice(kind: keyof typeof noticeIcons, text: Shown): Html {
  return html`<div class="br-message ${kind}" role="${kind === 'danger' ? 'alert' : 'status'}"><div class="icon">${icon(noticeIcons[kind])}</div><div class="content">${text}</div></div>`;
}
