// Tier: quick. A base, no network.

import t from 'tap';
import { endBody } from '../../central/base/access-layer/body-end.ts';
import { endGrant } from '../../central/base/access-layer/grants.ts';
import { blockPerson } from '../../central/base/access-layer/people.ts';
import { endRole, rolesOf } from '../../central/base/access-layer/roles.ts';
import { endSession } from '../../central/base/access-layer/sessions.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import { route } from '../../central/console/route.ts';
import { newSecret } from '../../central/console/secrets.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { tierBases } from '../support/bases.ts';
import { kinds, type Made, madeMember, page } from './enforce/kinds.ts';
import { meanwhile } from './enforce/meanwhile.ts';
import { refusedPages } from './enforce/refused.ts';
import {
  audited,
  browserOf,
  browserWith,
  consoleScene,
  madeBody,
  madeCase,
  madePerson,
  origin,
} from './scene.ts';

/** One for all: each test has people of its own. */
const { shared } = await tierBases(t);

void t.test('who may see what', async (t) => {
  const scene = await consoleScene(t, shared, kinds);
  const body = await madeBody(scene);
  const agent = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, agent.id);
  const onCase = await madeCase(scene, browser.session);
  const people = `/caso/${onCase}/t/people`;

  await t.test('each kind of route, by how far in somebody is (ASVS 8.2.3)', async (t) => {
    const nobody = browserWith(scene, newSecret());
    const signing = await browserOf(scene, agent.id, { stage: 'segundo-fator', factor: false });
    const homeless = await browserOf(scene, (await madePerson(scene, null, [])).id);
    const expected: readonly [
      path: string,
      nobody: number,
      signing: number,
      homeless: number,
      agent: number,
    ][] = [
      ['/t/anyone', 200, 200, 200, 200],
      ['/t/signing-in', 303, 200, 200, 200],
      ['/t/signed-in', 303, 303, 200, 200],
      ['/t/member', 303, 303, 403, 200],
      ['/t/auditor', 303, 303, 403, 403],
      [people, 303, 303, 403, 200],
      [`/caso/${onCase}/t/sensitive`, 303, 303, 403, 403],
      ['/t/unknown', 404, 404, 404, 404],
    ];
    for (const [path, ...statuses] of expected) {
      const asked = await Promise.all([nobody, signing, homeless, browser].map((one) => one.get(path)));
      t.strictSame(
        asked.map(({ status }) => status),
        statuses,
        path,
      );
      for (const { status, text } of asked) {
        if (status !== 200) t.notMatch(text, 'Mostrado', `${path} shows nothing where it refuses`);
      }
    }
    t.equal((await nobody.get('/t/member')).location, '/entrar?para=%2Ft%2Fmember');
    t.equal((await signing.get('/t/member')).location, '/segundo-fator?depois=%2Ft%2Fmember');
  });

  await t.test('a case is of its session (ASVS 8.2.2)', async (t) => {
    const other = await browserOf(scene, agent.id);
    const choice = '/finalidade?para=%2Ft%2Fpeople';
    t.equal((await other.get(people)).location, choice);
    for (const number of ['0', '-1', '01', '1e3', '99999999999', 'x']) {
      t.equal((await browser.get(`/caso/${number}/t/people`)).location, choice, number);
    }
  });

  await t.test('what ends is refused by the next click (ASVS 7.4.2, 8.3.2)', async (t) => {
    const ends: readonly [string, (made: Made) => Promise<unknown>, number][] = [
      [
        'the session',
        ({ id, browser }) =>
          scene.base.transaction((tx) =>
            endSession(tx, { id: browser.session, person: id, why: 'blocked' }, scene.now()),
          ),
        401,
      ],
      [
        'the person',
        ({ id }) => scene.base.transaction((tx) => blockPerson(tx, id, 'teste', scene.now())),
        403,
      ],
      [
        'the role',
        async ({ id }) =>
          scene.base.transaction(async (tx) => {
            for (const held of await rolesOf(tx, id)) await endRole(tx, held.id, null, scene.now());
          }),
        403,
      ],
      [
        'the body',
        ({ body }) =>
          // By a clock that is ahead of the one that reads.
          scene.base.transaction((tx) =>
            endBody(tx, { body: body.id, by: null, reason: 'x' }, new Date(scene.now().getTime() + 1000)),
          ),
        403,
      ],
      ['the grant', ({ body }) => scene.base.transaction((tx) => endGrant(tx, body.grant, scene.now())), 403],
    ];
    for (const [what, end, status] of ends) {
      const made = await madeMember(scene);
      t.equal((await made.browser.get(made.people)).status, 200, `before the end of ${what}`);
      await end(made);
      const after = await made.browser.get(made.people);
      t.equal(after.status, status, what);
      t.notMatch(after.text, 'Mostrado');
    }
  });

  await t.test('terms run out, and so do sessions, idle or not (ASVS 7.3.1, 7.3.2)', async (t) => {
    const made = await madeMember(scene);
    for (let minutes = 0; minutes < 29; minutes += 28) scene.clock.pass(28 * 60_000);
    t.equal((await made.browser.get(made.people)).status, 401, 'idle for long');
    await made.browser.get('/t/anyone');
    t.equal((await made.browser.get(made.people)).status, 401, 'a page for anyone does not bring it back');
    const busy = await madeMember(scene);
    let [minutes, last] = [0, 200];
    while (last === 200 && minutes < 20 * 60) {
      scene.clock.pass(24 * 60_000);
      minutes += 24;
      last = (await busy.browser.get('/t/member')).status;
    }
    t.equal(minutes, 12 * 60, 'also of one that is used all the time');
    const long = await madeMember(scene);
    scene.clock.pass(366 * 24 * 60 * 60_000);
    const later = await browserOf(scene, long.id);
    t.equal((await later.get('/t/member')).status, 403, 'a year later no role holds');
  });

  await t.test('roles with power need a second factor (ASVS 6.3.3)', async (t) => {
    const auditor = await madePerson(scene, body.id, ['auditor']);
    const without = await browserOf(scene, auditor.id, { factor: false });
    t.equal((await without.get('/t/member')).location, '/segundo-fator?depois=%2Ft%2Fmember');
    const withOne = await browserOf(scene, auditor.id);
    t.equal((await withOne.get('/t/auditor')).status, 200);
  });

  await t.test('a form comes from a page of this site and session, or is refused (ASVS 3.5.1)', async (t) => {
    const made = await madeMember(scene);
    const sent = await made.browser.post('/t/form', { nome: 'abc' });
    t.strictSame([sent.status, sent.location], [303, '/t/member']);
    const refused: readonly [string, Readonly<Record<string, string>>, Record<string, string>, number][] = [
      ['another origin', { nome: 'a' }, { origin: 'https://outro.example' }, 403],
      ['an origin that is none', { nome: 'a' }, { origin: 'null' }, 403],
      ['another site', { nome: 'a' }, { 'sec-fetch-site': 'cross-site' }, 403],
      ['a site beside it', { nome: 'a' }, { 'sec-fetch-site': 'same-site' }, 403],
      ['without its token', { nome: 'a', _formulario: '' }, {}, 403],
      [
        'the token of another session',
        { nome: 'a', _formulario: (await madeMember(scene)).browser.formToken },
        {},
        403,
      ],
      ['too long', { nome: 'abcdef' }, {}, 400],
      ['without its field', {}, {}, 400],
    ];
    for (const [what, form, headers, status] of refused) {
      const answer = await made.browser.post('/t/form', form, headers);
      t.equal(answer.status, status, what);
      t.notMatch(answer.text, /openapi|do agente/, 'in words of who uses the pages');
    }
    t.match(await made.browser.post('/t/form', { nome: 'x'.repeat(2_000_000) }), {
      ...{ status: 413, text: 'O formulário é grande demais.' },
    });
    t.equal(
      (await made.browser.post('/t/form', { nome: 'a' }, { 'content-type': 'text/plain' })).status,
      400,
    );
    t.equal((await made.browser.post('/t/member', { nome: 'a' })).status, 404, 'another method');
  });

  await t.test('what shows people without telling it shows nothing', async (t) => {
    const made = await madeMember(scene);
    const answer = await made.browser.get(made.people.replace('people', 'untold'));
    t.equal(answer.status, 500);
    t.notMatch(answer.text, 'Mostrado');
  });

  await t.test('what was looked at and what was refused is written down (ASVS 16.3.2)', async (t) => {
    const before = (await audited(scene)).length;
    const made = await madeMember(scene);
    await made.browser.get(made.people);
    await made.browser.get('/t/member');
    await made.browser.get('/t/auditor');
    await made.browser.post('/t/form', { nome: 'abc' });
    const [looked, refused, sent, ...others] = (await audited(scene)).slice(before);
    t.strictSame(others, []);
    t.match(looked, {
      method: 'GET',
      route: '/caso/:caso/t/people',
      person: made.id,
      body: made.body.id,
      found: 2,
      shown: 2,
    });
    t.match(looked, { purpose: 'execucao-penal', emergency: false, problem: null });
    t.strictSame(looked?.['terms'], {
      words: 'fulano',
      records: ['r1', 'r2'],
      reference: '0001234-56.2026.8.02.0001',
    });
    t.match(refused, { route: '/t/auditor', person: made.id, problem: 'role-lacking' });
    t.match(sent, { method: 'POST', route: '/t/form', event: 'form-sent', length: 3, person: made.id });
  });
});

