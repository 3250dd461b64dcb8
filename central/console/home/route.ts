import { writtenDay } from '../../../shared/day.ts';
import { purposes } from '../access/purposes.ts';
import { roles as known, lookingRoles } from '../access/roles.ts';
import { choiceAt } from '../case-path.ts';
import { html } from '../html/html.ts';
import { table } from '../html/table.ts';
import { route } from '../route.ts';

/** The first page: in which body somebody works, what they may there, and until when. */
export const homeRoute = route({
  method: 'GET',
  path: '/',
  who: 'member',
  answer: async ({ place, roles, session }) => ({
    title: 'Início',
    main: html`<h1>Início</h1>
      <p>Você trabalha em <strong>${place.name}</strong>${session.places.length > 1 && html` (<a href="/orgao">trocar de órgão</a>)`}.</p>
      ${
        roles.some((role) => lookingRoles.includes(role)) &&
        place.grants.length > 0 &&
        html`<p><a class="br-button primary" href="${choiceAt('/busca')}">Buscar uma pessoa</a></p>`
      }
      <h2>O que você pode fazer</h2>
      <ul>${roles.map((role) => html`<li><strong>${known[role].name}</strong>: ${known[role].does}</li>`)}</ul>
      ${table({
        caption: 'Acordos em vigor',
        columns: [{ label: 'Acordo' }, { label: 'Até' }, { label: 'Finalidades' }],
        rows: place.grants.map(({ agreement, until, purposes: codes }) => [
          ...[agreement, writtenDay(until), codes.map(nameOf).join(', ')],
        ]),
        empty: 'Nenhum acordo do seu órgão está em vigor: nenhuma pessoa pode ser consultada.',
      })}`,
  }),
});

function nameOf(code: string): string {
  return Object.hasOwn(purposes, code) ? purposes[code as keyof typeof purposes].name : code;
}
