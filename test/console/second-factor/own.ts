import type { Test } from 'tap';
import { lockFactorsOf, removeFactor, removeFactorsOf } from '../../../central/base/access-layer/factors.ts';
import type { TestBases } from '../../support/bases.ts';
import { audited, type Browser, browserOf, type ConsoleScene } from '../scene.ts';
import { App, after, givenApp, registerApp, secretIn, signingIn, statusesOf, withApp } from './people.ts';

const mine = '/segundo-fator/meus';
const ask = '/segundo-fator';

/** What somebody has of second factors. */
export async function own(t: Test, scene: ConsoleScene, kind: TestBases['kind']): Promise<void> {
  const idsIn = (text: string) =>
    [...text.matchAll(/href="\/segundo-fator\/meus\/([0-9a-f-]{36})"/g)].map(([, id]) => id as string);
  /** Adds another app in a session that has just shown one. */
  const addApp = async (browser: Browser) => {
    const { browser: later, app } = await registerApp(scene, browser);
    return { app, browser: later, ids: idsIn((await later.get(mine)).text) };
  };
  const remove = (browser: Browser, id: string) => browser.post(`${mine}/${id}/remover`, {});

  await t.test('it is listed, and called as one likes', async (t) => {
    const { browser } = await withApp(scene);
    const page = await browser.get(mine);
    t.match(page.text, 'Celular</a>');
    t.match(page.text, 'Cadastre mais um');
    const [id = ''] = idsIn(page.text);
    t.match((await browser.get(`${mine}/${id}`)).text, 'Aplicativo autenticador, desde 0');
    t.equal((await browser.post(`${mine}/${id}/nome`, { nome: ' \0 ' })).status, 422);
    t.equal((await browser.post(`${mine}/${id}/nome`, { nome: '<b>Novo\0' })).location, mine);
    t.match((await browser.get(mine)).text, '&lt;b&gt;Novo</a>');
    t.match((await audited(scene, 1)).at(-1), { event: 'second-factor-renamed', kind: 'totp', factor: id });
    t.notMatch(JSON.stringify((await audited(scene, 1)).at(-1)), 'Novo');
  });

  await t.test("somebody else's is not there", async (t) => {
    const [one, other] = [await withApp(scene), await withApp(scene)];
    const [id = ''] = idsIn((await other.browser.get(mine)).text);
    t.equal((await one.browser.get(`${mine}/${id}`)).status, 404);
    t.equal((await one.browser.post(`${mine}/${id}/nome`, { nome: 'x' })).status, 404);
    t.equal((await remove(one.browser, id)).status, 404);
    t.strictSame(idsIn((await other.browser.get(mine)).text), [id]);
    t.equal((await one.browser.get(`${mine}/x`)).status, 400);
  });

  await t.test('to remove one, one is shown anew; the other sessions end (ASVS 7.5.1, 7.5.3)', async (t) => {
    const { person, app, browser } = await withApp(scene);
    const { ids, browser: two } = await addApp(browser);
    t.equal(ids.length, 2);
    const other = await browserOf(scene, person.id);
    scene.clock.pass(15 * 60_000);
    const tried = await remove(two, ids[1] as string);
    t.strictSame(
      [tried.status, tried.location],
      [303, `/segundo-fator?depois=${encodeURIComponent(`${mine}/${ids[1]}`)}`],
    );
    t.equal(idsIn((await two.get(mine)).text).length, 2);
    const shown = await two.post(ask, { codigo: app.code(scene), depois: `${mine}/${ids[1]}` });
    t.equal(shown.location, `${mine}/${ids[1]}`);
    const fresh = after(scene, two, shown);
    t.equal((await remove(fresh, ids[1] as string)).location, mine);
    t.strictSame(idsIn((await fresh.get(mine)).text), [ids[0]]);
    t.equal((await other.get('/')).status, 401, 'another session of this person');
    t.match(
      (await audited(scene)).find(({ event }) => event === 'second-factor-removed'),
      {
        ...{ kind: 'totp', factor: ids[1], sessions: 1, person: person.id },
      },
    );
  });

  await t.test('what was removed is of no use', async (t) => {
    const { person, app, browser } = await withApp(scene);
    const { ids, browser: two } = await addApp(browser);
    t.equal((await remove(two, ids[0] as string)).location, mine);
    scene.clock.pass(60_000);
    const next = await signingIn(scene, person.id);
    t.equal((await next.post(ask, { codigo: app.code(scene) })).status, 422);
    const left = await scene.base.snapshot((q) =>
      q.query('SELECT 1 FROM acesso.fator WHERE id = $1 AND segredo IS NOT NULL', [ids[0]]),
    );
    t.strictSame(left, []);
  });

  await t.test('the last one stays while a role has power, also of two removed at once', async (t) => {
    const { browser } = await withApp(scene);
    const [only = ''] = idsIn((await browser.get(mine)).text);
    const last = await remove(browser, only);
    t.equal(last.status, 422);
    t.match(last.text, 'único segundo fator');
    const { ids, browser: two } = await addApp(browser);
    const removed = await Promise.all(ids.map((id) => remove(two, id)));
    t.strictSame(statusesOf(removed), [303, 422]);
    t.equal(idsIn((await two.get(mine)).text).length, 1);
  });

  // In process there is one transaction at a time.
  const beside = kind === 'PostgreSQL' ? {} : { skip: kind };
  await t.test('who changes them waits for who does so already', beside, async (t) => {
    const { person } = await withApp(scene);
    let second = Promise.resolve<readonly unknown[]>([]);
    await scene.base.transaction(async (tx) => {
      const [held] = await lockFactorsOf(tx, person.id);
      second = scene.base.transaction((later) => lockFactorsOf(later, person.id));
      // More than enough for one who does not wait.
      for (let asked = 0; asked < 100; asked += 1) await tx.query('SELECT 1');
      await removeFactor(tx, held?.id ?? '', scene.now());
    });
    t.strictSame(await second, []);
  });

  await t.test('without such a role the last one goes, too', async (t) => {
    const { browser } = await withApp(scene, ['agente']);
    const [only = ''] = idsIn((await browser.get(mine)).text);
    t.equal((await remove(browser, only)).location, mine);
    t.match((await browser.get(mine)).text, 'Você não tem segundo fator');
  });

  await t.test('to register another one, one is shown anew, and there is an end to it', async (t) => {
    const { person, app, browser } = await withApp(scene, ['agente']);
    scene.clock.pass(15 * 60_000);
    t.equal(
      (await browser.get('/segundo-fator/novo')).location,
      '/segundo-fator?depois=%2Fsegundo-fator%2Fnovo',
    );
    const shown = await browser.post(ask, { codigo: app.code(scene), depois: '/segundo-fator/novo' });
    t.equal(shown.location, '/segundo-fator/novo');
    let last = after(scene, browser, shown);
    for (let held = 1; held < 9; held += 1) await givenApp(scene, person.id);
    last = (await registerApp(scene, last)).browser;
    const full = await last.get('/segundo-fator/novo');
    t.match(full.text, 'número máximo');
    t.equal(secretIn(full), '');
  });

  await t.test('who lost them all is known by none of them, and is signed in nowhere', async (t) => {
    const { person, app, browser } = await withApp(scene);
    const removed = await scene.base.transaction((tx) =>
      removeFactorsOf(tx, { person: person.id, why: 'factors-removed' }, scene.now()),
    );
    t.strictSame(removed, { factors: 1, sessions: 1 });
    t.equal((await browser.get('/')).status, 401);
    const next = await signingIn(scene, person.id);
    t.equal((await next.post(ask, { codigo: app.code(scene) })).status, 422);
    t.equal((await next.get(ask)).location, '/segundo-fator/novo');
    const anew = new App(secretIn(await next.get('/segundo-fator/novo')));
    const answer = await next.post('/segundo-fator/novo', { codigo: anew.code(scene), nome: '' });
    t.equal(answer.location, '/');
  });
}
