// Tier: quick. A PostgreSQL of its own, which is stopped and started, and whose connections are broken.
import { Client } from 'pg';
import t from 'tap';
import { openPostgresBase, query } from '../support/bases.ts';
import { until } from '../support/deferred.ts';
import { restartedPostgres } from '../support/postgres.ts';
import { runs } from '../support/runs.ts';
import { audited, browserOf, consoleScene, madeBody, madePerson } from './scene.ts';

void t.test('a base that goes away while people are at work', async (t) => {
  const server = await restartedPostgres(t);
  await server.admin(`CREATE DATABASE reinicio TEMPLATE ${server.migrated}`);
  const base = openPostgresBase(server, 'reinicio');
  t.teardown(() => base.close());
  const scene = await consoleScene(t, base);
  const body = await madeBody(scene, { purposes: ['investigacao'] });
  const { id: person } = await madePerson(scene, body.id, ['agente']);
  const browser = await browserOf(scene, person);
  const openIn = (one: typeof browser, referencia: string) =>
    one.post('/finalidade', { finalidade: 'investigacao', referencia });

  await t.test('a form that was filled in meanwhile is sent again', async (t) => {
    t.equal((await browser.get('/finalidade')).status, 200);
    await server.stop();
    for (const shown of [await openIn(browser, 'IP 1/2026'), await browser.get('/finalidade')]) {
      t.equal(shown.status, 503);
      t.equal(shown.headers['retry-after'], '60');
      t.match(shown.text, /fora do ar neste momento.*confira (antes|em outra aba)/s);
      t.notMatch(shown.text, /postgres|ECONN|127\.0\.0\.1|SQLSTATE/);
    }
    await server.start();
    t.equal((await openIn(browser, 'IP 1/2026')).location, '/caso/1', 'the next one works');
  });

  /** Kills one of the server's processes, upon which it ends all connections and starts anew by itself. */
  const crash = async () => {
    const own = new Client({ connectionString: server.url('postgres') });
    own.on('error', () => undefined);
    await own.connect();
    const { rows } = await own.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
    const ended = new Promise((resolve) => own.once('end', resolve));
    process.kill(rows[0]?.pid ?? 0, 'SIGKILL');
    await ended;
  };
  const isUp = () =>
    server.admin('SELECT 1').then(
      () => true,
      () => false,
    );
  const ways: Readonly<Record<string, () => Promise<unknown>>> = {
    'it is started anew': async () => {
      await server.stop();
      await server.start();
    },
    'one of its processes is killed': crash,
    'its connections are ended': () =>
      server.admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'reinicio'`),
  };

  for (const [way, goesAway] of Object.entries(ways)) {
    await t.test(`${way}: each form is done as a whole or not at all`, async (t) => {
      for (let run = 0; run < runs(1, 6); run += 1) {
        const over = new AbortController();
        // A session has only so many cases.
        const sessions = await Promise.all(Array.from({ length: 24 }, () => browserOf(scene, person)));
        const work = async (worker: number) => {
          const answered: { readonly reference: string; readonly status: number }[] = [];
          for (let n = 0; !over.signal.aborted; n += 1) {
            const own = sessions[worker * 6 + (n % 6)] ?? browser;
            const reference = `IP ${worker}-${n}/2026`;
            answered.push({ reference, status: (await openIn(own, reference)).status });
          }
          return answered;
        };
        const works = Promise.all([0, 1, 2, 3].map(work));
        await goesAway();
        await until('the base is back', isUp);
        over.abort();
        const answered = (await works).flat();
        const ids = sessions.map(({ session }) => session);
        const opened = await query<{ reference: string }>(
          base,
          'SELECT referencia AS reference FROM acesso.caso WHERE sessao = ANY ($1)',
          [ids],
        );
        const told = (await audited(scene)).filter(
          ({ event, session }) => event === 'case-opened' && ids.includes(String(session)),
        );
        const references = opened.map(({ reference }) => reference).toSorted();
        t.same(told.map(({ terms }) => (terms as { reference: string }).reference).toSorted(), references);
        const done = answered.filter(({ status }) => status === 303).map(({ reference }) => reference);
        t.same(
          done.filter((reference) => !references.includes(reference)),
          [],
          'what was said to be done is done',
        );
        t.same(
          answered.filter(({ status }) => status !== 303 && status !== 503),
          [],
        );
        t.ok(done.length > 0 && (await openIn(browser, `IP ${way} ${run}`)).status === 303);
      }
    });
  }
});
