import type { Test } from 'tap';
import { routes } from '../../../central/console/routes.ts';
import { query } from '../../support/bases.ts';
import { atGrants, atTies, centralBody, grantForm, officer, reason } from '../bodies/people.ts';
import { type Browser, type ConsoleScene, madeBody } from '../scene.ts';

type Show = (t: Test) => Promise<unknown>;

const nobody = '00000000-0000-4000-8000-000000000000';
/** Those of bodies whose second id names something of theirs. */
const named = ['estrutura', 'lotacao', 'colecao', 'concessao', 'proposta'] as const;

/** A body that has one of each of what an address names. */
async function wholeBody(scene: ConsoleScene) {
  const { edited, structure, tie, ties } = await atTies(scene);
  await tie(structure);
  const [held] = await ties();
  const collection = await edited.collection(structure);
  const { one } = await atGrants(scene);
  await one.browser.post(`/orgaos/${edited.body}/concessoes`, grantForm);
  const idIn = async (table: string) => {
    const sql = `SELECT id FROM acesso.${table} WHERE orgao = $1`;
    return (await query<{ id: string }>(scene.base, sql, [edited.body]))[0]?.id ?? '';
  };
  return {
    ...{ id: edited.body, estrutura: structure, lotacao: held?.id ?? '', colecao: collection },
    ...{ concessao: await idIn('concessao'), proposta: await idIn('concessao_proposta') },
  };
}

/**
 * Bodies are their own registrars' to see, and from the central one all; whatever an address names is of the body that it
 * names. To whoever may not see it, it is as if there were none.
 */
export async function bodyObjects(scene: ConsoleScene): Promise<Readonly<Record<string, Show>>> {
  const [mine, central] = [await madeBody(scene), await centralBody(scene)];
  const theirs = await wholeBody(scene);
  const browsers = new Map<string, Promise<Browser>>();
  const browserIn = (body: string, role: Parameters<typeof officer>[2]) => {
    const made = browsers.get(`${body} ${role}`) ?? officer(scene, body, role).then(({ browser }) => browser);
    browsers.set(`${body} ${role}`, made);
    return made;
  };
  const concerned = routes.filter(
    ({ path }) => path.startsWith('/orgaos/:id') && !path.endsWith('/autoridade'),
  );
  const shown = concerned.map(({ method, path, needs, form }): [string, Show] => [
    `${method} ${path}`,
    async (t) => {
      const version = Object.hasOwn(form.properties, 'versao') ? { versao: '0' } : {};
      const address = (ids: Readonly<Record<string, string>>) =>
        path.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? nobody);
      const ask = async (browser: Browser, ids: Readonly<Record<string, string>>) =>
        (method === 'GET' ? await browser.get(address(ids)) : await browser.post(address(ids), version))
          .status;
      for (const role of needs.roles) {
        t.equal(await ask(await browserIn(mine.id, role), theirs), 404, `${role} of another body`);
        const fromCentral = await browserIn(central, role);
        t.equal(await ask(fromCentral, { ...theirs, id: nobody }), 404, 'of no body');
        if (method === 'GET') t.equal(await ask(fromCentral, theirs), 200, `${role} of the central body`);
        const second = named.find((name) => path.includes(`:${name}`));
        if (second === undefined) continue;
        t.equal(
          await ask(fromCentral, { ...theirs, id: mine.id }),
          404,
          'of another body than its address says',
        );
        t.equal(await ask(fromCentral, { ...theirs, [second]: nobody }), 404, 'which there is not');
        t.equal(await ask(fromCentral, { ...theirs, [second]: 'x' }), 404, 'what is no id');
      }
    },
  ]);
  const inForms: readonly [string, Show][] = [
    [
      'POST /orgaos/:id/concessoes',
      async (t) => {
        const decides = await browserIn(central, 'cadastrador-autorizador');
        const form = { ...grantForm, substitui: theirs.concessao };
        t.equal((await decides.post(`/orgaos/${mine.id}/concessoes`, form)).status, 404);
        const path = `/orgaos/${mine.id}/concessoes/nova?substitui=${theirs.concessao}`;
        t.equal((await decides.get(path)).status, 404);
      },
    ],
    [
      'POST /orgaos/:id/estruturas',
      async (t) => {
        const edits = await browserIn(mine.id, 'cadastrador-estruturas');
        const form = { nome: 'Setor', acima: theirs.estrutura, versao: '0' };
        const answer = await edits.post(`/orgaos/${mine.id}/estruturas`, form);
        t.equal(answer.status, 422);
        t.match(answer.text, 'Escolha uma da lista.');
      },
    ],
    [
      'POST /orgaos/:id/estruturas/:estrutura/pessoas',
      async (t) => {
        const ties = await browserIn(theirs.id, 'cadastrador-vinculador');
        const stranger = await officer(scene, mine.id, 'agente');
        const path = `/orgaos/${theirs.id}/estruturas/${theirs.estrutura}/pessoas`;
        const answer = await ties.post(path, { pessoa: stranger.id, versao: '0' });
        t.equal(answer.status, 422, 'who has no role there');
        t.notMatch(answer.text, stranger.name);
      },
    ],
    [
      'POST /orgaos/:id/propostas/:proposta',
      async (t) => {
        const own = await browserIn(theirs.id, 'cadastrador-autorizador');
        const path = `/orgaos/${theirs.id}/propostas/${theirs.proposta}`;
        t.equal((await own.get(path)).status, 200, 'a body sees what is proposed about it');
        const answer = await own.post(path, { resposta: 'confirmar', parecer: reason });
        t.equal(answer.status, 404, 'and does not decide it');
      },
    ],
    [
      'POST /orgaos/:id/propostas/:proposta/retirar',
      async (t) => {
        const own = await browserIn(theirs.id, 'cadastrador-autorizador');
        const path = `/orgaos/${theirs.id}/propostas/${theirs.proposta}/retirar`;
        t.equal((await own.post(path, {})).status, 404, 'nor takes it back');
      },
    ],
  ];
  const also = new Map(inForms);
  return Object.fromEntries(
    shown.map(([route, show]) => [
      route,
      async (t: Test) => {
        await show(t);
        await also.get(route)?.(t);
      },
    ]),
  );
}
