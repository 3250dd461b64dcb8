import { Client } from 'pg';
import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness, untilGiven } from '../../support/postgres-harness.ts';
import { readPage } from '../../support/read-cycle.ts';

const start = { after: null, until: null };

/** That a page costs what it gives, however large the view is. */
export async function plans(t: Test, server: TestPostgres): Promise<void> {
  const harness = await postgresHarness(t, server, { database: 'indice' });
  const columns = `SELECT n AS id, CASE WHEN n % 10 > 0 THEN timestamptz '2020-01-01' + n % 500 * interval '1 s' END AS mark,
    'corpo ' || n AS body FROM generate_series(1, 20000) n`;
  await harness.execute(`CREATE TABLE com_nulos AS ${columns}`);
  await harness.execute(`CREATE TABLE sem_nulos AS ${columns}`);
  await harness.execute(`UPDATE sem_nulos SET mark = '2020-01-01' WHERE mark IS NULL`);
  await harness.execute('ALTER TABLE sem_nulos ALTER mark SET NOT NULL');
  for (const name of ['com_nulos', 'sem_nulos']) {
    await harness.execute(`CREATE INDEX ON ${name} (mark, id)`);
    await harness.execute(`VACUUM ANALYZE ${name}`);
  }
  const views: ViewConfig[] = ['com_nulos', 'sem_nulos'].map((name) => ({
    name,
    key: ['id'],
    watermark: 'mark',
  }));
  const source = await harness.open(t, { views, rows: 50 });
  const cases = [
    { name: 'com_nulos', pages: 0, what: 'the first page of the rows without a watermark' },
    { name: 'com_nulos', pages: 2, what: 'a later page of them' },
    { name: 'com_nulos', pages: 41, what: 'the first page of the rows with one' },
    { name: 'sem_nulos', pages: 0, what: 'the first page of all' },
    { name: 'sem_nulos', pages: 20, what: 'a page in the middle' },
  ];
  for (const { name, pages, what } of cases) {
    let request: { after: string | null; until: string | null } = start;
    for (let page = 0; page < pages; page++) {
      const { next, until } = await readPage(source, name, request);
      request = { after: next, until };
    }
    const select = await selectUnderLock(name, () => source.page(name, request));
    const plan = await server.admin(`EXPLAIN (COSTS OFF) ${select}`, 'indice');
    const text = plan.map((line) => String(line['QUERY PLAN'])).join('\n');
    t.match(text, /Index (Only )?Scan/, what);
    t.notMatch(text, /Seq Scan|Sort/, what);
  }

  await harness.execute('CREATE INDEX ON sem_nulos (id); ANALYZE sem_nulos');
  const keys = [['7'], ['19999'], ['30000']];
  const select = await selectUnderLock('sem_nulos', () => source.lookup('sem_nulos', { keys }));
  const plan = await server.admin(`EXPLAIN (COSTS OFF) ${select}`, 'indice');
  const text = plan.map((line) => String(line['QUERY PLAN'])).join('\n');
  t.match(text, /Index (Only )?Scan/, 'D4: a lookup');
  t.notMatch(text, /Seq Scan on sem_nulos/, 'D4: a lookup');

  /** The SELECT inside the COPY of a page: the table is locked while it is asked for, so that it can be looked at. */
  async function selectUnderLock(table: string, ask: () => Promise<unknown>): Promise<string> {
    const holder = new Client({ connectionString: server.url('indice') });
    await holder.connect();
    await holder.query(`BEGIN; LOCK TABLE ${table} IN ACCESS EXCLUSIVE MODE`);
    const page = ask();
    const { query } = await untilGiven(
      server,
      `SELECT query FROM pg_stat_activity WHERE datname = 'indice' AND wait_event_type = 'Lock' AND query LIKE 'COPY%'`,
    );
    await holder.end();
    await page;
    return String(query).replace(/^COPY \(([\s\S]*)\) TO STDOUT.*$/, '$1');
  }
}
