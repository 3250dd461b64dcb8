import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import { usedToday } from '../../base/access-layer/uses.ts';
import { purposes } from '../access/purposes.ts';
import { lookingRoles } from '../access/roles.ts';
import { html } from '../html/html.ts';
import { facts } from '../html/parts.ts';
import { route } from '../route.ts';

/** The first page of a case: for what it is, and how much may be looked at still. */
export const caseRoute = route({
  method: 'GET',
  path: '',
  who: 'case',
  roles: lookingRoles,
  answer: async ({ base, case: onCase, place, roles, session, grant, now }) => {
    const user = { body: place.id, person: session.person.id };
    const used = await base.snapshot((questions) => usedToday(questions, user, now), { use: 'pages' });
    const { purpose, reference, since, isEmergency } = onCase;
    const left = Math.max(0, Math.min(grant.personQuota - used.person, grant.bodyQuota - used.body));
    return {
      title: purposes[purpose].name,
      main: html`<h1>${isEmergency && 'Emergência: '}${purposes[purpose].name}</h1>
        ${facts([
          [purposes[purpose].reference, reference],
          ['Desde', writtenMoment(since)],
          ['Acordo', `${grant.agreement}, até ${writtenDay(grant.until)}`],
          [
            'Consultas que restam hoje',
            `${left.toLocaleString('pt-BR')}${isEmergency ? ' (a cota não interrompe uma emergência)' : ''}`,
          ],
        ])}
        <p><a class="br-button primary" href="${`/caso/${onCase.number}/busca`}">Buscar uma pessoa</a></p>
        ${roles.includes('revisor') && html`<p><a class="br-button secondary" href="${`/caso/${onCase.number}/vinculacao`}">Revisar vínculos</a></p>`}
        <p>O que você consultar aqui fica registrado com esta finalidade. Para outro caso, <a href="/finalidade">escolha outra</a>.</p>`,
    };
  },
});
