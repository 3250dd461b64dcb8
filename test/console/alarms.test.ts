// Tier: quick. Seconds, on a base of its own and no network.
import * as fc from 'fast-check';
import t from 'tap';
import Type from 'typebox';
import type { PersonFacts } from '../../central/base/access-layer/alarm-facts.ts';
import { appendAudit } from '../../central/base/access-layer/audit.ts';
import { isOffHours } from '../../central/console/alarms/off-hours.ts';
import { raiseAll } from '../../central/console/alarms/raise.ts';
import { bodyRules, noticedBy, personRules } from '../../central/console/alarms/rules.ts';
import { html } from '../../central/console/html/html.ts';
import { route } from '../../central/console/route.ts';
import { routes } from '../../central/console/routes.ts';
import { query, tierBases } from '../support/bases.ts';
import {
  audited,
  type Browser,
  browserOf,
  type ConsoleScene,
  consoleScene,
  madeBody,
  madeCase,
  madePerson,
} from './scene.ts';

const hour = 60 * 60_000;
const quiet = { looks: 0, offHours: 0, refusals: 0 };
const nothing: PersonFacts = { today: quiet, before: [], quota: null, lately: 0, emergencies: 0 };
const worked = (...looks: readonly number[]) => looks.map((one) => ({ ...quiet, looks: one }));
const noticed = (facts: Partial<PersonFacts>) =>
  noticedBy(personRules, { ...nothing, ...facts }).map(({ rule }) => rule);

const bases = await tierBases(t);

void t.test('rules, at their limits', (t) => {
  const expected: readonly [string, Partial<PersonFacts>, readonly string[]][] = [
    ['nothing', {}, []],
    [
      'three times the median',
      { today: { ...quiet, looks: 90 }, before: worked(30, 30, 30, 500, 1) },
      ['volume'],
    ],
    ['one less', { today: { ...quiet, looks: 89 }, before: worked(30, 30, 30, 500, 1) }, []],
    ['three times little', { today: { ...quiet, looks: 59 }, before: worked(1, 1, 1, 1, 1) }, []],
    [
      'an even number of days',
      { today: { ...quiet, looks: 105 }, before: worked(20, 30, 40, 50, 9, 90) },
      ['volume'],
    ],
    ['too few days', { today: { ...quiet, looks: 900 }, before: worked(1, 1, 1, 1) }, []],
    ['four fifths of the quota', { today: { ...quiet, looks: 80 }, quota: 100 }, ['cota-pessoa']],
    ['less of it', { today: { ...quiet, looks: 79 }, quota: 100 }, []],
    ['at night', { today: { ...quiet, offHours: 15 } }, ['fora-de-hora']],
    [
      'who works then',
      {
        today: { ...quiet, offHours: 99 },
        before: Array.from({ length: 3 }, () => ({ ...quiet, offHours: 1 })),
      },
      [],
    ],
    ['many people', { lately: 150 }, ['muitas-pessoas']],
    ['refusals', { today: { ...quiet, refusals: 20 } }, ['recusas']],
    ['an emergency', { emergencies: 1 }, ['emergencia']],
  ];
  for (const [what, facts, rules] of expected) t.strictSame(noticed(facts), rules, what);
  t.strictSame(noticedBy(bodyRules, { looks: 8, quota: 10 }), [{ rule: 'cota-orgao', measure: 8, limit: 8 }]);
  t.strictSame(noticedBy(bodyRules, { looks: 8, quota: null }), []);
  t.end();
});

void t.test('what is noticed stays noticed while more is done', (t) => {
  const day = fc.record({ looks: fc.nat(500), offHours: fc.nat(60), refusals: fc.nat(60) });
  const facts = fc.record({
    today: day,
    before: fc.array(day, { maxLength: 30 }),
    quota: fc.option(fc.integer({ min: 1, max: 1000 })),
    lately: fc.nat(300),
    emergencies: fc.nat(3),
  });
  fc.assert(
    fc.property(facts, day, (known, more) => {
      const today = {
        looks: known.today.looks + more.looks,
        offHours: known.today.offHours + more.offHours,
        refusals: known.today.refusals + more.refusals,
      };
      const after = noticed({ ...known, today });
      return noticed(known).every((rule) => after.includes(rule));
    }),
  );
  t.end();
});

void t.test('nights and weekends are those of Brasília', (t) => {
  const hours: readonly [string, boolean][] = [
    ['2026-03-04T07:59:59Z', true],
    ['2026-03-04T08:00:00Z', false],
    ['2026-03-05T00:59:59Z', false],
    ['2026-03-05T01:00:00Z', true],
    ['2026-03-07T02:59:59Z', true],
    ['2026-03-07T15:00:00Z', true],
    ['2026-03-08T15:00:00Z', true],
    ['2026-03-09T15:00:00Z', false],
  ];
  for (const [at, is] of hours) t.equal(isOffHours(new Date(at)), is, at);
  t.end();
});

