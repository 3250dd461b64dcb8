import { strictEqual as equal, ok } from 'node:assert';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { openHome } from '../../../agent/home.ts';
import { agreementState, daysUntil, lastInstantOf } from '../../../shared/act.ts';
import type { AgreementChange } from '../../../shared/agreement/agreement.ts';
import { isAgreementEvent } from '../../../shared/journal/entry.ts';
import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { type TestAgent, testAgent } from '../../support/agent.ts';
import { ArraySource, people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { GatedSource } from '../../support/gate.ts';
import { requestsOf } from '../../support/journal.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

// Invariant 6: outside of the agreement the very next request is refused, whatever the clock was turned back to.

const rows = viewPath('rows', 'custodiado');
const day = 86_400_000;

function stoppedClock(): { now: number; read: () => number } {
  const clock = { now: Math.floor(Date.now() / 1000) * 1000, read: () => clock.now };
  return clock;
}

async function served(t: Test): Promise<TestAgent & { clock: ReturnType<typeof stoppedClock> }> {
  const clock = stoppedClock();
  const agent = await testAgent(t, { source: peopleSource(t, 20), views: ['custodiado'], clock: clock.read });
  return { ...agent, clock };
}

const changes: readonly [change: AgreementChange, refused: ProblemCode | null][] = [
  [{ event: 'suspended', reason: 'ofício 12' }, 'agreement-suspended'],
  [{ event: 'resumed' }, null],
  [{ event: 'revoked', reason: 'denúncia do acordo' }, 'agreement-revoked'],
];

export async function agreements(t: Test): Promise<void> {
  await t.test('A2: what the state declares counts for the next request', async (t) => {
    const { clock, ...agent } = await served(t);
    const now = () => ({ now: new Date(clock.now) });
    t.equal((await ask(agent, rows, now())).status, 200);
    for (const [change, refused] of changes) {
      agent.home.agreements.change(change);
      for (const target of [rows, paths.agent, paths.views, paths.openapi]) {
        const answer = await ask(agent, target, now());
        if (refused === null) t.equal(answer.status, 200, `${change.event}: ${target}`);
        else await requireProblem(t, agent, answer, 403, refused);
      }
    }
    t.throws(() => agent.home.agreements.change({ event: 'resumed' }), { code: 'agreement-revoked' });
    const events = [...agent.home.journal.entries()].filter(isAgreementEvent);
    t.match(
      events.map(({ body }) => JSON.parse(body) as unknown),
      ['begun', 'suspended', 'resumed', 'revoked'].map((event) => ({ event: `agreement-${event}` })),
      'the journal has each change',
    );
    const { journal } = agent.home;
    t.equal(journal.sinceAgreement('database-user-revoked'), null);
    journal.event({ event: 'database-user-revoked', statements: 1 });
    t.type(journal.sinceAgreement('database-user-revoked'), 'string', 'it is known what was done since');
  });

  await t.test('A2: and for a page in flight', async (t) => {
    const [suspension] = changes[0] ?? [];
    const source = new ArraySource({ description: viewOf('custodiado', peopleColumns), rows: people(1, 5) });
    const gate = new GatedSource(source);
    const agent = await testAgent(t, { source: gate, views: ['custodiado'] });
    const answer = ask(agent, rows);
    await gate.held;
    if (suspension !== undefined) agent.home.agreements.change(suspension);
    gate.release();
    await requireProblem(t, agent, await answer, 403, 'agreement-suspended');
    t.match(requestsOf(agent), [{ problem: 'agreement-suspended', rows: null }], 'nothing counts as served');
  });

  await t.test(
    'an extension moves the end on; a grant past its own dates is renewed, and serves nothing else',
    async (t) => {
      const { clock, ...agent } = await served(t);
      const { end } = agent.home.agreements.get();
      const grant = agent.issue({ end: new Date(end) });
      const later = new Date(Date.parse(end) + 30 * day);
      t.throws(
        () => agent.home.agreements.change({ event: 'extended', until: new Date(end), document: 'x' }),
        {
          code: 'option-invalid',
        },
      );
      agent.home.agreements.change({ event: 'extended', until: later, document: '1º aditivo' });
      clock.now = Date.parse(end) + day;
      const how = { grant, now: new Date(clock.now) };
      await requireProblem(t, agent, await ask(agent, rows, how), 403, 'grant-expired');
      const body = JSON.stringify({ succession: null, accepts: '0'.repeat(64) });
      const renewed = await ask(agent, paths.renewal, { ...how, body });
      t.equal(renewed.status, 200);
      const { grant: fresh } = JSON.parse(renewed.body.toString('utf8')) as { grant: string };
      t.equal((await ask(agent, rows, { ...how, grant: fresh })).status, 200);
      clock.now = later.getTime() + 1000;
      const after = { now: new Date(clock.now) };
      await requireProblem(
        t,
        agent,
        await ask(agent, paths.renewal, { ...after, grant: fresh, body }),
        403,
        'grant-expired',
      );
    },
  );

  await t.test('A3: a clock turned back does not bring an ended agreement to life', async (t) => {
    await t.test('after the agent was started again', async (t) => {
      const { clock, ...agent } = await served(t);
      const { end } = agent.home.agreements.get();
      clock.now = Date.parse(end) + 1000;
      t.equal(agent.home.agreements.state(), 'ended', 'noticed without any request');
      clock.now = Date.parse(end) - 100 * day;
      const again = await openHome({ id: 'AL', state: agent.folder }, clock.read);
      t.equal(again.agreements.state(), 'ended');
      t.throws(() => again.agreements.require(), { code: 'grant-expired' });
      again.close();
    });
    await t.test(
      'A1: a record that was changed, taken from another agent or removed: nothing is served',
      async (t) => {
        for (const sql of [
          `UPDATE signed_record SET value = json_set(value, '$.seen', 0) WHERE name = 'clock'`,
          `UPDATE signed_record SET value = json_set(value, '$.end', '2099-01-01T00:00:00.000Z') WHERE name = 'agreement'`,
          `UPDATE signed_record SET keyid = 'x'`,
          `DELETE FROM signed_record WHERE name = 'clock'`,
          `UPDATE signed_record SET value = (SELECT value FROM signed_record WHERE name = 'clock') WHERE name = 'agreement'`,
        ]) {
          const { clock, ...agent } = await served(t);
          agent.state.exec(sql);
          const answer = await ask(agent, rows, { now: new Date(clock.now) });
          await requireProblem(t, agent, answer, 503, 'state-altered');
        }
      },
    );
    await t.test(
      'a clock that had been ahead is set right by a command, down to what central has signed',
      async (t) => {
        const { clock, ...agent } = await served(t);
        const before = clock.now;
        t.equal((await ask(agent, rows, { now: new Date(clock.now) })).status, 200);
        clock.now = before + 2000 * day;
        t.equal(agent.home.agreements.state(), 'ended');
        clock.now = before - day;
        t.throws(
          () => agent.home.instant.accept(),
          { code: 'option-invalid' },
          'central signed a request after that',
        );
        clock.now = before + 60_000;
        agent.home.instant.accept();
        t.equal(agent.home.agreements.state(), 'active');
      },
    );
  });

  await t.test('an agent without an agreement, or under another one than the grant names', async (t) => {
    const agent = await testAgent(t, { source: peopleSource(t, 3), views: ['custodiado'] });
    const { number, ...rest } = agent.home.agreements.get();
    t.equal(number, '23701421');
    agent.home.agreements.begin({ ...rest, number: 'outro' });
    await requireProblem(t, agent, await ask(agent, rows), 401, 'grant-invalid');
    agent.home.agreements.begin({ ...rest, number, views: ['visitante'] });
    await requireProblem(t, agent, await ask(agent, rows), 403, 'view-not-granted');
    agent.state.exec('DELETE FROM signed_record');
    await requireProblem(t, agent, await ask(agent, rows), 403, 'agreement-missing');
  });

  await t.test('state and days left, at every instant', (t) => {
    const instants = fc.integer({ min: 0, max: 4_000_000_000_000 });
    const declared = fc.constantFrom('active' as const, 'suspended' as const, 'revoked' as const);
    fc.assert(
      fc.property(instants, instants, instants, declared, (a, b, now, said) => {
        const [begin, end] = [new Date(Math.min(a, b)), new Date(Math.max(a, b) + 1)];
        const state = agreementState({ begin, end, declared: said }, now);
        const within = now >= begin.getTime() && now < end.getTime() + 1000;
        equal(state === 'active', said === 'active' && within);
        equal(state === 'revoked', said === 'revoked');
        const { days, warning } = daysUntil(end, now);
        ok(days * day <= Math.max(0, end.getTime() - now));
        equal(warning === null, days > 90);
        if (warning !== null) ok(days <= warning && [90, 60, 30, 7].includes(warning));
      }),
      { numRuns: 300, endOnFailure: true },
    );
    t.same(
      [91, 90, 60, 31, 30, 8, 7, 0].map((days) => daysUntil(new Date(days * day), 0).warning),
      [...[null, 90, 60, 60, 30, 30, 7, 7]],
    );
    t.equal(lastInstantOf('2028-05-28').toISOString(), '2028-05-29T02:59:59.000Z', 'in Brasília');
    t.end();
  });
}
