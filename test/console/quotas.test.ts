// Tier: quick. Seconds, on a base that two consoles use at once.

import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import t, { type Test } from 'tap';
import Type from 'typebox';
import { openEmergency } from '../../central/base/access-layer/emergencies.ts';
import { countLook, type User } from '../../central/base/access-layer/uses.ts';
import type { Base, Transaction } from '../../central/base/base.ts';
import { lookingRoles } from '../../central/console/access/roles.ts';
import { html } from '../../central/console/html/html.ts';
import { route } from '../../central/console/route.ts';
import { dayOf } from '../../shared/day.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { openPostgresBase, query, tierBases } from '../support/bases.ts';
import { runs } from '../support/runs.ts';
import {
  audited,
  type Browser,
  browserOf,
  browserWith,
  type ConsoleScene,
  consoleScene,
  madeBody,
  madeCase,
  madePerson,
} from './scene.ts';

/** Shows so many records: those of a search, or of pages that were opened. */
const people = route({
  ...{ method: 'GET', path: '/t/pessoas', who: 'case', views: ['custodiado'], showsPeople: true },
  roles: lookingRoles,
  query: Type.Object({ registros: Type.String(), busca: Type.String({ default: '' }) }),
  answer: async ({ query: { registros, busca } }) => ({
    title: 'Pessoas',
    main: html`<h1>Mostradas</h1>`,
    look: {
      terms: busca === '' ? null : { nome: busca },
      found: 1000,
      shown: Array.from({ length: Number(registros) }, (_, index) => `r${index}`),
    },
  }),
});

/** Two consoles over one base, at the same hour. */
async function twoConsoles(
  t: Test,
): Promise<{ readonly base: Base; readonly scenes: readonly ConsoleScene[] }> {
  const { shared, server } = await tierBases(t);
  const other = server === null ? shared : openPostgresBase(server, 'base_shared');
  if (server !== null) t.teardown(() => other.close());
  const scenes = [await consoleScene(t, shared, [people]), await consoleScene(t, other, [people])];
  return { base: shared, scenes };
}

/** Somebody at work, by each of the consoles. */
interface Worker {
  readonly person: string;
  readonly browsers: readonly Omit<Browser, 'session'>[];
  /** Their number of a case, by whether it is an emergency. */
  readonly cases: { readonly usual: number; readonly emergency: number };
}

async function worker(scenes: readonly ConsoleScene[], body: string): Promise<Worker> {
  const scene = scenes[0] as ConsoleScene;
  const { id: person } = await madePerson(scene, body, ['agente']);
  const { session, secret } = await browserOf(scene, person);
  const usual = await madeCase(scene, session);
  const told = { body, person, purpose: 'investigacao', reference: 'IP 1', reason: 'Houve uma fuga agora.' };
  const { number: emergency } = await scene.base.transaction((tx) =>
    openEmergency(tx, session, { ...told, deadline: new Date(scene.clock.now() + 1) }, scene.now()),
  );
  return { person, browsers: scenes.map((one) => browserWith(one, secret)), cases: { usual, emergency } };
}

/** A look of one of three people, by one of two consoles; the first two are of one body. */
const look = fc.record({
  who: fc.nat(2),
  by: fc.nat(1),
  records: fc.integer({ min: 0, max: 8 }),
  searches: fc.nat(1),
  isOffHours: fc.boolean(),
  isEmergency: fc.integer({ min: 0, max: 7 }).map((one) => one === 0),
});
/** What is looked at at once, and whether that ends the day. */
const batches = fc.array(
  fc.record({
    looks: fc.array(look, { minLength: 1, maxLength: 6 }),
    isLast: fc.integer({ min: 0, max: 4 }).map((one) => one === 0),
  }),
  { minLength: 1, maxLength: 8 },
);

