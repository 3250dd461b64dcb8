import { notice } from './form.ts';
import { flag, type Html, html } from './html.ts';

/**
 * Above a form that comes back: what there is to mend, each leading to its field. Null where there is nothing.
 * @param faults by the names of the fields, in the order of the form; null: nothing is wrong with it
 */
export function faultSummary(faults: Readonly<Record<string, string | null | undefined>>): Html | null {
  const found = Object.entries(faults).flatMap(([name, fault]) =>
    fault === null || fault === undefined ? [] : [html`<li><a href="${`#${name}`}">${fault}</a></li>`],
  );
  if (found.length === 0) return null;
  const title = found.length === 1 ? 'Corrija um campo:' : `Corrija ${found.length} campos:`;
  const summary = notice('danger', html`<strong>${title}</strong><ul>${found}</ul>`);
  // Whoever goes by keyboard, or has it read to them, begins there.
  return html`<div class="corrigir" tabindex="-1" ${flag('autofocus', true)}>${summary}</div>`;
}
