import { Client } from 'pg';
import type { Test } from 'tap';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness, untilGiven } from '../../support/postgres-harness.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

const start = { after: null, until: null };

/** What may end a page before its time. */
export async function interruptions(t: Test, server: TestPostgres): Promise<void> {
  const harness = await postgresHarness(t, server, { database: 'interrompido' });
  // Row 2000 waits for a lock that the test holds: by then the COPY has begun to give rows.
  await harness.execute(`CREATE TABLE linhas AS SELECT n AS id, timestamptz '2020-01-01' AS mark, repeat('x', 200) AS body
    FROM generate_series(1, 3000) n`);
  await harness.execute(`CREATE VIEW travada AS SELECT id, mark,
    CASE WHEN id = 2000 THEN (pg_advisory_xact_lock_shared(4711) IS NULL)::text ELSE body END AS body FROM linhas`);
  const views = [{ name: 'travada', key: ['id'], watermark: 'mark' }];
  const hold = async (t: Test) => {
    const holder = new Client({ connectionString: server.url('interrompido') });
    await holder.connect();
    await holder.query('SELECT pg_advisory_lock(4711)');
    let held = true;
    const release = async () => {
      if (held) await holder.end();
      held = false;
    };
    t.teardown(release);
    return release;
  };
  const waiting = () =>
    untilGiven(
      server,
      `SELECT pid FROM pg_stat_activity WHERE datname = 'interrompido' AND wait_event = 'advisory'`,
    );

  await t.test('I3: its backend is terminated', async (t) => {
    const release = await hold(t);
    const source = await harness.open(t, { views });
    const page = source.page('travada', start);
    const failed = t.rejects(page, { code: 'source-unavailable' });
    const { pid } = await waiting();
    await server.admin(`SELECT pg_terminate_backend(${Number(pid)})`);
    await failed;
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('the statement takes too long', async (t) => {
    const release = await hold(t);
    const source = harness.openEngine({ views, timeoutSeconds: 1 });
    t.teardown(() => source.close());
    await t.rejects(source.page('travada', start), { code: 'source-timeout' });
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('reading the whole view for comparison has a time limit of its own', async (t) => {
    await harness.execute(`CREATE VIEW demorada AS SELECT id, mark, (pg_sleep(1.5) IS NULL)::text AS body
      FROM linhas WHERE id = 1`);
    const views = [{ name: 'demorada', key: ['id'], watermark: 'mark' }];
    const open = (limits: { timeoutSeconds: number; scanTimeoutSeconds: number }) => {
      const source = harness.openEngine({ views, ...limits });
      t.teardown(() => source.close());
      return source;
    };
    const long = open({ timeoutSeconds: 1, scanTimeoutSeconds: 30 });
    const [digests, listing, page] = await Promise.allSettled([
      long.digests('demorada', { buckets: 1 }),
      long.list('demorada', { buckets: 1, wanted: [0] }),
      long.page('demorada', start),
    ]);
    t.match(digests, { status: 'fulfilled', value: { counts: [1] } });
    t.match(listing, { status: 'fulfilled', value: { rows: 1 } });
    t.match(page, { status: 'rejected', reason: { code: 'source-timeout' } });
    const short = open({ timeoutSeconds: 30, scanTimeoutSeconds: 1 });
    await t.rejects(short.digests('demorada', { buckets: 1 }), { code: 'source-timeout' });
    t.equal((await short.page('demorada', start)).rows, 1, 'and the limit was that of one question');
  });

  await t.test('the caller gives up', async (t) => {
    const release = await hold(t);
    const source = await harness.open(t, { views });
    const caller = new AbortController();
    const failed = t.rejects(source.page('travada', { ...start, signal: caller.signal }));
    await waiting();
    caller.abort();
    await failed;
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('I8: rows that grow a thousandfold do not make it read what no page takes', async (t) => {
    const large = 60;
    await harness.execute(`CREATE TABLE crescidas AS SELECT n AS id, timestamptz '2020-01-01' + n * interval '1 s' AS mark,
      repeat('x', CASE WHEN n <= 3000 THEN 50 ELSE 300000 END) AS body FROM generate_series(1, ${3000 + large}) n`);
    const source = await harness.open(t, {
      views: [{ name: 'crescidas', key: ['id'], watermark: 'mark' }],
      bytes: 100_000,
    });
    const { rows, pages } = await readCycle(source, 'crescidas');
    t.equal(new Set(column(rows, 0)).size, 3000 + large);
    t.equal(rows.length, 3000 + large, 'each once');
    t.ok(pages.length >= large + 2, 'the large ones have a page each');
  });

  await t.test('I8: doctor looks at rows that its sample cannot hold', async (t) => {
    await harness.execute(
      `CREATE TABLE largas AS SELECT n AS id, repeat('x', 5000) AS body FROM generate_series(1, 1500) n`,
    );
    await harness.execute(
      `CREATE VIEW adiantadas AS SELECT id, timestamptz '2999-01-01' AS mark, body FROM largas`,
    );
    const views = [
      { name: 'largas', key: ['id'] },
      { name: 'adiantadas', key: ['id'], watermark: 'mark' },
    ];
    const source = harness.openEngine({ views });
    t.teardown(() => source.close());
    for (const [view, plans] of [
      ['largas', 2],
      ['adiantadas', 1],
    ] as const) {
      const examined = await source.examine(view);
      t.equal(examined.rows, 1500);
      t.equal(examined.plans.length, plans, 'and how its pages are served');
      const lines = examined.sample.toString().trimEnd().split('\n');
      t.ok(lines.length > 100 && lines.every((line) => line.endsWith('x')), 'whole rows, near a MiB of them');
    }
  });

  await t.test(
    'P4, I8: where it gives up the connection between two equal keys, the other one comes',
    async (t) => {
      await harness.execute(`CREATE TABLE iguais AS SELECT CASE WHEN n = 3001 THEN 3000.0 ELSE n END AS id, n,
      repeat('x', CASE WHEN n <= 3000 THEN 50 ELSE 300000 END) AS body FROM generate_series(1, 3020) n`);
      const source = await harness.open(t, { views: [{ name: 'iguais', key: ['id'] }], bytes: 100_000 });
      const { rows } = await readCycle(source, 'iguais');
      t.equal(new Set(column(rows, 1)).size, 3020);
      t.equal(rows.length, 3020, 'each once');
    },
  );
}