void t.test('where the base is away people are told so, and that their form can be sent again', async (t) => {
  const url = `postgres://guarita_console@127.0.0.1:${await freePort()}/nacional`;
  const login = new PostgresBase({ url, password: 'x', connections: 1, timeoutSeconds: 30 });
  t.teardown(() => login.close());
  const somebody = browserWith(await consoleScene(t, login, kinds, { login }), newSecret());
  const looked = await somebody.get('/t/member');
  t.match(looked, { status: 503, text: 'O sistema está fora do ar' });
  t.notMatch(looked.text, 'F5');
  t.match(await somebody.post('/t/form', { nome: 'a' }), { status: 503, text: 'tecla F5' });
});

void t.test('a page is not shown where it cannot be written down', async (t) => {
  const scene = await consoleScene(t, shared, kinds);
  const made = await madeMember(scene);
  await shared.transaction((tx) => tx.execute('ALTER TABLE acesso.auditoria RENAME TO away'));
  const shown = await made.browser.get(made.people);
  const refused = await made.browser.get('/t/auditor');
  await shared.transaction((tx) => tx.execute('ALTER TABLE acesso.away RENAME TO auditoria'));
  t.equal(shown.status, 503);
  t.notMatch(shown.text, 'Mostrado');
  t.equal(refused.status, 503);
});

