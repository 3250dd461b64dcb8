import type { Test } from 'tap';
import type { ProblemCode } from '../../../shared/problems/catalogue.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { type Ask, ask, requireProblem, requireSealed } from '../../support/signed-requests.ts';
import { stoppedClock } from '../../support/stopped-clock.ts';

const day = 86_400_000;
const rows = viewPath('rows', 'custodiado');
const digests = viewPath('digests', 'custodiado');
const lookup = viewPath('lookup', 'custodiado');

/** The grant: for this agent, for the view, and for its term to the second. */
export async function grants(t: Test): Promise<void> {
  await t.test('the usual request is answered: what follows is refused for its own reason', async (t) => {
    const agent = await peopleAgent(t);
    const usual: [target: string, ask?: Ask][] = [
      [paths.agent],
      [paths.views],
      [rows],
      [`${rows}?limit=5`],
      [`${digests}?buckets=8`],
      [digests, { body: '{"buckets":8,"wanted":[0,7]}' }],
      [lookup, { body: '{"keys":[["1"],[null]]}' }],
      [paths.openapi],
    ];
    for (const [target, how] of usual) {
      const answer = await ask(agent, target, how);
      t.equal(answer.status, 200, target);
      await requireSealed(t, agent, answer);
    }
  });

  await t.test('what the grant is', async (t) => {
    const agent = await peopleAgent(t);
    const other = await peopleAgent(t);
    const refused = async (t: Test, status: number, code: ProblemCode, how: Ask, target: string = rows) => {
      await requireProblem(t, agent, await ask(agent, target, how), status, code);
    };

    await t.test('S1 a request without grant', (t) => refused(t, 401, 'grant-missing', { grant: null }));
    await t.test('a request without grant and signature', (t) =>
      refused(t, 401, 'grant-missing', { grant: null, key: null }),
    );
    await t.test('a grant in another scheme', (t) =>
      refused(t, 401, 'grant-missing', {
        grant: null,
        headers: { authorization: `Basic ${Buffer.from('a:b').toString('base64')}` },
      }),
    );
    await t.test("another agent's grant", (t) =>
      refused(t, 401, 'grant-invalid', { grant: other.issue({ key: agent.centralKey }) }),
    );
    await t.test('G2 a grant by this key for an agent of another name', (t) =>
      refused(t, 401, 'grant-invalid', { grant: agent.issue({ issuer: 'RO' }) }),
    );
    await t.test('G2 an expired grant', (t) =>
      refused(t, 403, 'grant-expired', { grant: agent.issue({ end: new Date(Date.now() - 1000) }) }),
    );
    await t.test('G2 a grant that is not yet valid', (t) =>
      refused(t, 403, 'grant-not-yet-valid', { grant: agent.issue({ begin: new Date(Date.now() + day) }) }),
    );
    await t.test("another agent's expired grant says nothing about its term", (t) =>
      refused(t, 401, 'grant-invalid', {
        grant: other.issue({ key: agent.centralKey, end: new Date(Date.now() - day) }),
      }),
    );
    await t.test('G3 a view that the grant does not name', (t) =>
      refused(t, 403, 'view-not-granted', {}, viewPath('rows', 'visitante')),
    );
    await t.test(
      'G1 a grant of as many views, of names as long, as there may be, with the longest cursor',
      async (t) => {
        const long = (end: number, letter: string) =>
          Array.from({ length: end }, (_, i) => `${i}`.padStart(63, letter));
        const grant = agent.issue({ views: ['custodiado', ...long(199, 'é')] });
        await requireProblem(
          t,
          agent,
          await ask(agent, `${rows}?after=${'x'.repeat(16_384)}`, { grant }),
          400,
          'cursor-invalid',
        );
        t.ok(agent.issue({ views: long(500, 'x') }));
        t.throws(() => agent.issue({ views: long(300, 'é') }), { code: 'grant-too-large' });
      },
    );
    await t.test('G3 a grant for no view', async (t) => {
      const grant = agent.issue({ views: [] });
      await refused(t, 403, 'view-not-granted', { grant });
      const views = await ask(agent, paths.views, { grant });
      t.same(
        JSON.parse(views.body.toString('utf8')),
        { views: [], broken: [] },
        'the views that it names: none',
      );
    });
    await t.test('G2 a grant altered in one letter', (t) => {
      const [head = '', claims = '', signature = ''] = agent.grant.split('.');
      const text = Buffer.from(claims, 'base64url').toString('utf8').replace('custodiado', 'visitantes');
      const grant = [head, Buffer.from(text).toString('base64url'), signature].join('.');
      return refused(t, 401, 'grant-invalid', { grant }, viewPath('rows', 'visitantes'));
    });
    await t.test('what the agent signed, of another shape than a grant', async (t) => {
      const [head = '', own = ''] = agent.grant.split('.');
      const claims = JSON.parse(Buffer.from(own, 'base64url').toString('utf8')) as object;
      for (const change of [
        { views: 'custodiado' },
        { views: { includes: 1, filter: 1 } },
        { views: [1] },
        { views: null },
        { cnf: null },
        { cnf: 'x' },
        { cnf: { jkt: 7 } },
        { exp: '9999999999' },
        { exp: 1e300 },
        { nbf: [0] },
        { nbf: -1 },
        { act: 1 },
        { sub: {} },
        { jti: null },
      ]) {
        const body = Buffer.from(JSON.stringify({ ...claims, ...change })).toString('base64url');
        const signed = `${head}.${body}`;
        const grant = `${signed}.${agent.key.sign(Buffer.from(signed)).toString('base64url')}`;
        t.comment(JSON.stringify(change));
        await refused(t, 401, 'grant-invalid', { grant });
      }
    });
    await t.test('a grant that says it needs no signature', async (t) => {
      const [, claims = ''] = agent.grant.split('.');
      const head = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url');
      await refused(t, 401, 'grant-invalid', { grant: `${head}.${claims}.AA` });
      await refused(t, 401, 'grant-missing', { grant: `${head}.${claims}.` });
    });
  });

  await t.test('the agreement ends and begins on its second', async (t) => {
    const clock = stoppedClock();
    const agent = await peopleAgent(t, 20, clock.read);
    const second = (instant: number) => new Date(Math.floor(instant / 1000) * 1000);
    const end = second(clock.now + 60 * day);
    const begin = second(clock.now + day);
    const grant = agent.issue({ begin, end });
    const at = (moment: Date, less: number) => {
      clock.now = moment.getTime() - less;
      return ask(agent, rows, { grant, now: new Date(clock.now) });
    };
    await requireProblem(t, agent, await at(begin, 1000), 403, 'grant-not-yet-valid');
    t.equal((await at(begin, 0)).status, 200, 'the first second');
    t.equal((await at(end, 1)).status, 200, 'before the last second');
    t.equal((await at(end, 0)).status, 200, 'the last second');
    t.equal((await at(end, -999)).status, 200, 'to its end');
    await requireProblem(t, agent, await at(end, -1000), 403, 'grant-expired');
    // Turned back, the clock does not bring it to life.
    const back = await at(end, 1000);
    await requireProblem(t, agent, back, 403, 'grant-expired');
  });
}
