import type { Test } from 'tap';
import { connect, type TestMysql } from '../../support/mysql.ts';
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
      // Of a view that is read as a whole, the server may well sort a small table for the first page.
      for (const plan of name.endsWith('inteira') ? plans.slice(1) : plans)
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
      const text = await planOf(() => source.page(name, request));
      t.match(text, /por_marca|por_codigo|PRIMARY|codigo/, what);
      t.notMatch(text, /filesort|ALL/, `${what}: ${text}`);
    }
    const keys = ['c7', 'C19999', 'nenhum', '😀'].map((key) => [key]);
    const text = await planOf(() => source.lookup('sem_nulos por código', { keys }));
    t.match(text, /range.*codigo/, 'D4: a lookup');
  });

  /** The plan of the last statement that a question asks, as the server's own log of statements has it. */
  async function planOf(ask: () => Promise<unknown>): Promise<string> {
    const admin = await connect(server);
    t.teardown(() => admin.destroy());
    await admin.query(`SET GLOBAL log_output = 'TABLE', GLOBAL general_log = ON`);
    await ask();
    await admin.query('SET GLOBAL general_log = OFF');
    const [[statement] = []] = await database.rows(
      `SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log
        WHERE user_host LIKE '${database.reader}%' AND argument LIKE 'SELECT %WHERE%ORDER BY%'
           OR user_host LIKE '${database.reader}%' AND argument LIKE 'SELECT % IN (%LIMIT%'
        ORDER BY event_time DESC LIMIT 1`,
    );
    await admin.query('TRUNCATE mysql.general_log');
    const rows = await database.rows(`EXPLAIN ${statement}`);
    return rows.map((row) => row.join(' ')).join('\n');
  }
}
