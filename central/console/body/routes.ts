import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { chooseBody } from '../../base/access-layer/sessions.ts';
import { roleName } from '../access/roles.ts';
import { placeOf } from '../enforce.ts';
import { postButton } from '../html/form.ts';
import { html } from '../html/html.ts';
import { type ConsoleRoute, route } from '../route.ts';

/** In which body somebody works: for those who have roles in several. */
const bodyRoute = route({
  method: 'GET',
  path: '/orgao',
  who: 'signed-in',
  answer: async ({ session, formToken: token }) => {
    const here = placeOf(session)?.id;
    return {
      title: 'Órgão',
      main: html`<h1>Em que órgão você vai trabalhar?</h1>
        ${
          session.places.length === 0
            ? html`<p>Hoje você não tem papel em nenhum órgão, então não há o que consultar. Procure o Cadastrador Vinculador do seu órgão.</p>
              <p><a href="/conta">Minha conta</a></p>
              ${postButton({ action: '/sair', token, label: 'Sair' })}`
            : html`<ul>${session.places.map(
                ({ id, name, short, roles: held }) => html`<li>
              <p><strong>${name}</strong> (${short}): ${held.map(roleName).join(', ')}.</p>
              ${
                id === here
                  ? html`<p>Você está trabalhando aqui. <a href="/">Continuar</a></p>`
                  : postButton({
                      action: '/orgao',
                      token,
                      label: `Trabalhar em ${short}`,
                      children: html`<input type="hidden" name="orgao" value="${id}">`,
                    })
              }
            </li>`,
              )}</ul>`
        }`,
    };
  },
});

const chooseRoute = route({
  method: 'POST',
  path: '/orgao',
  who: 'signed-in',
  form: Type.Object({ orgao: Type.String() }),
  answer: async ({ session, form: { orgao } }) => {
    const place = session.places.find(({ id }) => id === orgao);
    // It ended since the page was made, or was never theirs.
    if (place === undefined) throw new GuaritaError('body-needed');
    return {
      act: async (tx) => {
        await chooseBody(tx, session.id, place.id);
        return { goTo: '/', event: { event: 'body-chosen', chosen: place.id } };
      },
    };
  },
});

export const bodyRoutes: readonly ConsoleRoute[] = [bodyRoute, chooseRoute];
