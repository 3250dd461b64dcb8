import Type from 'typebox';
import { html } from '../../../central/console/html/html.ts';
import { type ConsoleRoute, route } from '../../../central/console/route.ts';
import { type Browser, browserOf, type ConsoleScene, madeBody, madeCase, madePerson } from '../scene.ts';

export const page = async () => ({ title: 'Teste', main: html`<h1>Mostrado</h1>` });
const look = { terms: { words: 'fulano' }, found: 2, shown: ['r1', 'r2'] };

/** A route of each kind that there is. */
export const kinds: readonly ConsoleRoute[] = [
  route({ method: 'GET', path: '/t/anyone', who: 'anyone', answer: page }),
  route({ method: 'GET', path: '/t/signing-in', who: 'signing-in', answer: page }),
  route({ method: 'GET', path: '/t/signed-in', who: 'signed-in', answer: page }),
  route({ method: 'GET', path: '/t/member', who: 'member', answer: page }),
  route({ method: 'GET', path: '/t/auditor', who: 'member', roles: ['auditor'], answer: page }),
  route({
    ...{ method: 'GET', path: '/t/people', who: 'case', roles: ['agente'], views: ['custodiado'] },
    showsPeople: true,
    answer: async () => ({ ...(await page()), look }),
  }),
  route({
    ...{
      method: 'GET',
      path: '/t/sensitive',
      who: 'case',
      views: ['custodiado'],
      fields: ['custodiado.cor_raca'],
    },
    answer: page,
  }),
  route({
    ...{
      method: 'POST',
      path: '/t/form',
      who: 'member',
      form: Type.Object({ nome: Type.String({ maxLength: 5 }) }),
    },
    answer: async ({ form }) => ({
      goTo: '/t/member',
      event: { event: 'form-sent', length: form.nome.length },
    }),
  }),
  route({
    ...{ method: 'GET', path: '/t/untold', who: 'case', showsPeople: true, views: ['custodiado'] },
    roles: ['agente'],
    answer: page,
  }),
];

export interface Made {
  readonly id: string;
  readonly body: { readonly id: string; readonly grant: string };
  readonly browser: Browser;
  readonly people: string;
}

/** An agent of a body of their own, at work. */
export async function madeMember(scene: ConsoleScene): Promise<Made> {
  const body = await madeBody(scene);
  const { id } = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, id);
  return { id, body, browser, people: `/caso/${await madeCase(scene, browser.session)}/t/people` };
}
