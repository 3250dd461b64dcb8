import { hash } from 'node:crypto';
import type { Test } from 'tap';
import { openBody } from '../../../central/sources/responses.ts';
import { pageHeaderName, parsePageInfo } from '../../../shared/protocol/page-header.ts';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import { requestsOf } from '../../support/journal.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';

const rows = viewPath('rows', 'custodiado');
const largeEnough = 200;

/** Each answer is in the journal before it leaves. */
export async function writtenDown(t: Test): Promise<void> {
  await t.test('the journal', async (t) => {
    const agent = await peopleAgent(t, largeEnough);
    const page = await ask(agent, `${rows}?limit=7`, { headers: { 'accept-encoding': 'zstd' } });
    const { next, until } = parsePageInfo(page.headers[pageHeaderName]);
    const query = new URLSearchParams({ after: next, until: until ?? '' }).toString();
    const asked = [
      page,
      await ask(agent, `${rows}?${query}`, { headers: { 'accept-encoding': 'gzip' } }),
      await ask(agent, paths.views),
      await ask(agent, paths.agent),
      await ask(agent, `${rows}?after=${next}x`),
      await ask(agent, `${rows}?Maria`, { grant: null }),
      await ask(agent, '/nothing?Maria'),
      await ask(agent, '/v2/%zz?Maria'),
      await ask(agent, rows, { method: 'HEAD' }),
      await ask(agent, rows, { method: 'POST' }),
    ];
    await ask(agent, paths.healthz, { grant: null, key: null });
    await ask(agent, paths.readyz);
    const entries = requestsOf(agent);
    t.equal(entries.length, asked.length, 'one entry for each request that is not public');
    for (const [index, answer] of asked.entries()) {
      const entry = entries[index];
      const [resource, search] = answer.request.targetUri.slice(agent.url.length).split('?', 2);
      t.match(entry, {
        method: answer.request.method,
        resource,
        query: search === undefined ? null : hash('sha256', search, 'base64url'),
        status: answer.status,
        bytes: answer.body.length,
        digest: answer.headers['content-digest'],
      });
    }
    t.same(
      entries.map((entry) => [entry.rows, entry.problem]),
      [
        [7, null],
        [largeEnough - 7, null],
        [null, null],
        [null, null],
        [null, 'cursor-invalid'],
        [null, 'grant-missing'],
        [null, 'route-unknown'],
        [null, 'path-not-canonical'],
        [null, 'route-unknown'],
        [null, 'route-unknown'],
      ],
    );
    const claims = JSON.parse(Buffer.from(agent.grant.split('.')[1] ?? '', 'base64url').toString('utf8')) as {
      jti: string;
    };
    t.match(entries[0], { grant: claims.jti, key: agent.centralKey.thumbprint }, 'who asked');
    t.match(entries[5], { grant: null, key: null }, 'nobody known');
    const written = JSON.stringify(entries);
    for (const never of ['Maria', 'after=', next, 'Pessoa', agent.grant]) {
      t.notOk(written.includes(never), `never written down: ${never.slice(0, 10)}`);
    }
  });

  await t.test('S8 what cannot be written down is not served', async (t) => {
    const failures: [what: string, sql: string][] = [
      [
        'the journal cannot be written',
        `CREATE TEMP TRIGGER full BEFORE INSERT ON main.journal_entry BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
      ],
      [
        'a nonce cannot be kept',
        `CREATE TEMP TRIGGER full BEFORE INSERT ON main.nonce BEGIN SELECT RAISE(ABORT, 'disk full'); END`,
      ],
      ['nothing can be written', 'PRAGMA query_only = ON'],
    ];
    for (const [what, sql] of failures) {
      await t.test(what, async (t) => {
        const agent = await peopleAgent(t, largeEnough);
        agent.state.exec(sql);
        for (const accept of ['identity', 'zstd']) {
          const answer = await ask(agent, rows, { headers: { 'accept-encoding': accept } });
          await requireProblem(t, agent, answer, 507, 'state-unwritable');
          t.match(answer.headers['retry-after'], /^\d+$/);
          t.equal(answer.headers[pageHeaderName], undefined, 'no page header');
          t.equal(answer.headers['content-encoding'], undefined);
          t.notMatch((await openBody(answer, 1024 * 1024)).toString('utf8'), /Pessoa|disk full/, 'no row');
        }
        t.equal((await ask(agent, paths.healthz, { grant: null, key: null })).status, 200);
      });
    }

    await t.test('S8 the state is gone', async (t) => {
      const agent = await peopleAgent(t, largeEnough);
      agent.state.close();
      const answer = await ask(agent, rows);
      await requireProblem(t, agent, answer, 507, 'state-unwritable');
      t.notMatch(answer.body.toString('utf8'), /Pessoa/);
    });
  });
}
