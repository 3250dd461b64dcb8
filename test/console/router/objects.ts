import type { Test } from 'tap';
import { raiseAlarm } from '../../../central/base/access-layer/alarms.ts';
import type { ConsoleRoute } from '../../../central/console/route.ts';
import { routes } from '../../../central/console/routes.ts';
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
      t.match((await audited(scene)).at(-1), { problem: 'own-doing', person: auditor.id });
    },
  });
  const factorOfAnother = async () => {
    const { person } = await withApp(scene);
    return { id: await idOf('SELECT id FROM acesso.fator WHERE pessoa = $1', person.id), person };
  };
  const ask = async (browser: Browser, path: string, form?: Record<string, string>) =>
    (await (form === undefined ? browser.get(path) : browser.post(path, form))).status;
  const everybodys = async (t: Test) => t.pass('articles are everybody’s');

  const shown: Readonly<Record<string, (t: Test) => Promise<unknown>>> = {
    ...ofAuditors('/alarmes', alarmAbout),
    ...ofAuditors('/emergencias', emergencyOf),
    'GET /auditoria/:numero': async (t) => {
      const entries = await audited(scene);
      const number = entries.findLastIndex(({ person }) => person === stranger.id) + 1;
      t.equal(await ask(audit, `/auditoria/${number}`), 200, 'of all bodies');
      t.match((await audited(scene)).at(-1), { event: 'audit-entry-opened', person: auditor.id });
    },
    'POST /auditoria': async (t) => {
      t.equal(await ask(audit, '/auditoria', { orgao: theirs.short }), 303, 'of all bodies');
      t.match((await audited(scene)).at(-1), { route: '/auditoria', person: auditor.id, problem: null });
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
