import type { Test } from 'tap';
import { ownFirebird, reader, type TestDatabase, type TestFirebird } from '../../support/firebird.ts';
import { type FirebirdHarness, firebirdHarness } from '../../support/firebird-harness.ts';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';

const start = { after: null, until: null };
const views = [{ name: 'TRAVADA', key: ['ID'], watermark: 'MARK' }];

/** What may end a page before its time. */
export async function interruptions(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  const { database } = harness;
  await createHeld(harness);
  const open = (t: Test, settings: Partial<Parameters<typeof harness.openEngine>[0]> = {}) => {
    const engine = harness.openEngine({ views, ...settings });
    t.teardown(() => engine.close());
    return engine;
  };

  await t.test('I3: its attachment is shut down by the administrator', async (t) => {
    await hold(database);
    const source = open(t);
    const failed = t.rejects(source.page('TRAVADA', start), { code: 'source-unavailable' });
    await running(database);
    await database.execute(`DELETE FROM MON$ATTACHMENTS WHERE MON$USER = '${reader.user}'`);
    await failed;
    await letGo(database);
    t.equal((await readCycle(source, 'TRAVADA')).rows.length, 3000, 'and the next page works');
  });

  await t.test('the statement takes too long: the server stops', async (t) => {
    await hold(database);
    const source = open(t, { timeoutSeconds: 1 });
    await t.rejects(source.page('TRAVADA', start), { code: 'source-timeout' });
    await stopped(database);
    await letGo(database);
    t.equal((await readCycle(source, 'TRAVADA')).rows.length, 3000, 'and the next page works');
  });

  await t.test('the caller gives up: the server stops', async (t) => {
    await hold(database);
    const source = open(t);
    const caller = new AbortController();
    const page = source.page('TRAVADA', { ...start, signal: caller.signal });
    const failed = t.rejects(page, { code: 'request-abandoned' });
    await running(database);
    caller.abort();
    await failed;
    await stopped(database);
    await letGo(database);
    t.equal((await readCycle(source, 'TRAVADA')).rows.length, 3000, 'and the next page works');
  });

  await t.test('I1: writers do not wait for a page that takes long', async (t) => {
    await hold(database);
    const source = open(t);
    const caller = new AbortController();
    const page = source.page('TRAVADA', { ...start, signal: caller.signal });
    const failed = t.rejects(page, { code: 'request-abandoned' });
    await running(database);
    await database.execute(`UPDATE LINHAS SET BODY = 'y' WHERE ID <= 5`);
    await database.execute('DELETE FROM LINHAS WHERE ID = 3000');
    caller.abort();
    await failed;
    await letGo(database);
    t.equal((await readCycle(source, 'TRAVADA')).rows.length, 2999);
  });

  await t.test('the server is killed in the middle of a page', async (t) => {
    const own = await ownFirebird(t);
    if (own === null) return;
    const killed = await firebirdHarness(t, own);
    await createHeld(killed);
    await hold(killed.database);
    const source = killed.openEngine({ views });
    t.teardown(() => source.close());
    const failed = t.rejects(source.page('TRAVADA', start), { code: 'source-unavailable' });
    await running(killed.database);
    own.kill();
    await failed;
    await t.rejects(source.page('TRAVADA', start), { code: 'source-unavailable' });
    await t.rejects(source.describe(), { code: 'source-unavailable' });
  });

  await t.test('P8: a view that is dropped, or whose column is retyped, between two pages', async (t) => {
    await harness.execute('CREATE TABLE MUDA ("id" INTEGER NOT NULL PRIMARY KEY, "nome" VARCHAR(10))');
    await harness.insertRows?.('MUDA', [
      [1, `'a'`],
      [2, `'b'`],
    ]);
    const source = open(t, { views: [{ name: 'MUDA', key: ['id'] }, ...views] });
    const { next } = await readPage(source, 'MUDA', { ...start, limit: 1 });
    await harness.execute('ALTER TABLE MUDA ALTER "nome" TYPE VARCHAR(20)');
    await t.rejects(source.page('MUDA', { after: next, until: null }), { code: 'schema-changed' });
    const again = await readPage(source, 'MUDA', { ...start, limit: 1 });
    await harness.execute('DROP TABLE MUDA');
    await t.rejects(source.page('MUDA', { after: again.next, until: null }), { code: 'view-missing' });
    t.match(await source.describe(), {
      broken: [{ name: 'MUDA', problem: 'view-missing' }],
      views: [{ name: 'TRAVADA' }],
    });
  });

  await t.test('a view that the user may not read', async (t) => {
    await harness.execute('CREATE TABLE SEGREDO ("id" INTEGER)');
    await harness.execute(`REVOKE SELECT ON SEGREDO FROM ${reader.user}`);
    const source = open(t, { views: [{ name: 'SEGREDO', key: ['id'] }, ...views] });
    t.match(await source.describe(), { broken: [{ problem: 'view-missing' }], views: [{ name: 'TRAVADA' }] });
    await t.rejects(source.page('SEGREDO', start), { code: 'view-missing' });
  });

  await t.test('I8: rows that grow a thousandfold do not make it read what no page takes', async (t) => {
    await harness.execute(
      'CREATE TABLE CRESCIDAS ("id" INTEGER NOT NULL PRIMARY KEY, "body" BLOB SUB_TYPE TEXT)',
    );
    const rows = Array.from({ length: 3060 }, (_, n) => [n, harness.repeat('x', n < 3000 ? 50 : 300_000)]);
    await harness.insertRows?.('CRESCIDAS', rows);
    const source = open(t, { views: [{ name: 'CRESCIDAS', key: ['id'] }], bytes: 100_000 });
    const { rows: given, pages } = await readCycle(source, 'CRESCIDAS');
    t.equal(new Set(column(given, 0)).size, 3060);
    t.equal(given.length, 3060, 'each once');
    t.ok(pages.length >= 60, 'the large ones have a page each');
  });
}

