// Tier: quick. Seconds, on a base of its own and no network.
import * as fc from 'fast-check';
import t from 'tap';
import { appendAudit } from '../../central/base/access-layer/audit.ts';
import { giveRole } from '../../central/base/access-layer/roles.ts';
import { chooseBody } from '../../central/base/access-layer/sessions.ts';
import { destination, pathInCase } from '../../central/console/case-path.ts';
import { html } from '../../central/console/html/html.ts';
import { readReason } from '../../central/console/purpose/reason.ts';
import { readReference } from '../../central/console/purpose/reference.ts';
import { route } from '../../central/console/route.ts';
import { routes } from '../../central/console/routes.ts';
import { tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';
import { audited, browserOf, consoleScene, madeBody, madePerson } from './scene.ts';

const hour = 60 * 60_000;
const cnj = '0001234-75.2026.8.02.0001';

/** A page that shows somebody, as later capabilities have them. */
const people = route({
  ...{ method: 'GET', path: '/t/pessoa', who: 'case', roles: ['agente', 'auditor'], views: ['custodiado'] },
  showsPeople: true,
  answer: async () => ({
    title: 'Pessoa',
    main: html`<h1>Mostrada</h1>`,
    look: { terms: { nome: 'FULANA' }, found: 1, shown: ['r1'] },
  }),
});

const bases = await tierBases(t);

void t.test('a purpose is chosen before the first look', async (t) => {
  const scene = await consoleScene(t, bases.shared, [...routes, people]);
  const body = await madeBody(scene, { purposes: ['execucao-penal', 'investigacao'] });
  const agent = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, agent.id);
  const chosen = { finalidade: 'execucao-penal', referencia: cnj };

  await t.test('and leads on to where the person wanted to go', async (t) => {
    const refused = await browser.get('/caso/1/t/pessoa?x=1');
    t.equal(refused.location, '/finalidade?para=%2Ft%2Fpessoa%3Fx%3D1');
    const choice = await browser.get(refused.location ?? '');
    t.match(choice.text, 'Execução penal');
    t.match(choice.text, 'Investigação');
    t.notMatch(choice.text, 'Assistência jurídica', 'only those of the agreement');
    t.match(choice.text, /ACT 1\/2026.*100 consultas por pessoa.*1\.000 consultas do órgão/s);
    const form = await browser.get('/finalidade?finalidade=execucao-penal&para=%2Ft%2Fpessoa%3Fx%3D1');
    t.match(form.text, 'Número do processo de execução');
    const opened = await browser.post('/finalidade', { ...chosen, para: '/t/pessoa?x=1' });
    t.strictSame([opened.status, opened.location], [303, '/caso/1/t/pessoa?x=1']);
    const shown = await browser.get(opened.location ?? '');
    t.match(shown.text, 'Mostrada');
    t.match(shown.text, cnj, 'it is on the page');
    t.match(shown.text, 'href="/finalidade?para=%2Ft%2Fpessoa%3Fx%3D1"', 'from which another one leads back');
    const [last] = await audited(scene, 2);
    t.match(last, { event: 'case-opened', purpose: 'execucao-penal', terms: { reference: cnj } });
  });

  await t.test('two tabs with two purposes stay two, and the other one is a click away', async (t) => {
    const other = await browser.post('/finalidade', { finalidade: 'investigacao', referencia: 'IP 12/2026' });
    t.equal(other.location, '/caso/2');
    t.match((await browser.get('/caso/1/t/pessoa')).text, 'Execução penal');
    const second = await browser.get('/caso/2');
    t.match(second.text, 'IP 12/2026');
    t.match(second.text, 'Consultas que restam hoje');
    const choice = await browser.get('/finalidade?para=%2Ft%2Fpessoa');
    for (const number of [1, 2]) t.match(choice.text, `href="/caso/${number}/t/pessoa"`);
    const purposes = (await audited(scene)).filter(({ shown }) => shown === 1).map(({ purpose }) => purpose);
    t.strictSame([...new Set(purposes)], ['execucao-penal']);
  });

  await t.test('a form that is sent twice opens one', async (t) => {
    const again = await Promise.all([1, 2].map(() => browser.post('/finalidade', chosen)));
    t.strictSame(
      again.map(({ location }) => location),
      ['/caso/1', '/caso/1'],
    );
  });

  await t.test('what is wrong is told, with what was typed', async (t) => {
    const wrong: readonly [string, string, RegExp][] = [
      ['execucao-penal', '', /Falta preencher/],
      ['execucao-penal', '0001234-91.2026.8.02.0001', /não confere/],
      ['execucao-penal', '123 <b>', /tem 20 algarismos.*este tem 3/],
      ['investigacao', '-', /Escreva o número/],
      ['investigacao', 'x'.repeat(200), /no máximo 120/],
      ['assistencia-juridica', '12', /Finalidade/],
      ['__proto__', '12', /Finalidade/],
    ];
    for (const [finalidade, referencia, told] of wrong) {
      const answer = await browser.post('/finalidade', { finalidade, referencia });
      t.equal(answer.status, 422, `${finalidade} ${referencia}`);
      t.match(answer.text, told);
    }
    const kept = await browser.post('/finalidade', { finalidade: 'execucao-penal', referencia: '12 <b>"' });
    t.match(kept.text, 'value="12 &lt;b&gt;&quot;"');
  });

  await t.test('it leads nowhere else than into its case', async (t) => {
    for (const para of [
      'https://x.example/',
      '//x.example',
      '/\\x.example',
      '/../../conta',
      '/%2e%2e/conta',
      '',
    ]) {
      t.equal((await browser.post('/finalidade', { ...chosen, para })).location, '/caso/1', para);
    }
  });

  await t.test('of one body it is not for the agreement of another one', async (t) => {
    const other = await madeBody(scene);
    const { base, now } = scene;
    const term = { from: new Date(now().getTime() - hour), until: new Date(now().getTime() + 100 * hour) };
    await base.transaction(async (tx) => {
      const role = { id: crypto.randomUUID(), person: agent.id, body: other.id, role: 'agente' };
      await giveRole(tx, { ...role, ...term, givenBy: null });
      await chooseBody(tx, browser.session, other.id);
    });
    t.equal((await browser.get('/caso/1/t/pessoa')).location, '/finalidade?para=%2Ft%2Fpessoa');
    t.notMatch((await browser.get('/finalidade')).text, cnj);
    await base.transaction((tx) => chooseBody(tx, browser.session, body.id));
    t.match((await browser.get('/caso/1/t/pessoa')).text, 'Mostrada');
  });

  await t.test('who may not look chooses none', async (t) => {
    const statistician = await browserOf(scene, (await madePerson(scene, body.id, ['estatistico'])).id);
    for (const path of ['/finalidade', '/finalidade/emergencia']) {
      t.equal((await statistician.get(path)).status, 403, path);
      t.equal((await statistician.post(path, chosen)).status, 403, path);
    }
    t.notMatch((await statistician.get('/')).text, 'href="/finalidade"');
  });

  await t.test('on a page for anyone, whose session is over is nobody', async (t) => {
    const late = await browserOf(scene, agent.id);
    t.match((await late.get('/ajuda')).text, agent.name);
    scene.clock.pass(hour);
    t.notMatch((await late.get('/ajuda')).text, agent.name);
  });
});

