import type { Test } from 'tap';
import type { TestMysql } from '../../support/mysql.ts';
import { mysqlHarness } from '../../support/mysql-harness.ts';
import { lookUp, parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import { looseKeys } from '../loose-keys.ts';

/** Text in keys: its order and its equality are the database's, whatever JavaScript would say of them. */
export async function collations(t: Test, server: TestMysql): Promise<void> {
  const harness = await mysqlHarness(t, server);
  const { execute } = harness.database;
  const texts = ['a', 'B', 'k', 'D', 'á2', 'A3', 'ç', 'Z', 'zé', "d'água", '_', 'ß', 'ñ'];
  const collated = [
    ['utf8mb4', 'utf8mb4_unicode_ci'],
    ['utf8mb4', 'utf8mb4_general_ci'],
    ['utf8mb3', 'utf8mb3_general_ci'],
    ['latin1', 'latin1_swedish_ci'],
    ['latin1', 'latin1_general_cs'],
    ['cp850', 'cp850_general_ci'],
    ['ucs2', 'ucs2_general_ci'],
    ['utf16', 'utf16_unicode_ci'],
  ] as const;
  for (const [charset, collation] of collated) {
    await t.test(`T12, P4: keys and ties in ${collation}`, async (t) => {
      const name = `chaves_${collation}`;
      await execute(
        `CREATE TABLE ${name} (id VARCHAR(20) CHARACTER SET ${charset} COLLATE ${collation} NOT NULL PRIMARY KEY, n INT)`,
      );
      const rows = texts.map((text, index) => `(${harness.text(text)}, ${index % 3})`);
      await execute(`INSERT INTO ${name} VALUES ${rows.join(', ')}`);
      const source = await harness.open(t, {
        views: [
          { name, key: ['id'] },
          { name: 'por n', relation: name, key: ['id'], watermark: 'n' },
        ],
      });
      const whole = await readCycle(source, name);
      t.same(new Set(column(whole.rows, 0)), new Set(texts));
      t.same((await readCycle(source, name, { limit: 1 })).rows, whole.rows, 'one by one');
      const byNumber = await readCycle(source, 'por n');
      t.same((await readCycle(source, 'por n', { limit: 2 })).rows, byNumber.rows, 'by ties of a number');
      t.equal(byNumber.rows.length, texts.length);
      const asked = [...texts, 'A', 'nenhum', '😀', 'Ж'].map((text) => [text]);
      const found = parted((await lookUp(source, name, asked)).rows);
      t.same(new Set(column(found.there, 0)), new Set(texts), 'D4: each is found');
      t.ok(column(found.gone, 0).includes('😀'), 'and what its character set has not, is not there');
      t.equal((await harness.database.rows(`EXPLAIN ${await keyset(collation, charset)}`)).length, 1);
    });
  }

  /** What a page asks, as far as its index goes; the test of plans looks at the whole of it. */
  function keyset(collation: string, charset: string): Promise<string> {
    const value = charset === 'utf8mb4' ? `_utf8mb4'a'` : `CONVERT(_utf8mb4'a' USING ${charset})`;
    return Promise.resolve(
      `SELECT id FROM chaves_${collation} WHERE id > ${value} COLLATE ${collation} ORDER BY id LIMIT 2`,
    );
  }

  await t.test('keys without case', (t) =>
    looseKeys(t, harness, 'VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci'),
  );

  await t.test('P8: an ENUM has two orders, and is no key', async (t) => {
    await execute(`CREATE TABLE escolhas (id ENUM('b', 'a') NOT NULL PRIMARY KEY, doc JSON)`);
    const source = await harness.open(t, { views: [{ name: 'escolhas', key: ['id'] }] });
    t.match(await source.describe(), { broken: [{ problem: 'column-unusable', detail: /"id"/ }] });
  });

  await t.test('T13: bytes of a set that stand for no character', async (t) => {
    await execute(`CREATE TABLE cp (id INT PRIMARY KEY, c VARCHAR(9) CHARACTER SET cp1250)`);
    await execute(`INSERT INTO cp VALUES (1, _cp1250 x'8141'), (2, _cp1250 x'9c6a'), (3, NULL)`);
    const { rows } = await readCycle(await harness.open(t, { views: [{ name: 'cp', key: ['id'] }] }), 'cp');
    t.same(
      rows.map(({ fields, undecodable }) => [fields[1], undecodable]),
      [
        ['\\x8141', [2]],
        ['śj', []],
        [null, []],
      ],
    );
  });
}
