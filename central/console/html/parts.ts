import { flag, type Html, html, type Shown } from './html.ts';
import { icon } from './icons.ts';

/** Facts of one thing, each with what it is. */
export function facts(given: readonly (readonly [term: string, fact: Shown])[]): Html {
  return html`<dl class="fatos">${given.map(([term, fact]) => html`<dt>${term}</dt><dd>${fact}</dd>`)}</dl>`;
}

/** What is opened by whoever wants it. */
export function opened(summary: Shown, content: Shown, isOpen = false): Html {
  return html`<details class="abrir" ${flag('open', isOpen)}><summary>${summary}</summary><div class="dentro">${content}</div></details>`;
}

/** To the next page of a list, and back to its first one; null where there is none. */
export function pages({
  first,
  next,
}: {
  readonly first: string | null;
  readonly next: string | null;
}): Html | null {
  if (first === null && next === null) return null;
  return html`<nav class="paginas" aria-label="Páginas da lista">
  ${first !== null && html`<a class="br-button secondary" href="${first}">${icon('arrow-left')} Primeira página</a>`}
  ${next !== null && html`<a class="br-button secondary" href="${next}">Próxima página ${icon('arrow-right')}</a>`}
</nav>`;
}

/** Prints the page; it is shown where there is a script to do it. */
export function printButton(): Html {
  return html`<button class="br-button secondary" type="button" data-imprimir="" hidden>${icon('print')} Imprimir</button>`;
}