void t.test('an emergency', async (t) => {
  const scene = await consoleScene(t, await bases.fresh(t, 'emergency'), [...routes, people]);
  const body = await madeBody(scene);
  const agent = await madePerson(scene, body.id, ['agente', 'auditor']);
  const auditor = await madePerson(scene, body.id, ['auditor']);
  const browser = await browserOf(scene, agent.id);
  const reason = 'Custodiado ferido chegou ao pronto-socorro sem documentos.';

  await t.test(
    'says why, is flagged, and may be for a purpose that the agreement does not name',
    async (t) => {
      t.match((await browser.get('/finalidade/emergencia?para=%2Ft%2Fpessoa')).text, 'até 72 horas');
      const short = await browser.post('/finalidade/emergencia', {
        finalidade: 'investigacao',
        motivo: 'urgente',
      });
      t.equal(short.status, 422);
      t.match(short.text, /Explique em uma frase/);
      t.match(
        (await browser.post('/finalidade/emergencia', { motivo: reason })).text,
        /Escolha uma finalidade/,
      );
      const told = { finalidade: 'investigacao', motivo: reason, para: '/t/pessoa' };
      const [declared, again] = [
        await browser.post('/finalidade/emergencia', told),
        await browser.post('/finalidade/emergencia', told),
      ];
      t.equal(declared.location, '/caso/1/t/pessoa');
      t.equal(again.location, '/caso/1/t/pessoa', 'sent twice it is one');
      const shown = await browser.get('/caso/1/t/pessoa');
      t.match(shown.text, 'Mostrada');
      t.match(shown.text, /class="finalidade emergencia"/);
      const mine = (await audited(scene)).filter(({ person }) => person === agent.id);
      t.match(
        mine.find(({ event }) => event === 'emergency-declared'),
        { terms: { reason } },
      );
      t.match(mine.at(-1), { emergency: true, case: 1, purpose: 'investigacao' });
      t.notMatch(
        JSON.stringify(mine.map((entry) => ({ ...entry, terms: null }))),
        'Custodiado',
        'its words are beside',
      );
    },
  );

  await t.test('is reviewed once, by somebody else, who sees what was looked at', async (t) => {
    const reviewer = await browserOf(scene, auditor.id);
    const list = await reviewer.get('/emergencias');
    const path = /href="(\/emergencias\/[0-9a-f-]+)">Fulana/.exec(list.text)?.[1] ?? '';
    // As a console that was taken over could have: others are still read.
    const odd = { person: agent.id, session: browser.session, case: 1, found: 'x', route: ['<b>'] };
    for (const body of [odd, { ...odd, case: 'x' }, { ...odd, found: 1e300 }]) {
      const entry = { kind: 'event', body, terms: null } as const;
      await scene.base.transaction((tx) => appendAudit(tx, entry, scene.now()));
    }
    const one = await reviewer.get(path);
    t.match(one.text, reason);
    t.match(one.text, 'nome: FULANA; registros: r1');
    t.match(one.text, 'não se sabe o quê');
    const verdict = { justificada: 'sim', parecer: 'Confirmado com o hospital por telefone.' };
    const own = await browser.get(path);
    t.match(own.text, 'Ninguém revê a própria emergência');
    t.equal((await browser.post(path, verdict)).status, 403);
    t.equal((await reviewer.post(path, { ...verdict, justificada: '' })).status, 422);
    t.equal((await reviewer.post(path, { ...verdict, parecer: 'ok' })).status, 422);
    t.equal((await reviewer.post(path, verdict)).location, path);
    t.equal((await reviewer.post(path, verdict)).status, 409);
    const done = await reviewer.get(path);
    t.match(done.text, verdict.parecer);
    t.match((await reviewer.get('/emergencias')).text, 'Nenhuma emergência aguarda');
    t.match(
      (await audited(scene)).findLast(({ event }) => event === 'emergency-reviewed'),
      {
        person: auditor.id,
        isJustified: true,
      },
    );
    for (const bad of ['/emergencias/x', `/emergencias/${crypto.randomUUID()}`]) {
      t.equal((await reviewer.get(bad)).status, 404, bad);
      t.equal((await reviewer.post(bad, verdict)).status, 404, bad);
    }
  });

  await t.test('is for nobody whose body has no agreement', async (t) => {
    const none = await madeBody(scene, null);
    const other = await browserOf(scene, (await madePerson(scene, none.id, ['agente'])).id);
    t.match((await other.get('/finalidade')).text, 'Nenhum acordo');
    t.equal((await other.get('/finalidade/emergencia')).status, 403);
    const told = { finalidade: 'investigacao', motivo: reason };
    t.equal((await other.post('/finalidade/emergencia', told)).status, 403);
  });

  await t.test('shows no more than the agreement names', async (t) => {
    const narrow = await madeBody(scene, { views: ['custodia'] });
    const other = await browserOf(scene, (await madePerson(scene, narrow.id, ['agente'])).id);
    await other.post('/finalidade/emergencia', { finalidade: 'execucao-penal', motivo: reason });
    t.equal((await other.get('/caso/1')).status, 200);
    t.equal((await other.get('/caso/1/t/pessoa')).status, 403);
  });
});

