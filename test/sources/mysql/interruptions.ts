import type { Test } from 'tap';
import { mysqlError } from '../../../shared/sources/mysql/errors.ts';
import { connect, ownMysql, type TestDatabase, type TestMysql, untilGiven } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';

const start = { after: null, until: null };
const views = [{ name: 'travada', key: ['id'], watermark: 'mark' }];

/** What may end a page before its time. */
export async function interruptions(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const { database } = harness;
  await createHeld(database);
  const hold = (t: Test) => holdIn(t, database);
  const open = (t: Test, settings: Partial<Parameters<typeof harness.openEngine>[0]> = {}) => {
    const engine = harness.openEngine({ views, ...settings });
    t.teardown(() => engine.close());
    return engine;
  };

  await t.test('I3: its connection is killed by the administrator', async (t) => {
    const release = await hold(t);
    const source = open(t);
    const failed = t.rejects(source.page('travada', start), { code: 'source-unavailable' });
    await database.execute(`KILL ${await waiting(database)}`);
    await failed;
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('I3: the server is killed in the middle of a page', async (t) => {
    const own = await ownMysql(t);
    if (own === null) return;
    const killed = await mysqlHarness(t, own);
    await createHeld(killed.database);
    await holdIn(t, killed.database);
    const source = killed.openEngine({ views });
    t.teardown(() => source.close());
    const failed = t.rejects(source.page('travada', start), { code: 'source-unavailable' });
    await waiting(killed.database);
    own.kill();
    await failed;
    await t.rejects(source.page('travada', start), { code: 'source-unavailable' });
    await t.rejects(source.describe(), { code: 'source-unavailable' });
  });

  await t.test('the statement takes too long', async (t) => {
    const release = await hold(t);
    const source = open(t, { timeoutSeconds: 1 });
    await t.rejects(source.page('travada', start), { code: 'source-timeout' });
    await gone(database);
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('reading the whole view for comparison has a time limit of its own', async (t) => {
    const release = await hold(t);
    const source = open(t, { timeoutSeconds: 30, scanTimeoutSeconds: 1 });
    await t.rejects(source.digests('travada', { buckets: 1 }), { code: 'source-timeout' });
    await release();
    t.equal((await readPage(source, 'travada', start)).rows, 3000, 'and the limit was that of one question');
  });

  await t.test('the caller gives up: the server is told to stop', async (t) => {
    const release = await hold(t);
    const source = open(t);
    const caller = new AbortController();
    const page = source.page('travada', { ...start, signal: caller.signal });
    const failed = t.rejects(page, { code: 'request-abandoned' });
    await waiting(database);
    caller.abort();
    await failed;
    await gone(database);
    await release();
    t.equal((await readCycle(source, 'travada')).rows.length, 3000, 'and the next page works');
  });

  await t.test('I1: writers do not wait for a page that takes long', async (t) => {
    const release = await hold(t);
    const source = open(t);
    const page = readPage(source, 'travada', start);
    await waiting(database);
    await database.execute(`UPDATE linhas SET body = 'y' WHERE id <= 5`);
    await database.execute('DELETE FROM linhas WHERE id = 3000');
    await release();
    t.equal((await page).rows, 3000, 'T2: and it shows one moment');
    t.equal((await readCycle(source, 'travada')).rows.length, 2999);
  });

  await t.test('rows that another transaction has changed: as they were, without a wait', async (t) => {
    const writer = await connect(server);
    t.teardown(() => writer.destroy());
    await writer.query(`START TRANSACTION`);
    await writer.query(`UPDATE ${database.name}.linhas SET body = 'depois'`);
    const { rows } = await readCycle(open(t), 'travada');
    t.notOk(column(rows, 2).includes('depois'));
  });

  await t.test('a table that another session has locked: it gives up in time', async (t) => {
    const writer = await connect(server);
    t.teardown(() => writer.destroy());
    await writer.query(`LOCK TABLES ${database.name}.linhas WRITE`);
    const source = open(t, { timeoutSeconds: 1 });
    await t.rejects(source.page('travada', start), { code: 'source-timeout' });
    await writer.query('UNLOCK TABLES');
    t.equal((await readCycle(source, 'travada')).rows.length, 2999, 'and the next page works');
  });

  await t.test('an error that says that somebody was in the way is one to be tried again', (t) => {
    for (const errno of [1205, 1213, 1969, 3024]) {
      const error = Object.assign(new Error('quotes a row'), { errno, sqlState: '40001' });
      const { code, detail, retry, message } = mysqlError(error);
      t.match(
        { code, detail, retry },
        { code: 'source-timeout', detail: `MySQL error ${errno}.`, retry: 'later' },
      );
      t.notMatch(message, 'quotes a row');
    }
    t.end();
  });

  await t.test('P8: a view that is dropped, or whose column is retyped, between two pages', async (t) => {
    await database.execute('CREATE TABLE muda (id INT PRIMARY KEY, nome VARCHAR(10))');
    await database.execute(`INSERT INTO muda VALUES (1, 'a'), (2, 'b')`);
    const source = open(t, { views: [{ name: 'muda', key: ['id'] }, ...views] });
    const { next } = await readPage(source, 'muda', { ...start, limit: 1 });
    await database.execute('ALTER TABLE muda MODIFY nome VARCHAR(20)');
    await t.rejects(source.page('muda', { after: next, until: null }), { code: 'schema-changed' });
    const again = await readPage(source, 'muda', { ...start, limit: 1 });
    await database.execute('RENAME TABLE muda TO mudou');
    await t.rejects(source.page('muda', { after: again.next, until: null }), { code: 'view-missing' });
    t.match(await source.describe(), {
      broken: [{ name: 'muda', problem: 'view-missing' }],
      views: [{ name: 'travada' }],
    });
    await database.execute('CREATE VIEW muda AS SELECT * FROM mudou');
    await database.execute('DROP TABLE mudou');
    t.match(
      await source.describe(),
      { broken: [{ name: 'muda', problem: 'view-missing' }] },
      'its table is gone',
    );
  });

  await t.test('I8: rows that grow a thousandfold do not make it read what no page takes', async (t) => {
    await database.execute('CREATE TABLE crescidas (id INT PRIMARY KEY, body LONGTEXT)');
    await database.execute(
      `INSERT INTO crescidas SELECT seq, REPEAT('x', IF(seq <= 3000, 50, 300000)) FROM seq_1_to_3060`,
    );
    const source = open(t, { views: [{ name: 'crescidas', key: ['id'] }], bytes: 100_000 });
    const { rows, pages } = await readCycle(source, 'crescidas');
    t.equal(new Set(column(rows, 0)).size, 3060);
    t.equal(rows.length, 3060, 'each once');
    t.ok(pages.length >= 60, 'the large ones have a page each');
  });
}

/** Row 2000 of its view waits for a lock that the test holds: by then the server has begun to give rows. */
async function createHeld({ name, execute }: TestDatabase): Promise<void> {
  await execute(
    `CREATE TABLE linhas (id INT PRIMARY KEY, mark DATETIME(6) NOT NULL, body VARCHAR(200), KEY (mark, id))`,
  );
  await execute(`INSERT INTO linhas SELECT seq, '2020-01-01', REPEAT('x', 200) FROM seq_1_to_3000`);
  const lock = lockOf(name);
  await execute(`CREATE VIEW travada AS SELECT id, mark,
    CASE WHEN id = 2000 THEN CAST(GET_LOCK('${lock}', 3600) + RELEASE_LOCK('${lock}') AS CHAR) ELSE body END AS body FROM linhas`);
}

/** Takes the lock, and returns what gives it back. */
async function holdIn(t: Test, { server, name }: TestDatabase): Promise<() => Promise<void>> {
  const holder = await connect(server);
  await holder.query(`SELECT GET_LOCK('${lockOf(name)}', 0)`);
  t.teardown(() => holder.destroy());
  return async () => void (await holder.query(`SELECT RELEASE_LOCK('${lockOf(name)}')`));
}

const lockOf = (database: string) => `trava_${database}`;

const inLock = `State = 'User lock' AND Info LIKE '%travada%'`;

/** The connection of the page that waits for the lock. */
async function waiting(database: TestDatabase): Promise<number> {
  const sql = `SELECT ID FROM information_schema.PROCESSLIST WHERE USER = '${database.reader}' AND ${inLock}`;
  return Number((await untilGiven(database, sql))[0]);
}

/** The server has stopped what it did for a page that nobody waits for any more. */
async function gone(database: TestDatabase): Promise<void> {
  await untilGiven(
    database,
    `SELECT 1 FROM DUAL WHERE NOT EXISTS
      (SELECT 1 FROM information_schema.PROCESSLIST WHERE USER = '${database.reader}' AND ${inLock})`,
  );
}
