import { writtenDay } from '../../../shared/day.ts';
import { type RoleTerm, standingOf } from '../../base/access-layer/role-standing.ts';
import { type Html, html } from '../html/html.ts';

/** Until when a role holds, or since when and why it does not. */
export function termWords(role: RoleTerm, now: Date): Html {
  const until = writtenDay(role.until);
  const by = writtenDay(role.recertifyBy);
  switch (standingOf(role, now)) {
    case 'body-ended':
      return html`<strong>deixou de valer em ${writtenDay(role.bodyEnded ?? role.until)}, com o órgão</strong>`;
    case 'over':
      return html`<strong>terminou em ${until}</strong>`;
    case 'lapsed':
      return html`<strong>deixou de valer em ${by}, por falta de recertificação</strong>`;
    case 'due':
      return html`até ${until}, <strong>se for recertificado até ${by}</strong>`;
    case 'ahead':
      return html`de ${writtenDay(role.from)} até ${until}`;
    case 'holds':
      return html`até ${until}`;
  }
}
