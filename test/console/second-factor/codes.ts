import type { Test } from 'tap';
import { audited, browserOf, type ConsoleScene } from '../scene.ts';
import { App, after, madeMember, registerApp, secretIn, signingIn, statusesOf, withApp } from './people.ts';

/** Codes of an authenticator app. */
export async function codes(t: Test, scene: ConsoleScene): Promise<void> {
  const ask = '/segundo-fator';
  const register = '/segundo-fator/novo';

  await t.test('the first one is registered at sign-in, and counts when a code of it was seen', async (t) => {
    const before = (await audited(scene)).length;
    const person = await madeMember(scene);
    const browser = await signingIn(scene, person.id, 'cadastrar-fator');
    t.equal((await browser.get('/')).location, register);
    t.equal((await browser.get(ask)).location, register, 'there is none to ask for');
    const page = await browser.get(register);
    const secret = secretIn(page);
    t.match(secret, /^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$/);
    t.match(page.text, '<svg');
    t.notMatch(page.text, / style=|<style|otpauth:/, 'nothing that the policy refuses, no address in it');
    t.equal(secretIn(await browser.get(register)), secret, 'the page shows the same one again');

    const app = new App(secret);
    const wrong = await browser.post(register, { codigo: app.wrong(scene), nome: 'Meu "celular"' });
    t.equal(wrong.status, 422);
    t.equal(secretIn(wrong), secret);
    t.match(wrong.text, 'Meu &quot;celular&quot;');
    t.equal((await browser.get('/')).location, register, 'it does not count yet');

    const right = await browser.post(register, { codigo: app.code(scene), nome: '' });
    t.strictSame([right.status, right.location], [303, '/']);
    const goesOn = after(scene, browser, right);
    t.not(goesOn.secret, browser.secret);
    t.equal((await goesOn.get('/')).status, 200, 'the role with power is of use');
    t.equal((await browser.get('/')).location, '/entrar', 'what the browser held before is worth nothing');

    const written = (await audited(scene)).slice(before).filter(({ method }) => method === 'POST');
    t.match(written, [
      { event: 'second-factor-not-added', kind: 'totp', why: 'code', person: person.id },
      { event: 'second-factor-added', kind: 'totp', person: person.id },
    ]);
    t.notMatch(JSON.stringify(written), new RegExp(secret.replaceAll(' ', '')));
    const [kept] = await scene.base.snapshot((q) =>
      q.query<{ held: string }>(
        "SELECT encode(segredo, 'escape') AS held FROM acesso.fator WHERE pessoa = $1",
        [person.id],
      ),
    );
    t.notMatch(kept?.held, secret.slice(0, 4), 'the base does not tell it');
  });

  await t.test(
    'the code of this step and of those beside it, each once, none before it (ASVS 6.5.1)',
    async (t) => {
      const { person, app } = await withApp(scene);
      const show = async (codigo: string) =>
        (await (await signingIn(scene, person.id)).post(ask, { codigo })).status;
      t.equal(await show(app.code(scene, -2)), 422);
      t.equal(await show(app.code(scene, 2)), 422);
      t.equal(await show(app.code(scene, -1)), 303);
      t.equal(await show(app.code(scene, -1)), 422, 'again');
      t.equal(await show(app.code(scene, 1)), 303);
      t.equal(await show(app.code(scene, 0)), 422, 'an earlier one than was taken');
      scene.clock.pass(60_000);
      const spaced = app.code(scene).replace(/^(...)/, ' $1 ');
      t.equal(await show(spaced), 303, 'as the app shows it');
    },
  );

  await t.test('at the registration, too, a code is used up', async (t) => {
    const person = await madeMember(scene);
    const browser = await signingIn(scene, person.id, 'cadastrar-fator');
    const app = new App(secretIn(await browser.get(register)));
    await browser.post(register, { codigo: app.code(scene), nome: '' });
    const other = await signingIn(scene, person.id);
    t.equal((await other.post(ask, { codigo: app.code(scene) })).status, 422);
  });

  await t.test('it goes on in an open session under another secret', async (t) => {
    const { person, app } = await withApp(scene);
    const browser = await signingIn(scene, person.id);
    t.equal((await browser.get('/')).location, ask);
    t.match((await browser.get(ask)).text, 'one-time-code');
    const shown = await browser.post(ask, { codigo: app.code(scene) });
    t.strictSame([shown.status, shown.location], [303, '/']);
    t.equal((await after(scene, browser, shown).get('/')).status, 200);
    t.equal((await browser.get('/')).location, '/entrar');
    t.equal((await browser.post(ask, { codigo: app.code(scene) })).status, 401);
  });

  await t.test('an open session in which none was shown is asked when a role has power', async (t) => {
    const { person, app } = await withApp(scene);
    const browser = await browserOf(scene, person.id, { factor: false });
    t.equal((await browser.get('/')).location, ask);
    const shown = await browser.post(ask, { codigo: app.code(scene) });
    t.equal((await after(scene, browser, shown).get('/')).status, 200);
  });

  await t.test('one in which there is none to ask for registers one', async (t) => {
    const person = await madeMember(scene);
    const browser = await browserOf(scene, person.id, { factor: false });
    t.equal((await browser.get('/')).location, ask);
    t.equal((await browser.get(`${ask}?depois=/caso/3`)).location, `${register}?depois=%2Fcaso%2F3`);
    const { answer, browser: later } = await registerApp(scene, browser);
    t.equal(answer.location, '/');
    t.equal((await later.get('/')).status, 200);
  });

  await t.test('it leads to the page that was asked for, if that is one of this site', async (t) => {
    const { person, app } = await withApp(scene);
    const pages = [
      ['/caso/3/pessoa?id=4', '/caso/3/pessoa?id=4'],
      ['//outro.example', '/'],
      ['https://outro.example/', '/'],
      ['/\\outro.example', '/'],
      ['x', '/'],
    ] as const;
    for (const [asked, led] of pages) {
      scene.clock.pass(60_000);
      const browser = await signingIn(scene, person.id);
      const page = await browser.get(`${ask}?depois=${encodeURIComponent(asked)}`);
      const depois = /name="depois" value="([^"]*)"/.exec(page.text)?.[1] ?? '';
      t.equal(depois, led);
      const wrong = await browser.post(ask, { codigo: 'x', depois: asked });
      t.match(wrong.text, `name="depois" value="${led}"`);
      t.equal((await browser.post(ask, { codigo: app.code(scene), depois: asked })).location, led);
    }
  });

  await t.test('of two at once with one code one gets in', async (t) => {
    const { person, app } = await withApp(scene);
    const browsers = await Promise.all([1, 2, 3, 4].map(() => signingIn(scene, person.id)));
    const codigo = app.code(scene);
    const shown = await Promise.all(browsers.map((browser) => browser.post(ask, { codigo })));
    t.strictSame(statusesOf(shown), [303, 422, 422, 422]);
  });

  await t.test('what is no code is a wrong one', async (t) => {
    const typed = ['', '12345', '1234567', 'abcdef', '１２３４５６', '١٢٣٤٥٦', '💥💥💥', '12345\0', "' OR 1"];
    const registering = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    await registering.get(register);
    const wrong = await Promise.all(typed.map((codigo) => registering.post(register, { codigo, nome: '' })));
    t.strictSame(new Set(wrong.map(({ status }) => status)), new Set([422]));
    let browser = registering;
    for (const [index, codigo] of typed.entries()) {
      // After five of them one waits.
      if (index % 5 === 0) browser = await signingIn(scene, (await withApp(scene)).person.id);
      const answer = await browser.post(ask, { codigo });
      t.strictSame([answer.status, /não confere/.test(answer.text)], [422, true], codigo);
    }
    t.equal((await browser.post(ask, { codigo: '1'.repeat(101) })).status, 400);
  });

  await t.test('who guesses waits, longer each time, in whichever session', async (t) => {
    const { person, app } = await withApp(scene);
    const show = async (codigo: string) => (await signingIn(scene, person.id)).post(ask, { codigo });
    for (let tries = 1; tries <= 6; tries += 1) t.equal((await show(app.wrong(scene))).status, 422);
    const waits = await show(app.code(scene));
    t.equal(waits.status, 429, 'the right one does not help');
    t.match(waits.text, 'daqui a 1 segundo.');
    scene.clock.pass(1000);
    t.equal((await show(app.wrong(scene))).status, 422);
    t.match((await show(app.wrong(scene))).text, 'daqui a 2 segundos.');
    scene.clock.pass(2000);
    t.equal((await show(app.code(scene))).status, 303);
    scene.clock.pass(60_000);
    t.equal((await show(app.wrong(scene))).status, 422, 'whoever got in is not the one who guesses');
    t.match((await show(app.code(scene))).text, 'daqui a 4 segundos.');
    t.match((await audited(scene, 1)).at(-1), { event: 'second-factor-refused', why: 'too-many-tries' });
  });

  await t.test('of guesses at once no more count than one behind the other', async (t) => {
    const { person, app } = await withApp(scene);
    const browsers = await Promise.all(Array.from({ length: 9 }, () => signingIn(scene, person.id)));
    const codigo = app.wrong(scene);
    const shown = await Promise.all(browsers.map((browser) => browser.post(ask, { codigo })));
    t.strictSame(statusesOf(shown), [422, 422, 422, 422, 422, 422, 429, 429, 429]);
  });

  await t.test('a password that is to be changed goes before it', async (t) => {
    const { person, app } = await withApp(scene);
    const browser = await signingIn(scene, person.id, 'trocar-senha');
    const asked = await Promise.all([
      ...[ask, register].map((path) => browser.get(path)),
      browser.post(ask, { codigo: app.code(scene) }),
      browser.post(register, { codigo: app.code(scene), nome: '' }),
    ]);
    for (const { status, location } of asked) t.strictSame([status, location], [303, '/senha']);
    t.equal((await browser.get('/')).location, '/senha');
  });

  await t.test('who has one registers no other with a password alone', async (t) => {
    const person = await madeMember(scene);
    // Both opened the page when there was none.
    const [owner, thief] = [
      await signingIn(scene, person.id, 'cadastrar-fator'),
      await signingIn(scene, person.id, 'cadastrar-fator'),
    ];
    const app = new App(secretIn(await thief.get(register)));
    const { app: owned, browser } = await registerApp(scene, owner);
    const tried = await thief.post(register, { codigo: app.code(scene), nome: '' });
    t.strictSame([tried.status, tried.location], [303, '/segundo-fator?depois=%2Fsegundo-fator%2Fnovo']);
    t.equal((await thief.get(register)).location, '/segundo-fator?depois=%2Fsegundo-fator%2Fnovo');
    t.equal((await thief.post(ask, { codigo: app.code(scene) })).status, 422);
    const { text } = await browser.get('/segundo-fator/meus');
    t.equal(text.match(/href="\/segundo-fator\/meus\//g)?.length, 1);
    const shown = await thief.post(ask, { codigo: owned.code(scene), depois: register });
    t.equal(shown.location, register, 'whoever shows it goes on to where they wanted');
  });

  await t.test('a session that was left open registers none', async (t) => {
    const { id } = await madeMember(scene, ['agente']);
    const browser = await browserOf(scene, id, { factor: false });
    const app = new App(secretIn(await browser.get(register)));
    scene.clock.pass(29 * 60_000);
    t.equal((await browser.get('/')).status, 200);
    scene.clock.pass(60_000);
    t.match((await browser.get(register)).text, 'entrado há pouco');
    const tried = await browser.post(register, { codigo: app.code(scene), nome: '' });
    t.match(tried.text, 'entrado há pouco');
    t.match((await browser.get('/segundo-fator/meus')).text, 'Você não tem segundo fator');
  });

  await t.test('a code that was read too long ago is given anew', async (t) => {
    const { app: owned, browser } = await withApp(scene);
    const app = new App(secretIn(await browser.get(register)));
    scene.clock.pass(20 * 60_000);
    const shown = await browser.post(ask, { codigo: owned.code(scene) });
    const again = after(scene, browser, shown);
    scene.clock.pass(11 * 60_000);
    const late = await again.post(register, { codigo: app.code(scene), nome: '' });
    t.equal(late.status, 422);
    t.match(late.text, 'Passou tempo demais');
    t.not(secretIn(late), '');
  });
}
