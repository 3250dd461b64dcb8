import type { Test } from 'tap';
import { type Otherwise, SoftwareKey } from '../../support/software-key.ts';
import { audited, type Browser, type ConsoleScene, origin } from '../scene.ts';
import { after, madeMember, optionsIn, signingIn, withApp } from './people.ts';

const ask = '/segundo-fator';
const register = '/segundo-fator/novo';

/** Keys that WebAuthn registers, honest ones and others. */
export async function keys(t: Test, scene: ConsoleScene): Promise<void> {
  const lastWritten = async () => (await audited(scene, 1)).at(-1) ?? {};

  /** Sends what a key answers to what the page asks it for. */
  const registers = async (browser: Browser, key: SoftwareKey, otherwise: Otherwise = {}, name = '') => {
    const options = optionsIn(await browser.get(register));
    const resposta = key.register(options, origin, otherwise);
    return browser.post(`${register}/chave`, { resposta, 'nome-chave': name });
  };
  const shows = async (browser: Browser, key: SoftwareKey, otherwise: Otherwise = {}) => {
    const resposta = key.show(optionsIn(await browser.get(ask)), origin, otherwise);
    return browser.post(`${ask}/chave`, { resposta });
  };
  /** Somebody with a key, and the session in which they registered it. */
  const withKey = async (key = new SoftwareKey()) => {
    const person = await madeMember(scene);
    const browser = await signingIn(scene, person.id, 'cadastrar-fator');
    const answer = await registers(browser, key);
    return { person, key, answer, browser: after(scene, browser, answer) };
  };

  await t.test('one is registered, and shown at the next sign-in', async (t) => {
    const { person, key, answer, browser } = await withKey();
    t.strictSame([answer.status, answer.location], [303, '/']);
    t.match(await lastWritten(), { event: 'second-factor-added', kind: 'webauthn', person: person.id });
    t.equal((await browser.get('/')).status, 200);
    const next = await signingIn(scene, person.id);
    const page = await next.get(ask);
    t.notMatch(page.text, 'one-time-code', 'no code is asked for where there is no app');
    t.match(page.text, /<p data-sem-chave>/, 'without JavaScript it says what to do');
    const options = JSON.parse(optionsIn(page)) as Record<string, unknown>;
    t.match(options, { rpId: 'localhost', userVerification: 'required' });
    t.match(options, { allowCredentials: [{ id: key.id, transports: ['usb'] }] });
    for (let times = 1; times < 4; times += 1) {
      const signing = await signingIn(scene, person.id);
      const shown = await shows(signing, key);
      t.strictSame([shown.status, shown.location], [303, '/']);
      t.match(await lastWritten(), { event: 'second-factor-shown', kind: 'webauthn', person: person.id });
      t.equal((await after(scene, signing, shown).get('/')).status, 200);
      t.equal((await signing.get('/')).location, '/entrar');
    }
  });

  await t.test('what a key is asked for when it registers', async (t) => {
    const { person, key, browser } = await withKey();
    const options = JSON.parse(optionsIn(await browser.get(register))) as Record<string, unknown>;
    t.match(options, {
      ...{ rp: { id: 'localhost' }, attestation: 'none', user: { name: person.name } },
      ...{ excludeCredentials: [{ id: key.id }], authenticatorSelection: { userVerification: 'required' } },
    });
    t.strictSame(
      (options['pubKeyCredParams'] as { alg: number }[]).map(({ alg }) => alg),
      [-7, -257, -8],
    );
    t.notMatch(JSON.stringify(options), person.cpf);
  });

  await t.test('one that counts nothing is taken each time', async (t) => {
    const { person, key } = await withKey(new SoftwareKey({ isSynced: true }));
    for (const _ of [1, 2]) t.equal((await shows(await signingIn(scene, person.id), key)).status, 303);
  });

  const foreign: readonly [what: string, otherwise: Otherwise, why: string][] = [
    ['a page of another site', { origin: 'https://localhost.example' }, 'origin'],
    ['another port of this name', { origin: 'http://localhost:8081' }, 'origin'],
    ['within a page of another site', { crossOrigin: true }, 'origin'],
    ['what nobody asked', { challenge: 'A'.repeat(43) }, 'challenge'],
    ['a key of another name', { rpId: 'localhost.example' }, 'proof'],
    ['nobody who was seen', { isVerified: false }, 'proof'],
  ];

  await t.test('what is not registered', async (t) => {
    const refused: typeof foreign = [
      ...foreign,
      ['an answer of the other kind', { type: 'webauthn.get' }, 'proof'],
      ['an algorithm that was not asked for', { algorithm: -47 }, 'proof'],
      ['attested by somebody', { fmt: 'android-key', attStmt: new Map([['x5c', []]]) }, 'attestation'],
      ['attested by itself', { fmt: 'packed' }, 'attestation'],
      ['none that says more than none', { attStmt: new Map([['x5c', []]]) }, 'proof'],
      ['a browser that names another key', { id: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'credential'],
    ];
    const browser = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    for (const [what, otherwise, why] of refused) {
      const answer = await registers(browser, new SoftwareKey(), otherwise, 'Minha');
      t.equal(answer.status, 422, what);
      t.match(answer.text, /value="Minha"/);
      t.match(await lastWritten(), { event: 'second-factor-not-added', kind: 'webauthn', why }, what);
    }
    t.equal((await browser.get('/')).location, register, 'none of them leads in');
  });

  await t.test('what is not taken', async (t) => {
    const refused: typeof foreign = [
      ...foreign,
      ['an answer of the other kind', { type: 'webauthn.create' }, 'proof'],
      ['a signature that is none', { signature: Buffer.alloc(70, 1) }, 'proof'],
      ['a key that nobody has', { id: 'AAAAAAAAAAAAAAAAAAAAAA' }, 'credential'],
    ];
    const { person, key } = await withKey();
    const browser = await signingIn(scene, person.id);
    for (const [what, otherwise, why] of refused) {
      t.equal((await shows(browser, key, otherwise)).status, 422, what);
      t.match(await lastWritten(), { event: 'second-factor-refused', kind: 'webauthn', why }, what);
    }
    t.equal((await browser.get('/')).location, ask, 'none of them leads in');
    t.equal((await shows(browser, key)).status, 303, 'the key itself is, still');
  });

  await t.test("another person's key is none of one's own, in either way", async (t) => {
    const [one, other] = [await withKey(), await withKey()];
    const browser = await signingIn(scene, one.person.id);
    const answer = await shows(browser, other.key);
    t.equal(answer.status, 422);
    t.match(await lastWritten(), { why: 'credential', person: one.person.id });
    // Signed by it, and shown as one's own.
    t.equal((await shows(browser, other.key, { id: one.key.id })).status, 422);
    const third = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    const known = await registers(third, one.key);
    t.equal(known.status, 422);
    t.match(known.text, 'já está cadastrada');
    t.equal((await third.get('/')).location, register);
  });

  await t.test('an answer is taken once, in the session that was asked, for what was asked', async (t) => {
    const { person, key } = await withKey();
    const [asked, other] = [await signingIn(scene, person.id), await signingIn(scene, person.id)];
    const resposta = key.show(optionsIn(await asked.get(ask)), origin);
    t.equal((await other.post(`${ask}/chave`, { resposta })).status, 422, 'in another session');
    const both = await Promise.all([1, 2].map(() => asked.post(`${ask}/chave`, { resposta })));
    t.equal(both.filter(({ status }) => status === 303).length, 1, 'at once');
    t.equal((await other.post(`${ask}/chave`, { resposta })).status, 422, 'again');

    const wrong = await signingIn(scene, person.id);
    const options = optionsIn(await wrong.get(ask));
    const unverified = key.show(options, origin, { isVerified: false });
    t.equal((await wrong.post(`${ask}/chave`, { resposta: unverified })).status, 422);
    const right = key.show(options, origin);
    t.equal((await wrong.post(`${ask}/chave`, { resposta: right })).status, 422, 'after a wrong one');

    const late = await signingIn(scene, person.id);
    const answered = key.show(optionsIn(await late.get(ask)), origin);
    scene.clock.pass(10 * 60_000);
    t.equal((await late.post(`${ask}/chave`, { resposta: answered })).status, 422, 'later');

    const registering = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    const again = new SoftwareKey().register(optionsIn(await registering.get(register)), origin);
    const fresh = await registering.post(`${register}/chave`, { resposta: again, 'nome-chave': '' });
    t.equal(fresh.status, 303);
    const goesOn = after(scene, registering, fresh);
    t.equal((await goesOn.post(`${register}/chave`, { resposta: again, 'nome-chave': '' })).status, 422);
    t.match(await lastWritten(), { why: 'challenge' });
  });

  await t.test('one that counts backwards is blocked, and still keeps the way closed', async (t) => {
    const { person, key, browser } = await withKey();
    await shows(await signingIn(scene, person.id), key);
    const copied = await signingIn(scene, person.id);
    // Whoever has no key cannot have it blocked.
    t.equal((await shows(copied, key, { count: 0, signature: Buffer.alloc(70) })).status, 422);
    t.equal((await shows(copied, key)).status, 303);
    const second = await signingIn(scene, person.id);
    const answer = await shows(second, key, { count: key.count });
    t.equal(answer.status, 422);
    t.match(answer.text, 'bloqueada');
    t.match(await lastWritten(), { event: 'second-factor-refused', why: 'copied', person: person.id });
    t.equal((await browser.get('/')).status, 401, 'the sessions of before are over');
    const next = await signingIn(scene, person.id);
    t.match((await next.get(ask)).text, 'Nenhum dos seus segundos fatores');
    t.equal((await next.get(register)).location, '/segundo-fator?depois=%2Fsegundo-fator%2Fnovo');
    const kept = key.show(
      optionsIn(answer) === '' ? '{"challenge":"A","rpId":"localhost"}' : optionsIn(answer),
      origin,
    );
    t.equal((await next.post(`${ask}/chave`, { resposta: kept })).status, 422);
  });

  await t.test('what a browser would not send is refused like the rest', async (t) => {
    const { person, key } = await withKey();
    const registering = await signingIn(scene, (await madeMember(scene)).id, 'cadastrar-fator');
    const browser = await signingIn(scene, person.id);
    const right = JSON.parse(key.show(optionsIn(await browser.get(ask)), origin)) as Record<string, unknown>;
    const response = right['response'] as Record<string, unknown>;
    const sent = [
      ...['', '{', '[]', 'null', '"x"', '{"id":{}}', '['.repeat(5000), '\0'],
      ...[
        { ...right, id: ['x'] },
        { ...right, rawId: 'other' },
        { ...right, type: 'password' },
      ],
      { ...right, response: { ...response, clientDataJSON: 'e30' } },
      { ...right, response: { ...response, clientDataJSON: 'bnVsbA' } },
      { ...right, response: { ...response, authenticatorData: 'AAAA' } },
      { ...right, response: { ...response, signature: 'nó' } },
      { ...right, response: null },
    ].map((one) => (typeof one === 'string' ? one : JSON.stringify(one)));
    for (const resposta of sent) {
      t.equal((await browser.post(`${ask}/chave`, { resposta })).status, 422, resposta.slice(0, 80));
      const answer = await registering.post(`${register}/chave`, { resposta, 'nome-chave': '' });
      t.equal(answer.status, 422, `${resposta.slice(0, 80)}, registering`);
    }
    t.equal((await browser.post(`${ask}/chave`, { resposta: 'x'.repeat(20_000) })).status, 400);
  });

  await t.test('a key and an app beside each other', async (t) => {
    const { person, app, browser } = await withApp(scene);
    const shown = await browser.post(ask, { codigo: app.code(scene) });
    const key = new SoftwareKey();
    const added = await registers(after(scene, browser, shown), key, {}, 'Chave azul');
    t.strictSame([added.status, added.location], [303, '/segundo-fator/meus']);
    const next = await signingIn(scene, person.id);
    t.match((await next.get(ask)).text, /one-time-code[^]*data-chave="get"/);
    t.equal((await shows(next, key)).status, 303);
    scene.clock.pass(60_000);
    const other = await signingIn(scene, person.id);
    t.equal((await other.post(ask, { codigo: app.code(scene) })).status, 303);
  });
}
