import type { Test } from 'tap';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';

/** That a page costs what it gives, however large the view is. */
export async function plans(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);
  await harness.execute(
    'CREATE TABLE COM ("id" INTEGER NOT NULL PRIMARY KEY, "mark" TIMESTAMP, "n" INTEGER)',
  );
  await harness.execute('CREATE TABLE SEM ("id" INTEGER, "mark" TIMESTAMP, "n" INTEGER)');
  await harness.execute('CREATE TABLE UNIDADE (ID INTEGER NOT NULL PRIMARY KEY, NOME VARCHAR(20))');
  await harness.execute('CREATE INDEX COM_MARK ON COM ("mark", "id")');
  await harness.execute('CREATE INDEX COM_N ON COM ("n", "id")');
  const rows = Array.from({ length: 500 }, (_, n) => [n, n % 10 === 0 ? 'NULL' : harness.instant(n % 50), n]);
  for (const table of ['COM', 'SEM']) await harness.insertRows?.(table, rows);
  await harness.execute(`CREATE VIEW JUNTA ("id", "mark", "unidade") AS
    SELECT C."id", C."mark", U.NOME FROM COM C LEFT JOIN UNIDADE U ON U.ID = C."n"`);
  const watermark = { key: ['id'], watermark: 'mark' };
  const views = [
    { name: 'COM', ...watermark },
    { name: 'SEM', ...watermark },
    { name: 'JUNTA', ...watermark },
    { name: 'por numero', relation: 'COM', key: ['id'], watermark: 'n' },
    { name: 'foto', relation: 'COM', key: ['id'] },
  ];
  const engine = harness.openEngine({ views });
  t.teardown(() => engine.close());
  for (const [name, isServed, text] of [
    ['COM', true, /ORDER COM_MARK/],
    ['JUNTA', true, /ORDER COM_MARK/],
    ['por numero', true, /ORDER COM_N/],
    ['foto', true, /ORDER RDB\$PRIMARY/],
    ['SEM', false, /SORT/],
  ] as const) {
    const { plans, rows } = await engine.examine(name);
    t.equal(rows, 500);
    t.equal(plans.length, 2);
    for (const plan of plans) t.match(plan, { isServed, text }, name);
  }

  const { repeatedKeys, nullWatermarks } = await engine.examine('COM');
  t.same([repeatedKeys, nullWatermarks], [0, 50]);

  await t.test('a statement for keys that are too many, or too long, for one', async (t) => {
    await harness.execute('CREATE TABLE CHAVES ("id" VARCHAR(200) CHARACTER SET UTF8 NOT NULL PRIMARY KEY)');
    const keys = Array.from({ length: 700 }, (_, n) => `${String(n).padStart(4, '0')}${'ç'.repeat(90)}`);
    await harness.insertRows?.(
      'CHAVES',
      keys.map((key) => [harness.text(key)]),
    );
    const source = await harness.open(t, { views: [{ name: 'CHAVES', key: ['id'] }] });
    const answer = await source.lookup('CHAVES', { keys: [...keys, 'nenhuma'].map((key) => [key]) });
    t.match(answer, { rows: 701, answered: 701, cut: 0 });
  });
}
