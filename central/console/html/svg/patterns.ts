import { type Html, html } from '../html.ts';

/** Fillings that are told apart without their colours, too; each by the id of its pattern. */
export const fillings = {
  'trama-cruzada': html`<rect width="10" height="10" fill="#e52207"/><path d="M0 0l10 10M10 0L0 10" stroke="#fff" stroke-width="1.6"/>`,
  'trama-diagonal': html`<rect width="10" height="10" fill="#ffcd07"/><path d="M-2 2l4-4M0 10L10 0M8 12l4-4" stroke="#333" stroke-width="1.6"/>`,
  'trama-pontos': html`<rect width="10" height="10" fill="#d4e5ff"/><circle cx="5" cy="5" r="2" fill="#1351b4"/>`,
  'trama-cheia': html`<rect width="10" height="10" fill="#5fb95f"/>`,
  'trama-linhas': html`<rect width="10" height="10" fill="#e6e6e6"/><path d="M0 5h10" stroke="#666" stroke-width="1.6"/>`,
  'trama-vazia': html`<rect width="10" height="10" fill="#fff"/>`,
} as const satisfies Readonly<Record<string, Html>>;

export type Filling = keyof typeof fillings;

/** The patterns themselves, once a page, before what is filled with them. */
export function patterns(): Html {
  const defined = Object.entries(fillings).map(
    ([id, content]) =>
      html`<pattern id="${id}" width="10" height="10" patternUnits="userSpaceOnUse">${content}</pattern>`,
  );
  return html`<svg class="tramas" width="0" height="0" aria-hidden="true"><defs>${defined}</defs></svg>`;
}

/** What a legend shows of a filling. */
export function swatch(filling: Filling): Html {
  return html`<svg class="amostra" viewBox="0 0 30 20" aria-hidden="true"><rect width="30" height="20" fill="${`url(#${filling})`}"/></svg>`;
}