void t.test('the number of a process', async (t) => {
  const numbers = fc
    .record({
      serial: fc.integer({ min: 0, max: 9_999_999 }),
      year: fc.integer({ min: 1990, max: 2030 }),
      origin: fc.integer({ min: 0, max: 9999 }),
    })
    .map(({ serial, year, origin }) => {
      const [first, last] = [String(serial).padStart(7, '0'), `${year}802${String(origin).padStart(4, '0')}`];
      const check = 98n - (BigInt(`${first}${last}00`) % 97n);
      return `${first}${String(check).padStart(2, '0')}${last}`;
    });
  const between = fc.constantFrom('', ' ', '.', '-', '–', '\u{a0}', '/');

  await t.test('is known whatever stands between its digits', (t) => {
    fc.assert(
      fc.property(
        numbers,
        fc.array(between, { minLength: 20, maxLength: 20 }),
        fc.constantFrom('', 'Processo nº ', 'Autos: '),
        (number, strokes, before) => {
          const typed = `${before}${number
            .split('')
            .map((digit, at) => `${digit}${strokes[at]}`)
            .join('')}`;
          const read = readReference('processo-criminal', typed);
          return 'reference' in read && read.reference.replaceAll(/\D/g, '') === number;
        },
      ),
      { numRuns: runs(100, 1000) },
    );
    t.end();
  });

  await t.test('is not known with a wrong digit', (t) => {
    const change = fc.record({ at: fc.nat(19), by: fc.integer({ min: 1, max: 9 }) });
    fc.assert(
      fc.property(numbers, change, (number, { at, by }) => {
        const digit = String((Number(number[at]) + by) % 10);
        const wrong = `${number.slice(0, at)}${digit}${number.slice(at + 1)}`;
        return 'fault' in readReference('execucao-penal', wrong);
      }),
      { numRuns: runs(100, 1000) },
    );
    t.end();
  });
});

