import type { Test } from 'tap';
import type { TestFirebird } from '../../support/firebird.ts';
import { firebirdHarness } from '../../support/firebird-harness.ts';
import { digestsIn, listRows, lookUp, parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';

export async function types(t: Test, server: TestFirebird): Promise<void> {
  const harness = await firebirdHarness(t, server);

  await t.test('T3, T4: a key of each type that can be one', async (t) => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      SMALLINT: ['-32768', '0', '32767'],
      INTEGER: ['-2147483648', '7', '2147483647'],
      BIGINT: ["CAST('-9223372036854775808' AS BIGINT)", '0', '9223372036854775807'],
      'NUMERIC(18,4)': ['-0.0001', '0', '12345678901234.5678'],
      'NUMERIC(4,2)': ['-1.50', '0', '99.99'],
      'DOUBLE PRECISION': ['-1e300', '0.1', '0.1e0 + 0.2e0', '123456789.12345679e0', '9007199254740993e0'],
      FLOAT: ['0.1', '1.5', '16777217'],
      DATE: [`'0001-01-01'`, `'2020-02-29'`],
      TIME: [`'00:00:00'`, `'23:59:59.9999'`],
      TIMESTAMP: [`'0001-01-01 00:00:00'`, `'2020-02-29 12:34:56.7891'`],
      BOOLEAN: ['FALSE', 'TRUE'],
      'CHAR(5)': [`''`, `'a'`, `'ção'`],
      'VARCHAR(5) CHARACTER SET WIN1252': [`''`, `'a'`, `'ção'`],
      'VARCHAR(5) CHARACTER SET OCTETS': [`x'00'`, `x'00ff'`, `x'ff'`],
      'VARCHAR(9) CHARACTER SET UTF8 COLLATE UNICODE_CI': [`'a'`, `'B'`, `'ç'`],
      'VARCHAR(9) CHARACTER SET WIN1252 COLLATE WIN_PTBR': [`'a'`, `'É'`, `'z'`],
    };
    for (const [index, [type, values]] of Object.entries(cases).entries()) {
      const name = `chave_${index}`;
      await harness.execute(
        `CREATE TABLE "${name}" ("id" ${type.replace(/ COLLATE/, ' NOT NULL COLLATE')}, "n" INTEGER)`,
      );
      await harness.insertRows?.(
        name,
        values.map((value, n) => [value, n]),
      );
      const source = await harness.open(t, { views: [{ name, key: ['id'] }] });
      const whole = await readCycle(source, name);
      t.equal(whole.rows.length, values.length, type);
      t.same((await readCycle(source, name, { limit: 1 })).rows, whole.rows, `${type}, one by one`);
      const keys = column(whole.rows, 0).map((key) => [key]);
      const { there, gone } = parted((await lookUp(source, name, keys)).rows);
      t.same([digestsIn(there), gone], [digestsIn(whole.rows), []], `${type}, by their keys`);
    }
  });

  await t.test('columns that are computed, of domains, or of expressions of a view', async (t) => {
    await harness.execute('CREATE DOMAIN D_NOME AS VARCHAR(20) CHARACTER SET WIN1252 NOT NULL');
    await harness.execute(`CREATE TABLE CALCULADA ("id" INTEGER NOT NULL, "nome" D_NOME, "valor" NUMERIC(9,2),
      "dobro" COMPUTED BY ("valor" * 2), "grito" COMPUTED BY (UPPER("nome")))`);
    await harness.execute(`INSERT INTO CALCULADA ("id", "nome", "valor") VALUES (1, 'ção', 1.25)`);
    await harness.execute(`CREATE VIEW CALCULADA_V ("id", "nome", "soma", "quando") AS
      SELECT "id", "nome" || ' (' || "id" || ')', "valor" + 1, CAST('2020-01-02' AS DATE) FROM CALCULADA`);
    const views = ['CALCULADA', 'CALCULADA_V'].map((name) => ({ name, key: ['id'] }));
    const source = await harness.open(t, { views });
    t.same((await readCycle(source, 'CALCULADA')).rows[0]?.fields, ['1', 'ção', '1.25', '2.50', 'ÇÃO']);
    t.same((await readCycle(source, 'CALCULADA_V')).rows[0]?.fields, ['1', 'ção (1)', '2.25', '2020-01-02']);
    const [table] = (await source.describe()).views;
    t.same(table?.columns.map(({ type, nullable }) => [type, nullable]).slice(0, 3), [
      ['INTEGER', false],
      ['VARCHAR(20) CHARACTER SET WIN1252', false],
      ['NUMERIC(9,2)', true],
    ]);
  });

  await t.test('what cannot be read, or be a key, is said', async (t) => {
    await harness.execute(
      'CREATE TABLE LISTADA ("id" INTEGER, "notas" INTEGER [0:3], "texto" BLOB SUB_TYPE TEXT)',
    );
    const cases = [
      [{ key: ['id'] }, /"notas", de tipo ARRAY/],
      [{ key: ['texto'], columns: ['id', 'texto'] }, /"texto".*não tem uma ordem/],
    ] as const;
    for (const [view, detail] of cases) {
      const views = [
        { name: 'LISTADA', key: [...view.key], ...('columns' in view ? { columns: [...view.columns] } : {}) },
      ];
      const source = await harness.open(t, { views });
      t.match(await source.describe(), { views: [], broken: [{ problem: 'column-unusable', detail }] });
    }
  });

  await t.test('watermarks that cannot bound', async (t) => {
    for (const type of [
      'BOOLEAN',
      'DOUBLE PRECISION',
      'FLOAT',
      'TIME',
      'VARCHAR(20)',
      'BLOB SUB_TYPE TEXT',
    ]) {
      const name = `inutil_${type.length}`;
      await harness.execute(`CREATE TABLE "${name}" ("id" INTEGER, "mark" ${type})`);
      const source = await harness.open(t, { views: [{ name, key: ['id'], watermark: 'mark' }] });
      t.match(await source.describe(), { broken: [{ problem: 'watermark-unusable' }], views: [] }, type);
    }
    await harness.execute('CREATE TABLE LOCAL ("id" INTEGER, "mark" TIMESTAMP)');
    const views = [{ name: 'LOCAL', key: ['id'], watermark: 'mark' }];
    const source = await harness.open(t, { views, timeZone: null });
    t.match(await source.describe(), { broken: [{ problem: 'watermark-unusable', detail: /timeZone/ }] });
  });

  await t.test('T7: watermarks of each type that can, the least value among them', async (t) => {
    const cases: Readonly<Record<string, readonly string[]>> = {
      SMALLINT: ['-32768', '5'],
      INTEGER: ['-2147483648', '5'],
      BIGINT: [`CAST('-9223372036854775808' AS BIGINT)`, '5'],
      'NUMERIC(18,4)': [`CAST('-922337203685477.5808' AS NUMERIC(18,4))`, '5.0001'],
      DATE: [`'0001-01-01'`, `'2020-01-01'`],
      TIMESTAMP: [`'0001-01-01 00:00:00'`, `'2020-01-01 00:00:00.0001'`],
    };
    for (const [index, [type, values]] of Object.entries(cases).entries()) {
      const name = `marca_${index}`;
      await harness.execute(`CREATE TABLE "${name}" ("id" INTEGER, "mark" ${type})`);
      for (const count of [1, 2]) {
        await harness.execute(`DELETE FROM "${name}"`);
        await harness.insertRows?.(
          name,
          values.slice(0, count).map((value, n) => [n, value]),
        );
        const source = await harness.open(t, { views: [{ name, key: ['id'], watermark: 'mark' }] });
        const first = await readCycle(source, name, { limit: 1 });
        t.equal(first.rows.length, count, type);
        t.equal((await readCycle(source, name, { after: first.next })).rows.length <= count, true);
      }
    }
  });

  await t.test('T14, I8: many BLOBs and wide texts in one row', async (t) => {
    const blobs = Array.from({ length: 20 }, (_, n) => `"b${n}" BLOB SUB_TYPE ${n % 2}`);
    await harness.execute(
      `CREATE TABLE LARGA ("id" INTEGER, "t" VARCHAR(8000) CHARACTER SET UTF8, ${blobs.join(', ')})`,
    );
    for (const length of [0, 5, 900, 70_000]) {
      const text = `RPAD(CAST('' AS BLOB SUB_TYPE TEXT CHARACTER SET UTF8), ${length}, 'abcdefghij')`;
      await harness.execute(
        `INSERT INTO LARGA VALUES (${length}, 'ção', ${blobs.map(() => text).join(', ')})`,
      );
    }
    const source = await harness.open(t, { views: [{ name: 'LARGA', key: ['id'] }] });
    const { rows } = await readCycle(source, 'LARGA');
    t.same(
      rows.map(({ fields }) => fields.slice(2).map((field) => field?.length)),
      [0, 5, 900, 70_000].map((length) => blobs.map((_, n) => (n % 2 === 0 ? 2 + 2 * length : length))),
    );
    t.same(digestsIn(await listRows(source, 'LARGA', 1)), digestsIn(rows));
  });
}
