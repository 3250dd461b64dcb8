import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import { paths } from '../../../shared/protocol/paths.ts';
import { testAgent } from '../../support/agent.ts';
import { ArraySource } from '../../support/array-source.ts';
import { deferred } from '../../support/deferred.ts';
import { ask, requireProblem } from '../../support/signed-requests.ts';
import { peopleSource } from '../../support/sqlite-views.ts';

// What whoever asks an agent for its health is told, and what their asking costs the database.

export async function readiness(t: Test): Promise<void> {
  await t.test('whoever asks whether it is ready: nobody known', async (t) => {
    const open = { grant: null, key: null };

    await t.test('is told no name of the database', async (t) => {
      const source = new ArraySource();
      source.beforeDescribe = () => {
        throw new GuaritaError('column-missing', 'View "custodiado" has no column "cpf"; it has: id, nome.');
      };
      const agent = await testAgent(t, { source, views: [] });
      const answer = await ask(agent, paths.readyz, open);
      const document = await requireProblem(t, agent, answer, 503, 'column-missing');
      t.equal('detail' in document, false);
      t.notMatch(answer.body.toString('utf8'), /cpf|custodiado/);
    });

    await t.test('no view can be read', async (t) => {
      const source = new ArraySource();
      source.broken = [{ name: 'custodiado', problem: 'column-missing', detail: 'Column "cpf".' }];
      const agent = await testAgent(t, { source, views: [] });
      const answer = await ask(agent, paths.readyz, open);
      await requireProblem(t, agent, answer, 503, 'column-missing');
      t.notMatch(answer.body.toString('utf8'), /cpf|custodiado/);
    });

    await t.test('costs the database one question at a time, and one in five seconds', async (t) => {
      const source = new ArraySource();
      const asked = deferred();
      const answered = deferred();
      source.beforeDescribe = () => {
        asked.resolve();
        return answered.promise;
      };
      let now = Date.now();
      const agent = await testAgent(t, { source, views: [], clock: () => now });
      const ready = async () => (await agent.app.inject(paths.readyz)).statusCode;
      const first = ready();
      await asked.promise;
      now += 60_000;
      const others = [ready(), ready()];
      await agent.app.inject(paths.healthz);
      answered.resolve();
      t.same(await Promise.all([first, ...others]), [200, 200, 200]);
      t.equal(source.describes, 1, 'who asks meanwhile shares the check');
      source.beforeDescribe = () => {
        throw new GuaritaError('source-unavailable');
      };
      now += 4_999;
      t.same([await ready(), source.describes], [200, 1], 'the outcome is kept');
      now += 1;
      t.same([await ready(), source.describes], [503, 2], 'and then no longer');
      t.same([await ready(), source.describes], [503, 2], 'a bad one as well');
      now -= 60_000;
      t.same(
        [await ready(), source.describes],
        [503, 3],
        'a clock that was set back does not keep it longer',
      );
    });
  });

  await t.test('a connection lasts longer than the database may take for an answer', async (t) => {
    const source = peopleSource(t, 1);
    for (const [limits, milliseconds] of [
      [{}, 120_000],
      [{ timeoutSeconds: 3600 }, 3_660_000],
      [{ timeoutSeconds: 10, scanTimeoutSeconds: 7200 }, 7_260_000],
      [{ timeoutSeconds: 100, scanTimeoutSeconds: 1 }, 160_000],
    ] as const) {
      const agent = await testAgent(t, { source, views: [], ...limits });
      t.equal(agent.app.server.timeout, milliseconds);
    }
  });

  await t.test('a request has time to come on a slow line, its head not more than it needs', async (t) => {
    const { app } = await testAgent(t, { source: peopleSource(t, 1), views: [] });
    t.match(app.server, { headersTimeout: 30_000, requestTimeout: 300_000 });
  });
}
