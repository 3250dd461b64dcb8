import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { viewPath } from '../../../shared/protocol/paths.ts';
import { testAgent } from '../../support/agent.ts';
import { peopleAgent } from '../../support/people-agent.ts';
import {
  type Ask,
  ask,
  requireProblem,
  requireSealed,
  send,
  signedRequest,
  unbound,
} from '../../support/signed-requests.ts';
import { createSqlite, peopleSql, peopleView, sqliteSource } from '../../support/sqlite-views.ts';
import { temporaryParent } from '../../support/temporary-parent.ts';

const rows = viewPath('rows', 'custodiado');

/** Which view is asked for is decided in one way. */
export async function requestPaths(t: Test): Promise<void> {
  await t.test('paths that are not written in their one form', async (t) => {
    const agent = await peopleAgent(t);
    const refused = async (target: string, how: Ask = {}) => {
      await requireProblem(t, agent, await ask(agent, target, how), 400, 'path-not-canonical');
    };
    const noncanonical = [
      '/v2//views',
      '//v2/views',
      '/v2/%76iews',
      '/v2/./views',
      '/v2/../v2/views',
      '/v2/views/',
      '/v2/views/%63ustodiado/rows',
      '/v2/views/custodiado%2frows',
      '/v2/views/../views',
      '/v2/views/%2e%2e/views',
      '/v2/views/custodiado/rows/',
      '/healthz/',
      '//healthz',
      '/%68ealthz',
      '/v2/%zz',
      '/v2/views/%ff/rows',
      '/v2/views;a=b',
    ];
    for (const target of noncanonical) {
      await t.test(target, async () => {
        await refused(target);
        await refused(target, { grant: null, key: null });
      });
    }
    await t.test('S4 absolute-form targets, and what is no part of a URI', async (t) => {
      const targets = [
        `${agent.url}/v2/views`,
        `${agent.url}/healthz`,
        'http://elsewhere/v2/views',
        '/v2/views#fragment',
        '/healthz#fragment',
        '*',
      ];
      for (const target of targets) {
        const answer = unbound(await send(agent, signedRequest(agent, '/v2/views'), target));
        await requireProblem(t, agent, answer, 400, 'path-not-canonical');
      }
    });
  });

  await t.test(
    'what is not HTTP is no request: it is answered without the agent, and learns nothing',
    async (t) => {
      const agent = await peopleAgent(t);
      const answer = await send(agent, signedRequest(agent, rows), '/v2/views/caf\u00e9/rows');
      t.equal(answer.status, 400);
      t.equal(answer.headers['signature'], undefined);
      t.same(Object.keys(JSON.parse(answer.body.toString('utf8')) as object), [
        'error',
        'message',
        'statusCode',
      ]);
    },
  );

  await t.test('view names that only look like a path', async (t) => {
    const agent = await peopleAgent(t);
    for (const view of [
      'custodiado/rows',
      '..',
      '../views',
      'a'.repeat(700),
      'custodiado\u0000',
      'CUSTODIADO',
    ]) {
      const target = viewPath('rows', view);
      await t.test(target.slice(0, 60), async (t) => {
        const answer = await ask(agent, target);
        const dots = view === '..';
        await requireProblem(
          t,
          agent,
          answer,
          dots ? 400 : 403,
          dots ? 'path-not-canonical' : 'view-not-granted',
        );
      });
    }
  });

  await t.test('a view whose name needs percent-encoding', async (t) => {
    const folder = mkdtempSync(join(temporaryParent(), 'guarita-test-'));
    t.teardown(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, 'estado.sqlite');
    createSqlite(file, peopleSql(3));
    const names = ['presos & visão 100%', "d'água?#", '💡'.repeat(63)];
    const views = names.map((name) => peopleView(name, ['custodiado']));
    const agent = await testAgent(t, {
      source: sqliteSource(file, views),
      views: names.slice(0, 1).concat(names[2] ?? ''),
    });
    for (const name of [names[0] ?? '', names[2] ?? '']) {
      const answer = await ask(agent, viewPath('rows', name));
      t.equal(answer.status, 200, name);
      t.match(answer.headers['guarita-page'], 'rows=3');
      await requireSealed(t, agent, answer);
    }
    const refused = await ask(agent, viewPath('rows', names[1] ?? ''));
    await requireProblem(t, agent, refused, 403, 'view-not-granted');
  });
}