void t.test('no limit of a day is passed, whoever looks by whichever console', async (t) => {
  const { base, scenes } = await twoConsoles(t);
  const [scene] = scenes as [ConsoleScene];
  const limits = fc.record({
    person: fc.integer({ min: 1, max: 15 }),
    body: fc.integer({ min: 1, max: 30 }),
  });
  await fc.assert(
    fc.asyncProperty(batches, limits, async (steps, limit) => {
      const bodies = [(await madeBody(scene)).id, (await madeBody(scene)).id];
      const users: { person: string; body: string }[] = [];
      for (const body of [bodies[0], bodies[0], bodies[1]] as string[]) {
        users.push({ body, person: (await madePerson(scene, body, ['agente'])).id });
      }
      let used = new Map<string, number>();
      const count = (key: string) => used.get(key) ?? 0;
      for (const { looks, isLast } of steps) {
        const now = scene.now();
        const before = new Map(used);
        const counted = await Promise.all(
          looks.map(async ({ who, by, isEmergency, ...looked }) => {
            const user = users[who] as User;
            const stopping = isEmergency ? null : limit;
            const isCounted = await counts(scenes[by] as ConsoleScene, (tx) =>
              countLook(tx, user, looked, stopping, now),
            );
            return { ...user, isCounted, isEmergency, cost: looked.records + looked.searches };
          }),
        );
        for (const { person, body, isCounted, cost } of counted) {
          if (isCounted) for (const key of [person, body]) used.set(key, count(key) + cost);
        }
        for (const { person, body, isCounted, isEmergency, cost } of counted) {
          const isFull = count(person) + cost > limit.person || count(body) + cost > limit.body;
          if (!isCounted) assert.ok(isFull && !isEmergency, 'refused only where it is full');
        }
        const urgent = new Set(
          counted.flatMap(({ isEmergency, person, body }) => (isEmergency ? [person, body] : [])),
        );
        const held = [
          ...users.map(({ person }) => [person, limit.person] as const),
          ...bodies.map((body) => [body, limit.body] as const),
        ];
        for (const [key, most] of held) {
          if (!urgent.has(key))
            assert.ok(count(key) <= Math.max(most, before.get(key) ?? 0), 'no limit is passed');
        }
        assert.deepEqual(
          await countedIn(base, bodies, dayOf(now)),
          sorted(used),
          'what is counted is what was shown',
        );
        if (!isLast) continue;
        scene.clock.pass(24 * 60 * 60_000);
        used = new Map();
      }
    }),
    { numRuns: runs(4, 40), endOnFailure: true },
  );
});

/** False where it was refused for its quota. */
async function counts({ base }: ConsoleScene, count: (tx: Transaction) => Promise<void>): Promise<boolean> {
  try {
    await base.transaction(count, { use: 'pages' });
    return true;
  } catch (error) {
    if (error instanceof GuaritaError && error.code === 'quota-used-up') return false;
    throw error;
  }
}

/** Of a day what each person and body has looked at, as the base has it. */
async function countedIn(base: Base, bodies: readonly string[], day: string) {
  const found = await query<{ key: string; looks: number }>(
    base,
    `SELECT coalesce(pessoa, orgao)::text AS key, (buscas + registros)::int AS looks FROM acesso.uso
      WHERE orgao = ANY ($1) AND dia = $2`,
    [bodies, day],
  );
  return sorted(new Map(found.map(({ key, looks }) => [key, looks])));
}

function sorted(used: ReadonlyMap<string, number>) {
  return [...used].filter(([, looks]) => looks > 0).toSorted(([one], [other]) => one.localeCompare(other));
}

void t.test('two consoles at once show no more than there is left', async (t) => {
  const { scenes } = await twoConsoles(t);
  const body = await madeBody(scenes[0] as ConsoleScene, { personQuota: 10, bodyQuota: 1000 });
  const { browsers, cases } = await worker(scenes, body.id);
  const answers = await Promise.all(
    [0, 1, 0, 1, 0, 1].map((by) =>
      (browsers[by] as Browser).get(`/caso/${cases.usual}/t/pessoas?registros=3`),
    ),
  );
  const shown = answers.filter(({ status, text }) => status === 200 && text.includes('Mostradas'));
  t.equal(shown.length, 3, 'three times three of ten');
  for (const { status, text } of answers) {
    if (status !== 200) t.strictSame([status, text.includes('Mostradas')], [429, false]);
  }
});

void t.test('what is used up is told, and written down', async (t) => {
  const { scenes } = await twoConsoles(t);
  const [scene] = scenes as [ConsoleScene];
  const body = await madeBody(scene, { personQuota: 10, bodyQuota: 1000 });
  const { browsers, cases, person } = await worker(scenes, body.id);
  const [browser] = browsers as [Browser];
  const at = (records: number) => browser.get(`/caso/${cases.usual}/t/pessoas?registros=${records}&busca=x`);
  t.equal((await at(9)).status, 200, 'nine and the search are ten');
  const over = await at(0);
  t.equal(over.status, 429);
  t.match(over.text, 'O limite de consultas de hoje foi atingido');
  t.match(over.text, 'href="/ajuda/cotas"');
  const mine = (await audited(scene)).filter(
    (entry) => entry['person'] === person && entry['route'] !== undefined,
  );
  t.match(mine.at(-1), { problem: 'quota-used-up', terms: { reference: String } });
  t.equal((await browser.get(`/caso/${cases.emergency}/t/pessoas?registros=50`)).status, 200);
  t.equal((await at(0)).status, 429, 'and what was looked at in an emergency counts');
});
