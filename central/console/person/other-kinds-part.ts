import type { Role } from '../../../shared/dictionary/roles.ts';
import { notice } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { shortened } from '../html/shortened.ts';
import { breakable } from './long-words.ts';
import type { Place } from './parts.ts';
import { personPath } from './paths.ts';
import { valueText } from './values.ts';
import type { WhyOne } from './why-one.ts';

/** What somebody is called who is of a kind, within a sentence. */
export const kindNames: Readonly<Record<Role, string>> = {
  ...{ custodiado: 'pessoa custodiada', visitante: 'visitante', advogado: 'advogado ou defensor' },
};

/** That the same person is known under another kind, and where; null where they are not. */
export function otherKindsPart(others: WhyOne['others'], { number }: Place): Html | null {
  if (others.length === 0) return null;
  const each = others.map(({ natal, role, name, source, key, decision }) => {
    const called = valueText(role, 'nome', name) ?? 'Sem nome informado';
    return html`<li>como ${kindNames[role]}: <a href="${personPath(number, natal)}">${breakable(called)}</a> (${source} ${breakable(shortened(key, 24))}), ${
      decision === null ? 'pelo que os cadastros dizem' : `pela decisão ${decision}`
    }</li>`;
  });
  return notice(
    'info',
    html`<p><strong>A mesma pessoa está nos dados também:</strong></p><ul>${each}</ul><p><a href="#por-que">Por que se acredita nisso</a></p>`,
  );
}
