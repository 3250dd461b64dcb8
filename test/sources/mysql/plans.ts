import type { Test } from 'tap';
import { connect, type TestMysql, untilGiven } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';
import { readPage } from '../../support/read-cycle.ts';

const start = { after: null, until: null };

/** That a page costs what it gives, however large the view is. */
export async function plans(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server, { collation: 'utf8mb4_unicode_ci' });
  const { database } = harness;
  const { execute } = database;
  for (const [name, nullable] of [
    ['com_nulos', 'NULL'],
    ['sem_nulos', 'NOT NULL'],
  ] as const) {
    await execute(`CREATE TABLE ${name} (id INT PRIMARY KEY, codigo VARCHAR(20) CHARACTER SET latin1 NOT NULL UNIQUE,
      mark DATETIME(6) ${nullable}, body VARCHAR(50), KEY por_marca (mark, id), KEY por_codigo (mark, codigo))`);
    const mark = `'2020-01-01' + INTERVAL seq % 500 SECOND`;
    await execute(`INSERT INTO ${name} SELECT seq, CONCAT('c', seq), ${nullable === 'NULL' ? `IF(seq % 10 > 0, ${mark}, NULL)` : mark},
      CONCAT('corpo ', seq) FROM seq_1_to_20000`);
    await execute(`ANALYZE TABLE ${name}`);
  }
  await execute('CREATE TABLE sem_indice AS SELECT * FROM sem_nulos');
  await execute('ANALYZE TABLE sem_indice');
  const views = ['com_nulos', 'sem_nulos', 'sem_indice'].flatMap((name) => [
    { name, key: ['id'], watermark: 'mark' },
    { name: `${name} por código`, relation: name, key: ['codigo'], watermark: 'mark' },
    { name: `${name} inteira`, relation: name, key: ['codigo'] },
  ]);
  const source = harness.openEngine({ views, rows: 50 });
  t.teardown(() => source.close());

  await t.test('the plan that doctor sees', async (t) => {
    for (const { name } of views) {
      const { plans, rows } = await source.examine(name);
      t.equal(rows, 20_000);
      t.equal(plans.length, 2);
      for (const plan of plans)
        t.equal(plan.isServed, !name.startsWith('sem_indice'), `${name}: ${plan.text}`);
    }
  });

  await t.test('a plan that the user may not see', async (t) => {
    await execute(`CREATE USER ${database.reader}_2 IDENTIFIED BY 'x'`);
    t.teardown(() => execute(`DROP USER ${database.reader}_2`));
    await execute('CREATE VIEW so_visao AS SELECT id, mark FROM sem_nulos');
    await execute(`GRANT SELECT ON so_visao TO ${database.reader}_2`);
    const view = { name: 'so_visao', key: ['id'], watermark: 'mark' };
    const engine = harness.openEngine({ views: [view] }, { user: `${database.reader}_2` }, 'x');
    t.teardown(() => engine.close());
    t.match((await engine.examine('so_visao')).plans, [{ isServed: null }, { isServed: null }]);
    t.same(await engine.proveReadOnly(), []);
  });

  await t.test('what the server really does for a page and a lookup', async (t) => {
    const cases = [
      { name: 'com_nulos', pages: 0, what: 'the first page of the rows without a watermark' },
      { name: 'com_nulos', pages: 2, what: 'a later page of them' },
      { name: 'com_nulos', pages: 41, what: 'the first page of the rows with one' },
      { name: 'sem_nulos', pages: 0, what: 'the first page of all' },
      { name: 'sem_nulos', pages: 20, what: 'a page in the middle' },
      { name: 'sem_nulos por código', pages: 20, what: 'by a key of another character set' },
      { name: 'sem_nulos inteira', pages: 20, what: 'by the key alone' },
    ];
    for (const { name, pages, what } of cases) {
      let request: { after: string | null; until: string | null } = start;
      for (let page = 0; page < pages; page++) {
        const { next, until } = await readPage(source, name, request);
        request = { after: next, until };
      }
      const text = await planOf(name.split(' ')[0] ?? '', () => source.page(name, request));
      t.match(text, /por_marca|por_codigo|PRIMARY|codigo/, what);
      t.notMatch(text, /filesort|ALL/, `${what}: ${text}`);
    }
    const keys = ['c7', 'C19999', 'nenhum', '😀'].map((key) => [key]);
    const text = await planOf('sem_nulos', () => source.lookup('sem_nulos por código', { keys }));
    t.match(text, /range.*codigo/, 'D4: a lookup');
  });

  /** The plan of the statement that a question asks: its table is locked while it is asked, so that it can be seen. */
  async function planOf(table: string, ask: () => Promise<unknown>): Promise<string> {
    const holder = await connect(server);
    await holder.query(`LOCK TABLES ${database.name}.${table} WRITE`);
    const asked = ask();
    asked.catch(() => undefined);
    const seen = (condition: string) =>
      untilGiven(
        database,
        `SELECT ID, Info FROM information_schema.PROCESSLIST WHERE USER = '${database.reader}'
            AND State LIKE 'Waiting for table metadata lock%' AND ${condition}`,
      );
    // The first is the look at the columns: it gets through before the next one, on a lock that is given up and taken.
    await seen(`Info LIKE '%LIMIT 0'`);
    await holder.query('UNLOCK TABLES');
    await asked;
    const [, info] = (await lastStatement(ask)) ?? [];
    holder.destroy();
    const rows = await database.rows(`EXPLAIN ${info}`);
    return rows.map((row) => row.join(' ')).join('\n');
  }

  /** The statement that reads rows, from the server's own log of statements. */
  async function lastStatement(ask: () => Promise<unknown>): Promise<(string | null)[] | undefined> {
    const admin = await connect(server);
    await admin.query(`SET GLOBAL log_output = 'TABLE'`);
    await admin.query('SET GLOBAL general_log = ON');
    await ask();
    await admin.query('SET GLOBAL general_log = OFF');
    const rows = await database.rows(
      `SELECT 1, CONVERT(argument USING utf8mb4) FROM mysql.general_log
        WHERE user_host LIKE '${database.reader}%' AND argument LIKE 'SELECT %FROM \`${database.name}\`%WHERE%'
        ORDER BY event_time DESC LIMIT 1`,
    );
    await admin.query('TRUNCATE mysql.general_log');
    admin.destroy();
    return rows[0];
  }
}
