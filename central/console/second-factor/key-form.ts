import { hiddenToken } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import type { KeyOptions } from './key-options.ts';

/**
 * A form that the script of the page fills in: it asks the browser for the key, and sends what that answers. Without the
 * script, or in a browser that knows no keys, it says so instead.
 */
export function keyForm({
  action,
  token,
  options,
  does,
  submit,
  children = null,
}: {
  readonly action: string;
  readonly token: string;
  readonly options: KeyOptions;
  readonly does: 'create' | 'get';
  readonly submit: string;
  readonly children?: Html | null;
}): Html {
  return html`<form class="formulario" method="post" action="${action}" data-chave="${does}" data-opcoes="${options.json}" novalidate>
  ${hiddenToken(token)}
  <input type="hidden" name="resposta" value="">
  <p data-sem-chave>Este navegador não permite usar a chave aqui, ou está com o JavaScript desligado. Use o aplicativo autenticador, ou outro navegador.</p>
  <div data-com-chave hidden>
    ${children}
    <p><button class="br-button primary" type="submit">${submit}</button></p>
  </div>
  <p class="erro-campo" role="alert" data-erro-chave hidden>A chave não respondeu, ou o pedido foi cancelado. Tente de novo; se a chave já está cadastrada, use outra.</p>
</form>`;
}

/** The page that somebody wanted, to which they go on when they have shown one. */
export function pageField(page: string): Html {
  return html`<input type="hidden" name="depois" value="${page}">`;
}