/** A page that shows so many records, from this one on. */
const people = route({
  ...{
    method: 'GET',
    path: '/t/pessoas',
    who: 'case',
    roles: ['agente'],
    views: ['custodiado'],
    showsPeople: true,
  },
  query: Type.Object({ registros: Type.String(), desde: Type.String({ default: '0' }) }),
  answer: async ({ query: { registros, desde } }) => {
    const shown = Array.from({ length: Number(registros) }, (_, index) => `r${Number(desde) + index}`);
    return { title: 'Pessoas', main: html`<h1>Mostradas</h1>`, look: { terms: null, found: 0, shown } };
  },
});

void t.test('alarms are raised of what is in the base', async (t) => {
  const { shared: base } = bases;
  const scene = await consoleScene(t, base, [...routes, people]);
  // Thursday, 10 h in Brasília.
  scene.clock.pass(10 * hour);
  const raisedFor = (person: string | null) =>
    query<{ rule: string; day: string; measure: number; limit: number }>(
      base,
      `SELECT regra AS rule, dia::text AS day, medida AS measure, limite AS "limit" FROM acesso.alarme
        WHERE pessoa IS NOT DISTINCT FROM $1 ORDER BY dia, regra`,
      [person],
    );

  await t.test('once a day, with the measure as it grows, and written down', async (t) => {
    const made = await agentAt(scene, { personQuota: 100 });
    await made.browser.get(made.people(80));
    const [first, ...others] = await raisedFor(made.id);
    t.strictSame(others, []);
    t.match(first, { rule: 'cota-pessoa', day: '2026-01-01', measure: 80, limit: 80 });
    await made.browser.get(made.people(15));
    t.match(await raisedFor(made.id), [{ measure: 95 }]);
    const entries = (await audited(scene)).filter(({ event }) => event === 'alarm-raised');
    t.equal(entries.filter(({ person }) => person === made.id).length, 1);
    scene.clock.pass(24 * hour);
    const next = await agentAt(scene, { personQuota: 100 }, made);
    await next.browser.get(next.people(80));
    t.match(await raisedFor(made.id), [{ day: '2026-01-01' }, { day: '2026-01-02' }]);
  });

  await t.test('of many people in a short time, each counted once', async (t) => {
    const made = await agentAt(scene, { personQuota: 10_000, bodyQuota: 100_000 });
    for (let times = 0; times < 3; times++) await made.browser.get(made.people(100));
    t.strictSame(await raisedFor(made.id), [], 'the same ones again');
    scene.clock.pass(11 * 60_000);
    await made.browser.get(made.people(49, 200));
    t.strictSame(await raisedFor(made.id), [], 'others later');
    // As a console that was taken over could have: others are still counted.
    for (const records of [5, 'r', null, { a: 1 }, [null, 7, ['r']]]) {
      const odd = { kind: 'event', body: { person: made.id }, terms: { records } } as const;
      await base.transaction((tx) => appendAudit(tx, odd, new Date(0)));
    }
    await made.browser.get(made.people(99, 300));
    t.match(await raisedFor(made.id), [{ rule: 'muitas-pessoas', measure: 150 }]);
  });

  await t.test('of what is refused, declared, watched and done at night', async (t) => {
    const made = await agentAt(scene);
    for (let times = 0; times < 20; times++) await made.browser.get('/alarmes');
    t.match(await raisedFor(made.id), [{ rule: 'recusas', measure: 20 }]);
    const urgent = await agentAt(scene);
    const motivo = 'Houve uma fuga agora na unidade.';
    await urgent.browser.post('/finalidade/emergencia', { finalidade: 'investigacao', motivo });
    t.match(await raisedFor(urgent.id), [{ rule: 'emergencia', measure: 1 }]);
    await query(base, `INSERT INTO acesso.vigiado (registro, motivo, desde) VALUES ('r777', 'teste', $1)`, [
      scene.now(),
    ]);
    const curious = await agentAt(scene);
    await curious.browser.get(curious.people(2, 776));
    t.match(await raisedFor(curious.id), [{ rule: 'registro-vigiado' }]);
    scene.clock.pass(13 * hour);
    const late = await agentAt(scene);
    await late.browser.get(late.people(15));
    t.match(await raisedFor(late.id), [{ rule: 'fora-de-hora', measure: 15 }]);
  });

  await t.test('each hour, by two consoles at once, of what nobody does', async (t) => {
    const made = await agentAt(scene);
    const told = { finalidade: 'investigacao', motivo: 'Houve uma fuga agora na unidade.' };
    await made.browser.post('/finalidade/emergencia', told);
    const tries = `INSERT INTO acesso.tentativa (alvo, falhas, ultima, ate) VALUES ('alguém', 20, $1, $1)`;
    await query(base, tries, [scene.now()]);
    const hourly = () => Promise.all([raiseAll(base, scene.now()), raiseAll(base, scene.now())]);
    await hourly();
    t.match(await raisedFor(null), [{ rule: 'entradas-falhas', measure: 20 }]);
    scene.clock.pass(71 * hour);
    await hourly();
    t.strictSame(
      (await raisedFor(made.id)).map(({ rule }) => rule),
      ['emergencia'],
      'until its deadline',
    );
    scene.clock.pass(hour);
    await hourly();
    scene.clock.pass(48 * hour);
    await hourly();
    t.strictSame(
      (await raisedFor(made.id)).map(({ rule }) => rule),
      ['emergencia', 'emergencia-vencida'],
      'of each deadline once',
    );
    t.equal((await raisedFor(null)).length, 1);
  });

  await t.test('and seen with words by somebody else, once', async (t) => {
    const body = await madeBody(scene);
    const mine = await madePerson(scene, body.id, ['auditor', 'agente']);
    const auditor = await browserOf(scene, mine.id);
    const motivo = 'Houve uma fuga agora na unidade.';
    await auditor.post('/finalidade/emergencia', { finalidade: 'investigacao', motivo });
    const list = await auditor.get('/alarmes');
    const [open] = list.text.split('Últimos vistos');
    const paths = [...(open ?? '').matchAll(/href="(\/alarmes\/[0-9a-f-]+)"/g)].map(([, path]) => path ?? '');
    t.ok(paths.length > 5);
    const said = { parecer: 'Conferido com a chefia: plantão de fim de semana.' };
    const [own = '', other = ''] = paths;
    t.match((await auditor.get(own)).text, 'Ninguém julga um alarme sobre si');
    t.equal((await auditor.post(own, said)).status, 403);
    t.equal((await auditor.post(other, { parecer: 'ok' })).status, 422);
    t.equal((await auditor.post(other, said)).location, other);
    t.equal((await auditor.post(other, said)).status, 409);
    t.match((await auditor.get(other)).text, said.parecer);
    t.match((await auditor.get('/alarmes')).text, 'Últimos vistos');
    t.equal((await auditor.get('/alarmes/x')).status, 404);
    const events = (await audited(scene))
      .filter(({ person }) => person === mine.id)
      .map(({ event }) => event);
    for (const event of ['alarm-read', 'alarm-seen']) t.ok(events.includes(event), event);
    const agent = await browserOf(scene, (await madePerson(scene, body.id, ['agente'])).id);
    for (const path of ['/alarmes', other, '/emergencias'])
      t.equal((await agent.get(path)).status, 403, path);
  });
});