/** A view whose row 2000 takes as many steps as the table CONTROLE says. */
async function createHeld(harness: FirebirdHarness): Promise<void> {
  for (const sql of [
    'CREATE TABLE CONTROLE (PASSOS BIGINT)',
    'CREATE TABLE LINHAS (ID INTEGER NOT NULL PRIMARY KEY, MARK TIMESTAMP, BODY VARCHAR(200))',
    'INSERT INTO CONTROLE VALUES (0)',
    `EXECUTE BLOCK AS DECLARE N INTEGER = 0; BEGIN
       WHILE (N < 3000) DO BEGIN N = N + 1; INSERT INTO LINHAS VALUES (:N, '2020-01-01', RPAD('', 200, 'x')); END END`,
    'CREATE INDEX LINHAS_MARK ON LINHAS (MARK, ID)',
    `CREATE PROCEDURE DEMORA RETURNS (N BIGINT) AS DECLARE PASSOS BIGINT; BEGIN
       SELECT PASSOS FROM CONTROLE INTO PASSOS; N = 0; WHILE (N < PASSOS) DO N = N + 1; SUSPEND; END`,
    'GRANT SELECT ON CONTROLE TO PROCEDURE DEMORA',
    `CREATE VIEW TRAVADA (ID, MARK, BODY) AS SELECT ID, MARK,
       CASE WHEN ID = 2000 THEN (SELECT CAST(N AS VARCHAR(20)) FROM DEMORA) ELSE BODY END FROM LINHAS`,
    'GRANT EXECUTE ON PROCEDURE DEMORA TO VIEW TRAVADA',
  ]) {
    await harness.execute(sql);
  }
}

function hold(database: TestDatabase): Promise<void> {
  return database.execute('UPDATE CONTROLE SET PASSOS = 1000000000000');
}

function letGo(database: TestDatabase): Promise<void> {
  return database.execute('UPDATE CONTROLE SET PASSOS = 0');
}

/** Asks until the reader's page is in the row that takes long: each question takes its time, so it does not spin. */
async function running(database: TestDatabase): Promise<void> {
  while (!(await isRunning(database)));
}

async function stopped(database: TestDatabase): Promise<void> {
  while (await isRunning(database));
}

async function isRunning(database: TestDatabase): Promise<boolean> {
  const [row] = await database.rows(`SELECT COUNT(*) FROM MON$STATEMENTS S
    JOIN MON$ATTACHMENTS A ON A.MON$ATTACHMENT_ID = S.MON$ATTACHMENT_ID
    WHERE A.MON$USER = '${reader.user}' AND S.MON$STATE = 1 AND S.MON$SQL_TEXT LIKE '%"TRAVADA"%'`);
  return row?.[0] !== 0;
}
