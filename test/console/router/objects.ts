import type { Test } from 'tap';
import { raiseAlarm } from '../../../central/base/access-layer/alarms.ts';
import type { ConsoleRoute } from '../../../central/console/route.ts';
import { routes } from '../../../central/console/routes.ts';
import { blockRead, madeDue, madeIdle } from '../due.ts';
import {
  audited,
  type Browser,
  browserOf,
  type ConsoleScene,
  madeBody,
  madeCase,
  madePerson,
} from '../scene.ts';
import { withApp } from '../second-factor/people.ts';
import { bodyObjects } from './body-objects.ts';
import { requestObjects } from './request-objects.ts';

/** Whether it takes the name of a thing: in its address, besides a case, or in its form, where that names one. */
function isNaming({ path, form }: ConsoleRoute): boolean {
  return /:(?!caso\b)/.test(path) || ['sessao', 'orgao'].some((name) => Object.hasOwn(form.properties, name));
}

/**
 * ASVS 8.2.2, 8.4.1: each route that takes the name of a thing stands here, with what comes of one that is another's. A
 * case is of its session, as is seen of every route that is of one.
 */
export async function objectsOfOthers(t: Test, scene: ConsoleScene): Promise<void> {
  const { base, now } = scene;
  const [mine, theirs] = [await madeBody(scene), await madeBody(scene)];
  const agent = await madePerson(scene, mine.id, ['agente']);
  const stranger = await madePerson(scene, theirs.id, ['agente']);
  const auditor = await madePerson(scene, mine.id, ['auditor']);
  const audit = await browserOf(scene, auditor.id);
  const alarmAbout = async (person: string, body: string) => {
    const noticed = { rule: 'recusas', person, body, day: '2026-11-29', measure: 30, limit: 20 };
    await base.transaction((tx) => raiseAlarm(tx, noticed, now()));
    return idOf('SELECT id FROM acesso.alarme WHERE pessoa = $1', person);
  };
  const emergencyOf = async (person: string) => {
    const browser = await browserOf(scene, person);
    await madeCase(scene, browser.session, 'execucao-penal', true);
    return idOf('SELECT id FROM acesso.emergencia WHERE pessoa = $1', person);
  };
  const idOf = async (sql: string, person: string) => {
    const [found] = await base.snapshot((questions) => questions.query<{ id: string }>(sql, [person]));
    return found?.id ?? '';
  };
  /** Auditors watch over all bodies, but not over themselves. */
  const ofAuditors = (path: string, make: (person: string, body: string) => Promise<string>) => ({
    [`GET ${path}/:id`]: async (t: Test) => {
      t.equal((await audit.get(`${path}/${await make(stranger.id, theirs.id)}`)).status, 200);
      const id = await make(auditor.id, mine.id);
      t.notMatch((await audit.get(`${path}/${id}`)).text, 'name="parecer"', 'of themselves nothing is asked');
    },
    [`POST ${path}/:id`]: async (t: Test) => {
      const id = await make(auditor.id, mine.id);
      const said = { parecer: 'Nada de errado foi encontrado.', justificada: 'sim' };
      t.equal((await audit.post(`${path}/${id}`, said)).status, 403);
      t.match((await audited(scene, 1)).at(-1), { problem: 'own-doing', person: auditor.id });
    },
  });
  const factorOfAnother = async () => {
    const { person } = await withApp(scene);
    return { id: await idOf('SELECT id FROM acesso.fator WHERE pessoa = $1', person.id), person };
  };
  const ask = async (browser: Browser, path: string, form?: Record<string, string>) =>
    (await (form === undefined ? browser.get(path) : browser.post(path, form))).status;
  const everybodys = async (t: Test) => t.pass('articles are everybody’s');

  /** What is of people is seen by what the grant of one's own body shows, wherever it is asked for: see `sight` tests. */
  const unseen = await browserOf(scene, agent.id);
  const nobody = '00000000-0000-4000-8000-000000000000';
  const ofNobody = (path: string) => async (t: Test) => {
    const number = await madeCase(scene, unseen.session);
    t.equal(await ask(unseen, `/caso/${number}${path}`), 404, 'whom nobody sees nobody has');
  };
  const reviewer = await browserOf(scene, (await madePerson(scene, mine.id, ['revisor'])).id);
  const reviewing = (path: string, form?: Record<string, string>) => async (t: Test) => {
    const number = await madeCase(scene, reviewer.session);
    t.equal(await ask(reviewer, `/caso/${number}${path}`, form), 404, 'what is not seen is not there');
  };
  const ofNoState = (path: string, browser: Browser, form?: Record<string, string>) => async (t: Test) => {
    const status = await ask(browser, path, form);
    t.ok(status === 404 || status === 403, `${path}: ${status}`);
  };
  const operator = await browserOf(scene, (await madePerson(scene, mine.id, ['operador'])).id);
  const registrar = await browserOf(
    scene,
    (await madePerson(scene, mine.id, ['cadastrador-autorizador'])).id,
  );
  /** Whoever lets people in does so for their own body; from the central one for all. */
  const ofRegistrars = (
    path: string,
    formOf: (id: string) => Promise<Record<string, string>>,
    make: (body: string) => Promise<string>,
  ) => ({
    [`GET ${path}/:id`]: async (t: Test) => {
      t.equal(await ask(registrar, `${path}/${await make(mine.id)}`), 200);
      t.equal(await ask(registrar, `${path}/${await make(theirs.id)}`), 404);
      t.equal(await ask(registrar, `${path}/${nobody}`), 404);
    },
    [`POST ${path}/:id`]: async (t: Test) => {
      const motivo = 'Conferi com a chefia imediata dela.';
      const send = async (id: string) => ask(registrar, `${path}/${id}`, { ...(await formOf(id)), motivo });
      t.equal(await send(await make(theirs.id)), 404);
      t.equal(await send(nobody), 404);
      t.equal(await send(await make(mine.id)), 303);
    },
  });
  const pages = [
    ...['', '/caminho', '/custodias', '/faltas', '/movimentacoes', '/outros-nomes', '/penas'],
    ...[
      '/por-que',
      '/processos',
      '/rede',
      '/remicoes',
      '/saude',
      '/trabalho-e-estudo',
      '/vinculos',
      '/visitas',
    ],
  ];

  const shown: Readonly<Record<string, (t: Test) => Promise<unknown>>> = {
    ...Object.fromEntries(
      pages.map((page) => [`GET /caso/:caso/pessoa/:id${page}`, ofNobody(`/pessoa/${nobody}${page}`)]),
    ),
    'GET /caso/:caso/pessoa/:id/origem/:visao/:fonte/:chave': ofNobody(
      `/pessoa/${nobody}/origem/custodiado/AL/1`,
    ),
    'GET /caso/:caso/pessoa/:id/consultas': async (t) => {
      const looking = await browserOf(scene, auditor.id);
      const number = await madeCase(scene, looking.session);
      t.equal(await ask(looking, `/caso/${number}/pessoa/${nobody}/consultas`), 404);
    },
    'GET /caso/:caso/vinculacao/:a/:b': reviewing(`/vinculacao/${nobody}/${nobody}`),
    'POST /caso/:caso/vinculacao/:a/:b': reviewing(`/vinculacao/${nobody}/${nobody}`, {}),
    'GET /caso/:caso/vinculacao/decisoes/:numero': reviewing('/vinculacao/decisoes/999'),
    'POST /caso/:caso/vinculacao/decisoes/:numero': reviewing('/vinculacao/decisoes/999', {}),
    'GET /codigos/:uf': ofNoState('/codigos/ZZ', reviewer),
    'GET /codigos/:uf/:coluna': ofNoState('/codigos/ZZ/custodia.regime', reviewer),
    'POST /codigos/:uf/:coluna': ofNoState('/codigos/ZZ/custodia.regime', reviewer, {}),
    'GET /estados/:uf': ofNoState('/estados/ZZ', operator),
    'GET /estados/:uf/decisoes/:ref': ofNoState('/estados/ZZ/decisoes/3f9a1c', operator),
    'POST /estados/:uf/decisoes/:ref': ofNoState('/estados/ZZ/decisoes/3f9a1c', operator, {}),
    'GET /achados/:uf': ofNoState('/achados/ZZ', unseen),
    'GET /achados/:uf/:visao/:regra': ofNoState('/achados/ZZ/custodia/C01', unseen),
    'GET /caso/:caso/achados/:uf': ofNobody('/achados/ZZ'),
    'GET /caso/:caso/achados/:uf/:visao/:regra': ofNobody('/achados/ZZ/custodia/C01'),
    ...ofRegistrars(
      '/recertificacao',
      async () => ({ decisao: 'encerrar' }),
      async (body) => {
        const due = await madeDue(scene, body);
        return due.role;
      },
    ),
    ...ofRegistrars(
      '/bloqueadas',
      async (id) => ({ desde: await blockRead(registrar, id) }),
      async (body) => (await madeIdle(scene, body)).id,
    ),
    ...ofAuditors('/alarmes', alarmAbout),
    ...ofAuditors('/emergencias', emergencyOf),
    'GET /auditoria/:numero': async (t) => {
      const entries = await audited(scene);
      const number = entries.findLastIndex(({ person }) => person === stranger.id) + 1;
      t.equal(await ask(audit, `/auditoria/${number}`), 200, 'of all bodies');
      t.match((await audited(scene, 1)).at(-1), { event: 'audit-entry-opened', person: auditor.id });
    },
    'POST /auditoria': async (t) => {
      t.equal(await ask(audit, '/auditoria', { orgao: theirs.short }), 303, 'of all bodies');
      t.match((await audited(scene, 1)).at(-1), { route: '/auditoria', person: auditor.id, problem: null });
    },
    'GET /segundo-fator/meus/:fator': async (t) => {
      const { id } = await factorOfAnother();
      const browser = await browserOf(scene, agent.id);
      t.equal(await ask(browser, `/segundo-fator/meus/${id}`), 404);
    },
    'POST /segundo-fator/meus/:fator/nome': async (t) => {
      const { id, person } = await factorOfAnother();
      const browser = await browserOf(scene, agent.id);
      t.equal(await ask(browser, `/segundo-fator/meus/${id}/nome`, { nome: 'Outro' }), 404);
      const named = "SELECT id FROM acesso.fator WHERE pessoa = $1 AND nome = 'Celular'";
      t.equal(await idOf(named, person.id), id);
    },
    'POST /segundo-fator/meus/:fator/remover': async (t) => {
      const { id, person } = await factorOfAnother();
      const { browser } = await withApp(scene);
      t.equal(
        await ask(browser, `/segundo-fator/meus/${id}/remover`, {}),
        404,
        'who has just shown a factor',
      );
      const held = 'SELECT id FROM acesso.fator WHERE pessoa = $1 AND segredo IS NOT NULL';
      t.equal(await idOf(held, person.id), id);
    },
    'POST /conta/encerrar': async (t) => {
      const [own, other] = [await browserOf(scene, agent.id), await browserOf(scene, stranger.id)];
      await own.post('/conta/encerrar', { sessao: other.session });
      t.equal(await ask(other, '/'), 200);
    },
    'POST /orgao': async (t) => {
      const browser = await browserOf(scene, agent.id);
      t.equal(await ask(browser, '/orgao', { orgao: theirs.id }), 403);
      t.match((await browser.get('/')).text, mine.short);
    },
    ...requestObjects(scene),
    ...(await bodyObjects(scene)),
    'GET /ajuda/:artigo': everybodys,
    'POST /ajuda/:artigo/voto': everybodys,
  };

  t.strictSame(
    Object.keys(shown).toSorted(),
    routes
      .filter(isNaming)
      .map(({ method, path }) => `${method} ${path}`)
      .toSorted(),
    'a new route that takes the name of a thing gets its line here',
  );
  for (const [route, show] of Object.entries(shown)) await t.test(route, show);
}
