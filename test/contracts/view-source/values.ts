import type { Test } from 'tap';
import { readCycle } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  type SourceHarness,
  sorted,
} from '../../support/source-harness.ts';

export async function values(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('I2, T3, P1: nothing invented, nothing rounded, whatever its type', async (t) => {
    const types = harness.values;
    const names = types.map((_, index) => `c${index + 1}`);
    const columns = Object.fromEntries(types.map(({ type }, index) => [`c${index + 1}`, type]));
    await createTable(harness, 'tipos', {
      id: harness.types.integer,
      mark: harness.types.instant,
      ...columns,
    });
    const expected: (string | null)[][] = [];
    for (const [index, { values }] of types.entries()) {
      for (const { sql, text } of values) {
        const id = expected.length + 1;
        const row = names.map((_, other) => (other === index ? sql : 'NULL'));
        await insert(harness, 'tipos', [[id, harness.instant(id), ...row]]);
        expected.push(names.map((_, other) => (other === index ? text : null)));
      }
    }
    const source = await harness.open(t, {
      views: [{ name: 'tipos', key: ['id'], watermark: 'mark' }],
      rows: 7,
    });
    const { rows } = await readCycle(source, 'tipos');
    t.same(
      rows.map((row) => row.fields.slice(2)),
      expected,
      'the text of each value',
    );
    t.same(
      rows.flatMap((row) => row.undecodable),
      [],
      'none of them marked',
    );
    t.same(
      sorted(rows.map((row) => row.fields)),
      sorted(await harness.rows('tipos', ['id', 'mark', ...names])),
      'the same as the database itself makes of it',
    );
  });

  await t.test(
    'I2: an empty text is not null, and texts that look like escapes are themselves',
    async (t) => {
      const view = await createRecords(harness, 'textos');
      const texts = [
        '',
        null,
        '\\N',
        '\\',
        '\\\\',
        'a\tb',
        'a\nb',
        'a\r\nb',
        '\\t',
        '\\x41',
        '{1}',
        ' ',
        '\b\v\f',
        '😀 ção €',
        '�',
        'NULL',
        '\\.',
        '\u0001\u007f',
        '\ufeffbom',
      ];
      await insert(
        harness,
        'textos',
        texts.map((text, index) => [
          index,
          harness.instant(index),
          text === null ? 'NULL' : harness.text(text),
        ]),
      );
      const { rows } = await readCycle(await harness.open(t, { views: [view] }), 'textos');
      t.same(
        rows.map((row) => row.fields[2]),
        texts,
      );
      t.same(
        rows.flatMap((row) => row.undecodable),
        [],
        'none of them marked',
      );
    },
  );

  await t.test('I2, D1: a row has one digest, whatever page it comes in', async (t) => {
    const view = await createRecords(harness, 'resumos');
    await insert(
      harness,
      'resumos',
      Array.from({ length: 50 }, (_, id) => [id, harness.instant(0), harness.text(`ç ${id}`)]),
    );
    const source = await harness.open(t, { views: [view] });
    const [whole, parts] = [
      await readCycle(source, 'resumos'),
      await readCycle(source, 'resumos', { limit: 3 }),
    ];
    t.same(parts.rows, whole.rows);
    t.equal(new Set(whole.rows.map((row) => row.digest)).size, 50, 'different rows have different ones');
  });
}