void t.test('where somebody goes on is within the case, whatever the address says', (t) => {
  const part = fc.constantFrom(
    '/',
    '..',
    '.',
    '%2e',
    '%2F',
    '\\',
    '//',
    'busca',
    '?q=1',
    '#x',
    ':',
    '@',
    '\t',
    'x.example',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
      const { origin, pathname } = new URL(destination(7, parts.join('')), 'http://site');
      return origin === 'http://site' && (pathname === '/caso/7' || pathname.startsWith('/caso/7/'));
    }),
    { numRuns: runs(300, 3000) },
  );
  t.equal(pathInCase('/caso/7/busca?q=1'), '/busca?q=1');
  t.equal(pathInCase('/caso/7'), null);
  t.equal(pathInCase('/conta'), null);
  t.end();
});

void t.test('words are a sentence', (t) => {
  for (const typed of [
    '',
    'urgente',
    'a a a a a a a a a a a a a a a a a a a a',
    '. . . . . . . . . . . . . .',
    'x'.repeat(1500),
  ]) {
    t.match(readReason(typed), { fault: String }, typed.slice(0, 30));
  }
  t.strictSame(readReason('  Preso passou  mal\nna cela e foi ao hospital. '), {
    words: 'Preso passou mal na cela e foi ao hospital.',
  });
  t.end();
});
