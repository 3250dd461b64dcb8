import { purposes } from '../access/purposes.ts';
import { choiceAt } from '../case-path.ts';
import type { Allowed } from '../enforce.ts';
import { type Html, html } from '../html/html.ts';
import { icon } from '../html/icons.ts';

/** Why somebody is looking, on every page on which they do; another purpose is a click away. */
export function caseBar(allowed: Allowed | null, here: string | null): Html | null {
  const onCase = allowed?.case ?? null;
  if (onCase === null) return null;
  const { purpose, reference, isEmergency } = onCase;
  return html`<aside class="finalidade${isEmergency && ' emergencia'}" aria-label="Finalidade"><div class="largura">
  ${isEmergency && html`<strong>${icon('triangle-exclamation')} Emergência</strong>`}
  <span>Finalidade: <strong>${purposes[purpose].name}</strong></span>
  <span>${purposes[purpose].reference}: <strong><bdi>${reference}</bdi></strong></span>
  <a href="${choiceAt(here)}">Trocar</a>
</div></aside>`;
}
