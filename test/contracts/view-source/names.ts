import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import { readCycle } from '../../support/read-cycle.ts';
import { createRecords, createTable, insert, type SourceHarness } from '../../support/source-harness.ts';

export async function names(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('names of views and columns that need quoting', async (t) => {
    const { integer, instant, text } = harness.types;
    const [name, key, mark] = [`Visão "A".b 'c' 50%?#`, `Número "x"`, `Data d'Água`];
    const blank = harness.refusesBlankNames === true ? [] : [' '];
    const others = ['UPPER', 'lower', 'select', 'a.b', 'com\\barra', 'ção', ...blank, '%s $1 ?'];
    const columns = {
      [key]: integer,
      [mark]: instant,
      ...Object.fromEntries(others.map((other) => [other, text])),
    };
    await createTable(harness, name, columns);
    const rows = Array.from({ length: 20 }, (_, id) => [
      id,
      harness.instant(id % 3),
      ...others.map((other) => harness.text(`${other} ${id}`)),
    ]);
    await insert(harness, name, rows);
    const view = { name, relation: [name], key: [key], watermark: mark };
    const source = await harness.open(t, { views: [view] });
    const [described] = (await source.describe()).views;
    t.same(
      described?.columns.map((column) => column.name),
      [key, mark, ...others],
    );
    t.same([described?.name, described?.key, described?.watermark], [name, [key], mark]);
    const read = await readCycle(source, name, { limit: 7 });
    t.same(new Set(read.rows.map((row) => row.fields[0])).size, 20);
    for (const row of read.rows)
      t.same(
        row.fields.slice(2),
        others.map((other) => `${other} ${row.fields[0]}`),
      );
  });

  await t.test(
    'a view is published under another name, with some of its columns, in the order asked for',
    async (t) => {
      const view = await createRecords(harness, 'origem');
      await insert(harness, 'origem', [[1, harness.instant(0), harness.text('corpo')]]);
      const published: ViewConfig = {
        ...view,
        name: 'publicada',
        relation: 'origem',
        columns: ['body', 'mark', 'id'],
      };
      const source = await harness.open(t, { views: [published] });
      const { rows } = await readCycle(source, 'publicada');
      t.same([rows[0]?.fields[0], rows[0]?.fields[2]], ['corpo', '1']);
      t.same(
        (await source.describe()).views[0]?.columns.map((column) => column.name),
        ['body', 'mark', 'id'],
      );
    },
  );

  await t.test('a view of a view is read like a table', async (t) => {
    await createRecords(harness, 'tabela');
    await insert(harness, 'tabela', [
      [1, harness.instant(0), harness.text('x')],
      [2, harness.instant(0), 'NULL'],
    ]);
    const [id, mark, body] = ['id', 'mark', 'body'].map((name) => harness.quote(name));
    await harness.execute(
      `CREATE VIEW ${harness.quote('visao')} AS SELECT ${id}, ${mark}, ${body} AS ${harness.quote('texto')} FROM ${harness.quote('tabela')}`,
    );
    const source = await harness.open(t, { views: [{ name: 'visao', key: ['id'], watermark: 'mark' }] });
    const { rows } = await readCycle(source, 'visao', { limit: 1 });
    t.same(
      rows.map((row) => [row.fields[0], row.fields[2]]),
      [
        ['1', 'x'],
        ['2', null],
      ],
    );
  });
}