void t.test('a page of who is refused', (t) => refusedPages(t, shared));

void t.test('what becomes of an act whose person may it no more', (t) => meanwhile(t, shared));

void t.test('what a browser is told of every page (ASVS 3.3.3, 3.4.3, 14.3.2)', async (t) => {
  const scene = await consoleScene(t, shared, kinds);
  const { headers } = await browserWith(scene, newSecret()).get('/t/anyone');
  const policy = String(headers['content-security-policy']);
  t.match(policy, "default-src 'none'");
  t.match(policy, "base-uri 'none'");
  t.match(policy, "script-src 'self'");
  t.notMatch(policy, /unsafe|https?:|\*/);
  t.equal(headers['cache-control'], 'no-store');
  t.equal(headers['x-content-type-options'], 'nosniff');
  t.equal(headers['x-frame-options'], 'DENY');
  const fresh = await scene.app.inject({ method: 'GET', url: '/t/anyone', headers: { origin } });
  t.match(
    String(fresh.headers['set-cookie']),
    /^__Host-visita=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
  );
});

void t.test('a route that does not say what it needs is none', async (t) => {
  t.throws(() => route({ method: 'GET', path: '/x', who: 'member', showsPeople: true, answer: page }), {
    message: /of a case/,
  });
  const people = { method: 'GET', path: '/x', who: 'case', showsPeople: true } as const;
  const look = async () => ({ ...(await page()), look: { terms: null, found: 0, shown: [] } });
  for (const lacks of [
    {},
    { views: ['custodiado'] },
    { roles: ['agente'] as const },
    { views: ['custodiado'], roles: ['estatistico'] as const },
  ]) {
    t.throws(() => route({ ...people, ...lacks, answer: look }), { message: /to which roles/ });
  }
});

void t.test('whoever asks too often is refused, and does not fill the audit', async (t) => {
  const scene = await consoleScene(t, shared, kinds, { requestsPerMinute: 5 });
  const before = (await audited(scene)).length;
  const statuses: number[] = [];
  for (let many = 0; many < 30; many++) {
    statuses.push((await scene.app.inject({ method: 'GET', url: '/t/anyone' })).statusCode);
  }
  t.strictSame([...new Set(statuses)], [200, 429]);
  const told = (await audited(scene)).slice(before);
  t.equal(told.length, 1);
  t.match(told, [{ problem: 'too-many-requests' }]);
  const refused = await scene.app.inject({ method: 'GET', url: '/t/anyone' });
  t.match(String(refused.headers['retry-after']), /^\d+$/);
});

void t.test('a NUL is none of what a person wrote', async (t) => {
  const scene = await consoleScene(t, shared, kinds);
  const made = await madeMember(scene);
  t.equal((await made.browser.post('/t/form', { nome: 'a\0' })).status, 303);
  t.match((await audited(scene, 1)).at(-1), { event: 'form-sent', length: 1 });
});
