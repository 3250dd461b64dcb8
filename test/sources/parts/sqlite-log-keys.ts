import type { Test } from 'tap';
import { parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import { sqliteHarness } from '../../support/sqlite-harness.ts';

export async function keysOfSqliteLogs(t: Test): Promise<void> {
  await t.test('M2 keys of a log as SQLite would store them in the column of the view', async (t) => {
    const harness = sqliteHarness(t);
    const named: readonly (readonly [type: string, keys: Readonly<Record<string, string>>])[] = [
      [
        'INTEGER',
        { "'007'": '7', '8.0': '8', "'9.00'": '9', "'-0'": '0', "'1.5'": '1.5', "'x7'": 'x7', "X'37'": '7' },
      ],
      [
        'BIGINT',
        { "'9223372036854775807'": '9223372036854775807', "'9007199254740993'": '9007199254740993' },
      ],
      ['TEXT', { "'007'": '007', "'8.0'": '8.0' }],
    ];
    for (const [type, keys] of named) {
      await harness.execute(`DROP TABLE IF EXISTS v; DROP TABLE IF EXISTS log; CREATE TABLE v (id ${type} NOT NULL);
      CREATE TABLE log (seq INTEGER, id); INSERT INTO log VALUES (0, 1)`);
      const changelog = { relation: 'log', watermark: 'seq', key: ['id'] };
      const source = await harness.open(t, { views: [{ name: 'v', key: ['id'], changelog }] });
      const first = await readCycle(source, 'v');
      for (const key of Object.keys(keys)) await harness.execute(`INSERT INTO log VALUES (1, ${key})`);
      const { rows } = await readCycle(source, 'v', { after: first.next });
      t.same(
        new Set(column(rows, 0)),
        new Set(['1', ...Object.values(keys)]),
        `nothing of it is there: ${type}`,
      );
      // What SQLite itself makes of them.
      for (const key of Object.keys(keys)) await harness.execute(`INSERT INTO v VALUES (${key})`);
      const { there, gone } = parted((await readCycle(source, 'v', { after: first.next })).rows);
      t.same(new Set(column(there, 0)), new Set(Object.values(keys)), `all of it is: ${type}`);
      t.same(column(gone, 0), ['1']);
    }
  });
}
