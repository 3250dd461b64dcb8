import type { Test } from 'tap';
import type { TestMysql } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

/** Each type that can bound a cycle, at its ends. */
export async function watermarks(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const { execute } = harness.database;

  await t.test('T3, T11: instants, whatever the zones of server and writer are', async (t) => {
    for (const type of ['TIMESTAMP(6) NULL', 'TIMESTAMP NULL', 'DATETIME', 'DATETIME(3)', 'DATETIME(6)']) {
      const name = `t_${type.replaceAll(/\W/g, '')}`;
      await execute(`CREATE TABLE ${name} (id INT PRIMARY KEY, mark ${type})`);
      await execute(`INSERT INTO ${name} VALUES (1, UTC_TIMESTAMP() - INTERVAL 2 HOUR), (2, UTC_TIMESTAMP() - INTERVAL 10 MINUTE),
        (3, UTC_TIMESTAMP() + INTERVAL 10 MINUTE), (4, NULL), (5, '0000-00-00 00:00:00')`);
      const source = await harness.open(t, {
        views: [{ name, key: ['id'], watermark: 'mark' }],
        overlapSeconds: 3600,
      });
      const first = await readCycle(source, name, { limit: 1 });
      t.same(column(first.rows, 0), ['4', '5', '1', '2'], type);
      t.same(
        column((await readCycle(source, name, { after: first.next })).rows, 0),
        ['4', '2'],
        `${type}: overlap`,
      );
    }
  });

  await t.test('T11: a local clock is read in the zone that is declared', async (t) => {
    await execute('CREATE TABLE locais (id INT PRIMARY KEY, mark DATETIME NOT NULL)');
    await execute(`INSERT INTO locais VALUES (1, UTC_TIMESTAMP() - INTERVAL 3 HOUR - INTERVAL 10 MINUTE),
      (2, UTC_TIMESTAMP() - INTERVAL 3 HOUR + INTERVAL 10 MINUTE)`);
    const views = [{ name: 'locais', key: ['id'], watermark: 'mark' }];
    const source = await harness.open(t, { views, timeZone: 'America/Maceio' });
    t.same(column((await readCycle(source, 'locais')).rows, 0), ['1']);
    t.match(await (await harness.open(t, { views, timeZone: null })).describe(), {
      broken: [{ problem: 'watermark-unusable', detail: /timeZone/ }],
    });
  });

  await t.test(
    'I5: numbers at the ends of their types, and an overlap that is wider than they are',
    async (t) => {
      const types = {
        TINYINT: ['-128', '127'],
        'TINYINT UNSIGNED': ['0', '255'],
        BIGINT: ['-9223372036854775808', '9223372036854775807'],
        'BIGINT UNSIGNED': ['0', '18446744073709551615'],
        'DECIMAL(30,10)': ['-0.0000000001', '12345678901234567890.1234567890'],
        'DECIMAL(5,2) UNSIGNED': ['0.01', '999.99'],
      };
      for (const [type, [least, most]] of Object.entries(types)) {
        const name = `n_${type.replaceAll(/\W/g, '')}`;
        await execute(`CREATE TABLE ${name} (id INT PRIMARY KEY, n ${type})`);
        await execute(`INSERT INTO ${name} VALUES (1, ${least}), (2, 1), (3, ${most}), (4, NULL)`);
        for (const overlapCount of [0, 1, 1_000_000]) {
          const source = await harness.open(t, {
            views: [{ name, key: ['id'], watermark: 'n' }],
            overlapCount,
          });
          const first = await readCycle(source, name, { limit: 1 });
          t.same(new Set(column(first.rows, 0)), new Set(['1', '2', '3', '4']), type);
          const next = column((await readCycle(source, name, { after: first.next })).rows, 0);
          t.ok(
            next.includes('3') && (overlapCount < 1000 || next.includes('1')),
            `${type}, overlap ${overlapCount}`,
          );
        }
      }
    },
  );

  await t.test('types that bound nothing', async (t) => {
    for (const type of ['VARCHAR(20)', 'DOUBLE', 'TIME', 'BIT(8)', 'JSON', `ENUM('a')`, 'VARBINARY(8)']) {
      const name = `x_${type.replaceAll(/\W/g, '')}`;
      await execute(`CREATE TABLE ${name} (id INT PRIMARY KEY, w ${type})`);
      const source = await harness.open(t, { views: [{ name, key: ['id'], watermark: 'w' }] });
      t.match(await source.describe(), { broken: [{ problem: 'watermark-unusable' }] }, type);
    }
  });
}
