import type { Test } from 'tap';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  records,
  type SourceHarness,
  sorted,
} from '../../support/source-harness.ts';

export async function pages(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('T8, P6: an empty view is complete at once, and its cursor goes on from there', async (t) => {
    const view = await createRecords(harness, 'vazia');
    const source = await harness.open(t, { views: [view], settleSeconds: 0 });
    const first = await readPage(source, 'vazia', { after: null, until: null });
    t.match(first, { rows: 0, complete: true, lines: Buffer.alloc(0) });
    const again = await readCycle(source, 'vazia', { after: first.next });
    t.equal(again.rows.length, 0);
    await insert(harness, 'vazia', [[1, harness.fromNow(-60), harness.text('x')]]);
    t.same(column((await readCycle(source, 'vazia', { after: again.next })).rows, 0), ['1']);
  });

  await t.test('T4, T5, P4: hundreds of rows with one watermark, across every border of pages', async (t) => {
    const view = await createRecords(harness, 'empate');
    const mark = (id: number) => harness.instant(id <= 20 ? 1 : id <= 420 ? 2 : 3);
    await insert(harness, 'empate', records(harness, 440, mark));
    const source = await harness.open(t, { views: [view] });
    const whole = await readCycle(source, 'empate');
    t.equal(whole.pages.length, 1);
    t.same(
      column(whole.rows, 0),
      Array.from({ length: 440 }, (_, index) => String(index + 1)),
    );
    for (const limit of [20, 33, 219, 440]) {
      t.same((await readCycle(source, 'empate', { limit })).rows, whole.rows, `by ${limit}`);
    }
  });

  await t.test('T4, T12: composite keys, in the order of the database', async (t) => {
    const { integer, instant, name } = harness.types;
    await createTable(
      harness,
      'composta',
      { a: `${name} NOT NULL`, b: `${integer} NOT NULL`, c: `${name} NOT NULL`, mark: instant },
      ['a', 'b', 'c'],
    );
    const blank = harness.ignoresTrailingBlanks === true ? [] : [' '];
    const texts = ['', ...blank, 'A', 'a', 'B', 'Ç', 'ç', 'z', '10', '9', "d'água", 'a\tb', '\\N'];
    const rows = texts.flatMap((a, index) =>
      [-1, 0, 10, 9].flatMap((b) =>
        ['x', 'Y', ''].map((c) => [
          harness.text(a),
          b,
          harness.text(c),
          index % 4 === 0 ? 'NULL' : harness.instant(index % 2),
        ]),
      ),
    );
    await insert(harness, 'composta', rows);
    const view = { name: 'composta', key: ['a', 'b', 'c'], watermark: 'mark' };
    const source = await harness.open(t, { views: [view] });
    const whole = await readCycle(source, 'composta');
    t.same(
      sorted(whole.rows.map((row) => row.fields)),
      sorted(await harness.rows('composta', ['a', 'b', 'c', 'mark'])),
    );
    for (const limit of [4, 11])
      t.same((await readCycle(source, 'composta', { limit })).rows, whole.rows, `by ${limit}`);
  });

  await t.test('T7, P4: rows without a watermark come first, in each cycle', async (t) => {
    const view = await createRecords(harness, 'nulos');
    const mark = (id: number) => (id % 3 === 0 ? 'NULL' : harness.instant(id));
    await insert(harness, 'nulos', records(harness, 90, mark));
    const source = await harness.open(t, { views: [view], overlapSeconds: 0 });
    for (const limit of [4, 30, 100]) {
      const first = await readCycle(source, 'nulos', { limit });
      t.equal(new Set(column(first.rows, 0)).size, 90);
      t.equal(first.rows.length, 90);
      t.ok(
        column(first.rows.slice(0, 30), 1).every((value) => value === null),
        'before all others',
      );
      const second = await readCycle(source, 'nulos', { after: first.next, limit });
      t.same(second.rows, first.rows.slice(0, 30), 'and again in the next cycle, alone');
    }
  });

  await t.test('I8, T14, P4: a page ends at its bytes, unless one row alone is larger', async (t) => {
    const view = await createRecords(harness, 'bytes');
    const body = (id: number) => harness.repeat('ação ', id % 50 === 0 ? 20_000 : (id * 7919) % 300);
    await insert(
      harness,
      'bytes',
      records(harness, 200, (id) => harness.instant(id % 5), body),
    );
    for (const bytes of [4096, 10_000, 300_000]) {
      const source = await harness.open(t, { views: [view], bytes });
      // By the second one it knows how large the rows are.
      for (let round = 0; round < (bytes === 10_000 ? 2 : 1); round++) {
        const { rows, pages } = await readCycle(source, 'bytes');
        t.equal(rows.length, 200, `${bytes} bytes: no row twice`);
        t.same(
          sorted(rows.map((row) => row.fields)),
          sorted(await harness.rows('bytes', ['id', 'mark', 'body'])),
          'none missing',
        );
        const tooLarge = pages.filter((page) => page.lines.length > bytes && page.rows > 1);
        t.same(
          tooLarge.map((page) => page.lines.length),
          [],
          `${bytes} bytes: no page is larger`,
        );
      }
    }
  });

  await t.test('T10: a page ends at the configured number of rows, however many are asked for', async (t) => {
    const view = await createRecords(harness, 'limite');
    await insert(
      harness,
      'limite',
      records(harness, 25, (id) => harness.instant(id)),
    );
    const source = await harness.open(t, { views: [view], rows: 10 });
    const { pages } = await readCycle(source, 'limite', { limit: 1000 });
    t.same(
      pages.map((page) => page.rows),
      [10, 10, 5],
    );
    t.same(
      pages.map((page) => page.complete),
      [false, false, true],
    );
  });

  await t.test(
    'T8: a full last page may be followed by an empty complete one, never by a lost row',
    async (t) => {
      const view = await createRecords(harness, 'exata');
      await insert(
        harness,
        'exata',
        records(harness, 20, () => harness.instant(0)),
      );
      const { rows, pages } = await readCycle(await harness.open(t, { views: [view], rows: 10 }), 'exata');
      t.equal(rows.length, 20);
      t.equal(pages.at(-1)?.complete, true);
    },
  );

  await t.test('the same cursor gives the same place in the order', async (t) => {
    const view = await createRecords(harness, 'repetida');
    await insert(
      harness,
      'repetida',
      records(harness, 30, (id) => harness.instant(id % 2)),
    );
    const source = await harness.open(t, { views: [view], rows: 10 });
    const { next, until } = await readPage(source, 'repetida', { after: null, until: null });
    const [one, two] = [
      await readPage(source, 'repetida', { after: next, until }),
      await readPage(source, 'repetida', { after: next, until }),
    ];
    t.same(one.decoded, two.decoded);
    t.equal(one.rows, 10);
  });
}
