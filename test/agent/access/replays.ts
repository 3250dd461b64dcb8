import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { NonceStore } from '../../../agent/state/nonces.ts';
import { openAgentState } from '../../../agent/state/state.ts';
import { viewPath } from '../../../shared/protocol/paths.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { testAgent } from '../../support/agent.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { ask, requireProblem, send, signedRequest } from '../../support/signed-requests.ts';
import { peopleSource, temporaryFolder } from '../../support/sqlite-views.ts';
import { stoppedClock } from '../../support/stopped-clock.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

const rows = viewPath('rows', 'custodiado');

/** Once, and now. */
export async function replays(t: Test): Promise<void> {
  await t.test('replayed', async (t) => {
    const folder = mkdtempSync(join(temporaryParent(), 'guarita-agent-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const from = { folder, key: generateKeyPair(), centralKey: generateKeyPair() };
    const clock = stoppedClock();
    const start = (t: Test) =>
      testAgent(t, { source: peopleSource(t, 20), views: ['custodiado'], from, clock: clock.read });
    let used = { method: '', targetUri: '', headers: {} };

    await t.test('S2 at once', async (t) => {
      const agent = await start(t);
      used = signedRequest(agent, rows, { now: new Date(clock.now) });
      t.equal((await send(agent, used)).status, 200);
      await requireProblem(t, agent, await send(agent, used), 401, 'nonce-replayed');
    });

    await t.test('S2 after a restart of the agent', async (t) => {
      const agent = await start(t);
      // The same Host as before: the port of a test agent is another after each start.
      const host = new URL(used.targetUri).host;
      const target = used.targetUri.slice(`http://${host}`.length);
      const replay = { ...used, headers: { ...used.headers, host } };
      await requireProblem(t, agent, await send(agent, replay, target), 401, 'nonce-replayed');
      clock.now -= 20_000;
      await requireProblem(t, agent, await send(agent, replay, target), 401, 'nonce-replayed');
    });

    await t.test('S2 many at once: one of them is answered', async (t) => {
      const agent = await start(t);
      const request = signedRequest(agent, rows, { now: new Date(clock.now) });
      const answers = await Promise.all(Array.from({ length: 8 }, () => send(agent, request)));
      t.same(
        answers.map((a) => a.status).sort((a, b) => a - b),
        [200, 401, 401, 401, 401, 401, 401, 401],
      );
    });

    await t.test('a refused request uses up its nonce only when its signature held', async (t) => {
      const agent = await start(t);
      const now = new Date(clock.now);
      const request = signedRequest(agent, viewPath('rows', 'visitante'), { now });
      await requireProblem(t, agent, await send(agent, request), 403, 'view-not-granted');
      await requireProblem(t, agent, await send(agent, request), 401, 'nonce-replayed');
      // Someone who saw a nonce cannot burn it for its owner.
      const mine = signedRequest(agent, rows, { now });
      const forged = { ...mine.headers, signature: `guarita=:${Buffer.alloc(64).toString('base64')}:` };
      const answer = await send(agent, { ...mine, headers: forged });
      await requireProblem(t, agent, answer, 401, 'signature-invalid');
      t.equal((await send(agent, mine)).status, 200);
    });
  });

  await t.test('S2 a clock that jumps ahead and comes back brings no request to life again', async (t) => {
    for (const jump of [60_000, 3_600_000, 50 * 86_400_000]) {
      const clock = stoppedClock();
      const folder = temporaryFolder(t);
      const from = { folder, centralKey: generateKeyPair() };
      const start = (t: Test) =>
        testAgent(t, { source: peopleSource(t, 20), views: ['custodiado'], from, clock: clock.read });
      await t.test(`${jump} ms`, async (t) => {
        const agent = await start(t);
        const recorded = signedRequest(agent, rows, { now: new Date(clock.now) });
        t.equal((await send(agent, recorded)).status, 200);
        clock.now += jump;
        t.equal((await ask(agent, rows, { now: new Date(clock.now) })).status, 200);
        clock.now -= jump;
        await requireProblem(t, agent, await send(agent, recorded), 401, 'nonce-replayed');
        t.equal((await ask(agent, rows, { now: new Date(clock.now) })).status, 200, 'others are answered');
      });
    }
  });

  await t.test('S2 nonces do not pile up', (t) => {
    const db = openAgentState(temporaryFolder(t));
    t.teardown(() => db.close());
    let uptime = 0;
    const count = () => Number(db.prepare('SELECT count(*) FROM nonce').pluck().get());
    const store = new NonceStore(db, () => uptime);
    for (let n = 0; n < 600; n++) {
      uptime = n;
      t.ok(store.use('k', `n${n}`, 1000 + n + 90, 1000 + n));
    }
    t.ok(count() <= 151, `${count()} are kept`);
    const again = new NonceStore(db, () => uptime);
    const before = count();
    t.ok(again.use('k', 'later', 9000, 8000));
    t.equal(count(), before + 1, 'after a restart, none before its time');
    uptime += 150;
    t.ok(again.use('k', 'last', 9200, 8150));
    t.equal(count(), 2);
    t.end();
  });

  await t.test('clocks', async (t) => {
    const clock = stoppedClock();
    const agent = await peopleAgent(t, 20, clock.read);
    const ahead = (seconds: number) => ask(agent, rows, { now: new Date(clock.now + seconds * 1000) });
    for (const skew of [600, -600, 31, -31]) {
      const document = await requireProblem(t, agent, await ahead(skew), 401, 'clock-skew');
      t.equal(document.skewSeconds, skew, `${skew} s`);
      t.match(document.detail, String(skew), 'said in words too');
    }
    for (const skew of [30, -30]) t.equal((await ahead(skew)).status, 200, `${skew} s are accepted`);
  });
}
