import Firebird from 'node-firebird';
import type { Test } from 'tap';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { lookUp, parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/** A database of dialect 1, as those are that began on InterBase 5: DATE has a time, long NUMERICs are doubles. */
export async function dialects(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server, { charset: 'WIN1252' });
  await setDialect(server, harness.database.path, 1);
  t.same(await harness.database.rows('SELECT MON$SQL_DIALECT FROM MON$DATABASE'), [[1]]);
  await harness.execute(`CREATE TABLE PRESO (ID INTEGER NOT NULL PRIMARY KEY, NOME VARCHAR(50) CHARACTER SET NONE,
    ENTRADA TIMESTAMP, PECULIO DOUBLE PRECISION, PESO NUMERIC(9,2), OBS BLOB SUB_TYPE 1)`);
  await harness.execute('CREATE INDEX PRESO_ENTRADA ON PRESO (ENTRADA, ID)');
  await harness.execute('CREATE VIEW GUARITA_PRESO AS SELECT * FROM PRESO');
  await harness.insertRows?.('PRESO', [
    [1, `_NONE x'e7e36f'`, `'2020-02-03 04:05:06'`, '1234567.89', '80.5', `'abc'`],
    [2, 'NULL', `'2020-02-03 04:05:06.0001'`, '0.1', 'NULL', 'NULL'],
    [3, `'x'`, 'NULL', '9007199254740991', '1', `''`],
  ]);

  await t.test('names, values, watermark and keys', async (t) => {
    const view = { name: 'GUARITA_PRESO', key: ['ID'], watermark: 'ENTRADA' };
    const source = await harness.open(t, { views: [view] });
    for (const limit of [1, 10]) {
      const { rows } = await readCycle(source, view.name, { limit });
      t.same(
        rows.map((row) => row.fields),
        [
          ['3', 'x', null, '9007199254740991', '1.00', ''],
          ['1', 'ção', '2020-02-03 04:05:06.0000', '1234567.89', '80.50', 'abc'],
          ['2', null, '2020-02-03 04:05:06.0001', '0.1', null, null],
        ],
        `by ${limit}`,
      );
    }
    const { there, gone } = parted((await lookUp(source, view.name, [['1'], ['3'], ['4']])).rows);
    t.same([column(there, 0), column(gone, 0)], [['1', '3'], ['4']]);
    const digests = await source.digests(view.name, { buckets: 1 });
    t.same(digests.counts, [3]);
  });

  await t.test('a key that is a double there, because it has more than nine digits', async (t) => {
    const source = await harness.open(t, { views: [{ name: 'GUARITA_PRESO', key: ['PECULIO'] }] });
    t.same(column((await readCycle(source, 'GUARITA_PRESO', { limit: 1 })).rows, 3), [
      '0.1',
      '1234567.89',
      '9007199254740991',
    ]);
    const keys = [['1234567.89'], ['0.1']];
    t.equal(parted((await lookUp(source, 'GUARITA_PRESO', keys)).rows).there.length, 2);
  });

  await t.test('it is told by the session', async (t) => {
    const engine = harness.openEngine({ views: [] });
    t.teardown(() => engine.close());
    t.match(await engine.session(), { product: /^Firebird [\d.]+, dialect 1$/, characterSet: 'WIN1252' });
  });
}

async function setDialect(server: TestFirebird, path: string, dialect: 1 | 3): Promise<void> {
  const manager = await Firebird.attachAsync({ ...server, database: 'service_mgr', manager: true });
  const answer = await manager.setDialectAsync(path, dialect);
  answer.resume();
  await new Promise((resolve) => answer.once('close', resolve).once('end', resolve));
  await manager.detachAsync();
}