void t.test('a console that listens judges by itself', async (t) => {
  const base = await bases.fresh(t, 'listening');
  const scene = await consoleScene(t, base, [...routes, people]);
  const made = await agentAt(scene);
  const motivo = 'Houve uma fuga agora na unidade.';
  await made.browser.post('/finalidade/emergencia', { finalidade: 'investigacao', motivo });
  scene.clock.pass(73 * hour);
  await scene.app.listen({ host: '127.0.0.1', port: 0 });
  const overdue = `SELECT 1 FROM acesso.alarme WHERE regra = 'emergencia-vencida' AND pessoa = $1`;
  let found: object[] = [];
  while (found.length === 0) found = await query(base, overdue, [made.id]);
  t.equal(found.length, 1);
});

void t.test('what cannot be judged now is shown all the same: it is written down', async (t) => {
  const base = await bases.fresh(t, 'not_judged');
  const scene = await consoleScene(t, base, [people]);
  const made = await agentAt(scene);
  await base.transaction((tx) => tx.execute('ALTER TABLE acesso.vigiado RENAME TO away'));
  const shown = await made.browser.get(made.people(1));
  await base.transaction((tx) => tx.execute('ALTER TABLE acesso.away RENAME TO vigiado'));
  t.equal(shown.status, 200);
  t.match((await audited(scene, 1)).at(-1), { person: made.id, shown: 1 });
});

interface Made {
  readonly id: string;
  readonly body: string;
  readonly browser: Browser;
  readonly people: (count: number, from?: number) => string;
}

/** An agent at work, in a body of their own or, of the same person, on another day. */
async function agentAt(
  scene: ConsoleScene,
  grant: Parameters<typeof madeBody>[1] = {},
  before?: Made,
): Promise<Made> {
  const body = before?.body ?? (await madeBody(scene, grant)).id;
  const id = before?.id ?? (await madePerson(scene, body, ['agente'])).id;
  const browser = await browserOf(scene, id);
  const number = await madeCase(scene, browser.session);
  const people = (count: number, from = 0) => `/caso/${number}/t/pessoas?registros=${count}&desde=${from}`;
  return { id, body, browser, people };
}
