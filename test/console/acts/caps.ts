import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { isKnownBrowser, rememberBrowser } from '../../../central/base/access-layer/browsers.ts';
import { reviewEmergency } from '../../../central/base/access-layer/emergencies.ts';
import { addTotp, removeFactor } from '../../../central/base/access-layer/factors.ts';
import { most } from '../../../central/base/access-layer/most.ts';
import { learnEmail } from '../../../central/base/access-layer/people.ts';
import { addRequest, addStep } from '../../../central/base/access-layer/requests.ts';
import { endSession, sessionOf, useSession } from '../../../central/base/access-layer/sessions.ts';
import { openFor } from '../../../central/console/access/open.ts';
import { digestOf, newSecret } from '../../../central/console/secrets.ts';
import { query } from '../../support/bases.ts';
import { runs } from '../../support/runs.ts';
import { SoftwareKey } from '../../support/software-key.ts';
import { bodyWithAuthority } from '../pre-registration/people.ts';
import { type Browser, browserOf, type ConsoleScene, madeBody, madePerson, origin } from '../scene.ts';
import { madeMember, optionsIn, secretIn, signingIn, statusesOf } from '../second-factor/people.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

/** What somebody who is signed in could add to without end. */
export async function caps(t: Test, scene: ConsoleScene): Promise<void> {
  const { base, now } = scene;
  const count = async (table: string, where: string, parameters: readonly unknown[]): Promise<number> => {
    const sql = `SELECT count(*)::int AS count FROM acesso.${table} WHERE ${where}`;
    return (await query<{ count: number }>(base, sql, parameters))[0]?.count ?? 0;
  };

  await t.test('sessions: whatever is opened, used and ended, the ones used last are open', async () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('enter'), at: fc.nat(30) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('use'), at: fc.nat(30) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('end'), at: fc.nat(30) }) },
    );
    const property = fc.asyncProperty(fc.array(step, { minLength: 12, maxLength: 40 }), async (steps) => {
      const { id: person } = await madePerson(scene, null, []);
      /** Those that are open, used last at the end. */
      let open: { readonly id: string; readonly digest: Buffer }[] = [];
      for (const { kind, at } of steps) {
        scene.clock.pass(2 * minute);
        const chosen = open[at];
        await base.transaction(async (tx) => {
          if (kind === 'enter') {
            // From a browser that has one of them, or none.
            const session = chosen === undefined ? null : await sessionOf(tx, chosen.digest, now());
            const entering = { now: now(), address: '::1', browser: 'test', session };
            const how = { person, means: 'govbr', factor: true } as const;
            const { id, secret } = await openFor(tx, entering, how);
            open = [...open.filter((one) => one !== chosen), { id, digest: digestOf(secret) }];
            open = open.slice(-most.sessions.value);
          } else if (chosen !== undefined && kind === 'use') {
            await useSession(tx, chosen.id, now());
            open = [...open.filter((one) => one !== chosen), chosen];
          } else if (chosen !== undefined) {
            await endSession(tx, { id: chosen.id, person, why: 'signed-out' }, now());
            open = open.filter((one) => one !== chosen);
          }
        });
        const left = await query<{ id: string }>(
          base,
          'SELECT id FROM acesso.sessao WHERE pessoa = $1 AND encerrada IS NULL ORDER BY usada',
          [person],
        );
        assert.deepEqual(
          left.map(({ id }) => id),
          open.map(({ id }) => id),
        );
      }
    });
    await fc.assert(property, { numRuns: runs(2, 20), endOnFailure: true });
  });

  await t.test('sessions: of many who enter at once, too', async (t) => {
    const { id: person } = await madePerson(scene, null, []);
    const enter = () =>
      base.transaction((tx) => {
        const entering = { now: now(), address: '::1', browser: 'test', session: null };
        return openFor(tx, entering, { person, means: 'govbr', factor: true });
      });
    const opened = await Promise.all(Array.from({ length: 14 }, enter));
    t.equal(
      opened.reduce((sum, { sessionsEnded }) => sum + sessionsEnded, 0),
      4,
    );
    t.equal(await count('sessao', 'pessoa = $1 AND encerrada IS NULL', [person]), most.sessions.value);
  });

  /** Numbers of processes, each another one. */
  const references = Array.from({ length: 300 }, (_, index) => `Inquérito ${index + 1}/2026`);
  const open = (browser: Browser, referencia: string) =>
    browser.post('/finalidade', { finalidade: 'investigacao', referencia });

  await t.test('cases of a session', async (t) => {
    const body = await madeBody(scene, { purposes: ['investigacao'] });
    const { id } = await madePerson(scene, body.id, ['agente']);
    const browser = await browserOf(scene, id);
    await query(
      base,
      `INSERT INTO acesso.caso (sessao, numero, orgao, finalidade, referencia, desde)
       SELECT $1, n, $2, 'investigacao', 'Outro ' || n, $3 FROM generate_series(1, $4::int) n`,
      [browser.session, body.id, now(), most.cases.value - 2],
    );
    const at = await Promise.all(references.slice(0, 6).map((one) => open(browser, one)));
    t.strictSame(
      statusesOf(at),
      [303, 303, 429, 429, 429, 429],
      'of six at once those that there is room for',
    );
    const refused = at.find(({ status }) => status === 429);
    t.match(refused?.text, /continue numa das que já abriu.*href="\/finalidade"/s);
    t.equal((await open(browser, 'Outro 7')).location, '/caso/7', 'one that is open is gone on in');
    t.equal((await open(await browserOf(scene, id), 'Inquérito 1/2026')).status, 303, 'another session may');
    t.equal(await count('caso', 'sessao = $1', [browser.session]), most.cases.value);
  });

  await t.test('emergencies of a person that wait for their review', async (t) => {
    const { id: person } = await madeMember(scene, ['agente']);
    const auditor = (await madeMember(scene)).id;
    const browsers = [await browserOf(scene, person), await browserOf(scene, person)];
    const declare = (which: number, motivo: string) =>
      (browsers[which % 2] as Browser).post('/finalidade/emergencia', {
        finalidade: 'investigacao',
        motivo: `Criança desaparecida desde ontem, ${motivo}.`,
      });
    for (let n = 1; n < most.emergencies.value; n += 1) t.equal((await declare(n, `caso ${n}`)).status, 303);
    const at = await Promise.all([0, 1, 2, 3].map((n) => declare(n, `agora ${n}`)));
    t.strictSame(statusesOf(at), [303, 429, 429, 429], 'in whichever session, at once');
    t.match(at.find(({ status }) => status === 429)?.text, /peça a um auditor.*href="\/finalidade"/s);
    t.equal((await declare(1, 'caso 1')).status, 303, 'one that was declared is gone on in');
    const waiting = () => count('emergencia', 'pessoa = $1 AND revista IS NULL', [person]);
    t.equal(await waiting(), most.emergencies.value);
    t.equal(
      await count('caso', 'sessao = ANY ($1) AND emergencia', [browsers.map((one) => one.session)]),
      10,
    );

    const [first] = await query<{ id: string }>(base, 'SELECT id FROM acesso.emergencia WHERE pessoa = $1', [
      person,
    ]);
    const verdict = { by: auditor, isJustified: true, words: 'x' };
    await base.transaction((tx) => reviewEmergency(tx, first?.id ?? '', verdict, now()));
    t.equal((await declare(0, 'depois da revisão')).status, 303);
    t.equal((await declare(0, 'e mais uma')).status, 429);
    scene.clock.pass(day);
    browsers[0] = await browserOf(scene, person);
    t.equal((await declare(0, 'no dia seguinte')).status, 303);
  });

  await t.test('what a session is asked: the last ones may be answered', async (t) => {
    const person = await madeMember(scene);
    const key = new SoftwareKey();
    const registering = await signingIn(scene, person.id, 'cadastrar-fator');
    const resposta = key.register(optionsIn(await registering.get('/segundo-fator/novo')), origin);
    await registering.post('/segundo-fator/novo/chave', { resposta, 'nome-chave': '' });
    const browser = await signingIn(scene, person.id);
    const asked: string[] = [];
    for (let n = 0; n < most.challenges.value + 3; n += 1) {
      scene.clock.pass(1000);
      asked.push(optionsIn(await browser.get('/segundo-fator')));
    }
    const kept = await count('desafio', `sessao = $1 AND tipo = 'webauthn-show'`, [browser.session]);
    t.equal(kept, most.challenges.value);
    const answer = async (options: string) =>
      (await browser.post('/segundo-fator/chave', { resposta: key.show(options, origin) })).status;
    t.equal(await answer(asked[2] ?? ''), 422, 'one that was left open for long is asked anew');
    t.equal(await answer(asked.at(-1) ?? ''), 303);
  });

  await t.test('browsers that are known: the one of the longest ago is forgotten', async (t) => {
    const { id: person, cpf } = await madePerson(scene, null, []);
    const digests = Array.from({ length: most.browsers.value + 5 }, () => digestOf(newSecret()));
    for (const digest of digests) {
      scene.clock.pass(1000);
      await base.transaction((tx) => rememberBrowser(tx, { digest, person }, now()));
    }
    t.equal(await count('navegador', 'pessoa = $1', [person]), most.browsers.value);
    const isKnown = (digest: Buffer = Buffer.alloc(0)) =>
      base.snapshot((questions) => isKnownBrowser(questions, { digest, cpf }, now()));
    t.strictSame(await Promise.all([digests[4], digests[5], digests.at(-1)].map((one) => isKnown(one))), [
      false,
      true,
      true,
    ]);
  });

  await t.test('requests for access that somebody begins and gives up', async (t) => {
    const body = await bodyWithAuthority(scene);
    const { id: person } = await madePerson(scene, body.id, ['agente']);
    await base.transaction(async (tx) => {
      const email = `${person}@dpe.exemplo`;
      await learnEmail(tx, person, email);
      for (let n = 0; n < most.requests.value; n += 1) {
        const id = await addRequest(tx, { email, body: body.id, person }, now());
        await addStep(tx, id, { kind: 'confirmado', by: person }, now());
        if (n > 0) await addStep(tx, id, { kind: 'desistiu', by: person }, now());
      }
    });
    const begin = async () => (await browserOf(scene, person)).post('/conta/pedidos', { orgao: body.id });
    t.equal((await begin()).status, 303, 'one that is open is gone on with');
    await query(
      base,
      `INSERT INTO acesso.pedido_passo (pedido, numero, passo, quando, pessoa)
       SELECT id, 9, 'desistiu', $2, pessoa FROM acesso.pedido WHERE pessoa = $1`,
      [person, now()],
    );
    t.match(await begin(), { status: 429, text: 'continue amanhã' });
    t.equal(await count('pedido', 'pessoa = $1', [person]), most.requests.value);
    scene.clock.pass(day);
    const browsers = await Promise.all([1, 2, 3].map(() => browserOf(scene, person)));
    const at = await Promise.all(browsers.map((one) => one.post('/conta/pedidos', { orgao: body.id })));
    t.strictSame(statusesOf(at), [303, 303, 303]);
    t.equal(await count('pedido', 'pessoa = $1', [person]), most.requests.value + 1, 'of many at once one');
  });

  await t.test('second factors that are registered and removed', async (t) => {
    const { id: person } = await madeMember(scene);
    await base.transaction(async (tx) => {
      for (let n = 0; n < most.factors.value; n += 1) {
        const id = randomUUID();
        await addTotp(tx, { id, person, name: 'App', sealed: Buffer.from('x'), lastStep: 1 }, now());
        await removeFactor(tx, id, now());
      }
    });
    const page = '/segundo-fator/novo';
    t.match((await (await signingIn(scene, person, 'cadastrar-fator')).get(page)).text, 'tente amanhã');
    scene.clock.pass(day);
    t.not(secretIn(await (await signingIn(scene, person, 'cadastrar-fator')).get(page)), '');
  });
}
