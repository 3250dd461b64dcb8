import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { paths, viewPath } from '../../../shared/protocol/paths.ts';
import type { ViewSource } from '../../../shared/sources/view-source.ts';
import { testAgent } from '../../support/agent.ts';
import { type Answer, ask, requireProblem } from '../../support/signed-requests.ts';
import {
  createSqlite,
  peopleSql,
  peopleView,
  sqliteSource,
  temporaryFolder,
} from '../../support/sqlite-views.ts';

const rows = viewPath('rows', 'custodiado');

function jsonIn(answer: Answer): unknown {
  return JSON.parse(answer.body.toString('utf8'));
}

/** The database of the state fails: what is said of it is signed, and tells nothing that it should not. */
export async function failing(t: Test): Promise<void> {
  await t.test('the state database fails', async (t) => {
    const file = join(temporaryFolder(t), 'estado.sqlite');
    createSqlite(file, peopleSql(20));
    const agent = await testAgent(t, { source: sqliteSource(file, [peopleView()]), views: ['custodiado'] });

    await t.test('it is down, and comes back', async (t) => {
      rmSync(file);
      for (const target of [rows, paths.views, paths.agent, paths.readyz]) {
        const answer = await ask(agent, target);
        await requireProblem(t, agent, answer, 503, 'source-unavailable');
        t.match(answer.headers['retry-after'], /^\d+$/, 'says when to ask again');
      }
      const health = await ask(agent, paths.healthz, { grant: null, key: null });
      t.same(jsonIn(health), { status: 'ok' }, 'the process runs all the same');
      createSqlite(file, peopleSql(20));
      t.equal((await ask(agent, rows)).status, 200);
    });

    await t.test('S7 an error that nobody foresaw shows nothing of itself', async (t) => {
      const failing: ViewSource = {
        describe: () => Promise.reject(new Error('Maria')),
        page: () => Promise.reject(new TypeError('Maria')),
        digests: () => Promise.reject(new TypeError('Maria')),
        list: () => Promise.reject(new TypeError('Maria')),
        lookup: () => Promise.reject(new TypeError('Maria')),
        close: () => Promise.resolve(),
      };
      const broken = await testAgent(t, { source: failing, views: ['custodiado'] });
      for (const target of [rows, paths.views, paths.readyz]) {
        const answer = await ask(broken, target);
        const document = await requireProblem(t, broken, answer, 500, 'internal');
        t.notMatch(JSON.stringify(document), /Maria/);
      }
    });
  });
}
