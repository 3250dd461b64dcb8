import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  records,
  type SourceHarness,
} from '../../support/source-harness.ts';

const hour = 3600;

export async function cycles(t: Test, harness: SourceHarness): Promise<void> {
  await t.test('T1, P5: what has not settled waits for a later cycle', async (t) => {
    const view = await createRecords(harness, 'assentada');
    await insert(harness, 'assentada', [
      [1, harness.fromNow(-2 * hour), harness.text('settled')],
      [2, harness.fromNow(-hour / 2), harness.text('not yet')],
      [3, harness.fromNow(hour), harness.text('ahead of the clock')],
    ]);
    const source = await harness.open(t, { views: [view], settleSeconds: hour });
    const first = await readCycle(source, 'assentada');
    t.same(column(first.rows, 0), ['1']);
    t.type(first.until, 'string');
    const sooner = await harness.open(t, { views: [view], settleSeconds: 0 });
    t.same(column((await readCycle(sooner, 'assentada', { after: first.next })).rows, 0), ['1', '2']);
  });

  await t.test('T5, T10, P5: the bound of the first page holds for the cycle', async (t) => {
    const view = await createRecords(harness, 'limitada');
    await insert(
      harness,
      'limitada',
      records(harness, 30, (id) => harness.fromNow(-100 - id)),
    );
    const source = await harness.open(t, { views: [view], settleSeconds: 60, rows: 10 });
    const first = await readPage(source, 'limitada', { after: null, until: null });
    const unsettled = await harness.open(t, { views: [view], settleSeconds: 0, rows: 10 });
    await insert(
      harness,
      'limitada',
      records(harness, 5, () => harness.fromNow(-1)).map(([id, ...row]) => [Number(id) + 100, ...row]),
    );
    const ids = [...first.decoded];
    let page = first;
    while (!page.complete) {
      page = await readPage(unsettled, 'limitada', { after: page.next, until: first.until });
      t.equal(page.until, first.until);
      ids.push(...page.decoded);
    }
    t.same(
      column(ids, 0),
      records(harness, 30, () => '').map(([id]) => String(31 - Number(id))),
    );
  });

  await t.test('T1, P6: the next cycle begins one overlap before the bound', async (t) => {
    const view = await createRecords(harness, 'sobreposta');
    await insert(harness, 'sobreposta', [
      [1, harness.fromNow(-10 * hour), 'NULL'],
      [2, harness.fromNow(-3 * hour), 'NULL'],
      [3, harness.fromNow(-hour), 'NULL'],
    ]);
    const source = await harness.open(t, { views: [view], overlapSeconds: 2 * hour, settleSeconds: 0 });
    const first = await readCycle(source, 'sobreposta', { limit: 1 });
    t.same(column(first.rows, 0), ['1', '2', '3']);
    // A late commit: its watermark lies before the bound, and it was not there when that was read.
    await insert(harness, 'sobreposta', [[4, harness.fromNow(-hour / 2), 'NULL']]);
    const second = await readCycle(source, 'sobreposta', { after: first.next, limit: 1 });
    t.same(column(second.rows, 0), ['3', '4']);
    await t.test('T8: and never earlier than before', async (t) => {
      const wider = await harness.open(t, { views: [view], overlapSeconds: 24 * hour, settleSeconds: 0 });
      const third = await readCycle(wider, 'sobreposta', { after: second.next });
      const fourth = await readCycle(wider, 'sobreposta', { after: third.next });
      t.same(column(third.rows, 0), ['3', '4']);
      t.same(column(fourth.rows, 0), ['3', '4']);
    });
  });

  await t.test('T1, T5, P6: a cycle that is taken up again keeps the begin of the next one', async (t) => {
    const view = await createNumbers(harness, 'retomada');
    const numbers = (first: number, last: number) =>
      Array.from({ length: last - first + 1 }, (_, index) => [first + index, first + index]);
    await insert(
      harness,
      'retomada',
      numbers(1, 20).filter(([id]) => id !== 14),
    );
    const source = await harness.open(t, { views: [view], overlapCount: 10 });
    const cut = await readPage(source, 'retomada', { after: null, until: null, limit: 15 });
    t.same(column(cut.decoded, 0).at(-1), '16');
    // Committed late, behind the cursor; then so much that the new bound leaves it far behind.
    await insert(harness, 'retomada', [[14, 14], ...numbers(21, 60)]);
    const rest = await readCycle(source, 'retomada', { after: cut.next });
    const second = await readCycle(source, 'retomada', { after: rest.next });
    const seen = new Set([cut.decoded, rest.rows, second.rows].flatMap((rows) => column(rows, 0)));
    t.equal(seen.size, 60);
  });

  await t.test('T15, P8: a greatest watermark that goes back is another history', async (t) => {
    const view = await createNumbers(harness, 'recuada');
    await insert(harness, 'recuada', [
      [1, 5000],
      [2, 8000],
      [3, 9000],
    ]);
    const source = await harness.open(t, { views: [view], overlapCount: 1 });
    const before = await readCycle(source, 'recuada');
    await harness.execute(`DELETE FROM ${harness.quote('recuada')} WHERE ${harness.quote('id')} > 1`);
    await t.rejects(source.page('recuada', { after: before.next, until: null }), { code: 'epoch-changed' });
    const anew = await readCycle(source, 'recuada');
    t.same(column(anew.rows, 0), ['1']);
    t.same(column((await readCycle(source, 'recuada', { after: anew.next })).rows, 0), ['1']);
  });

  await t.test(
    'T11: a local clock that is set back an hour hides nothing and is no other history',
    async (t) => {
      const { integer } = harness.types;
      await createTable(harness, 'relógio', { id: integer, mark: harness.localInstant }, ['id']);
      const view = { name: 'relógio', key: ['id'], watermark: 'mark' };
      // The zones stand for one local clock before and after it was set back: nothing of them is in a cursor.
      const at = (zone: string) =>
        harness.open(t, { views: [view], timeZone: zone, settleSeconds: 0, overlapSeconds: 0 });
      const [summer, winter, broken] = [await at('+01:00'), await at('UTC'), await at('-01:00')];
      await insert(harness, 'relógio', [[1, harness.localFromNow(0)]]);
      const first = await readCycle(summer, 'relógio');
      t.same(column(first.rows, 0), ['1']);
      await insert(harness, 'relógio', [[2, harness.localFromNow(0)]]);
      const second = await readCycle(winter, 'relógio', { after: first.next });
      t.ok(column(second.rows, 0).includes('2'), 'written in the hour that came twice');
      await t.rejects(broken.page('relógio', { after: first.next, until: null }), { code: 'epoch-changed' });
    },
  );

  await t.test('a zone means the same on every engine, by its name and by its difference', async (t) => {
    const { integer } = harness.types;
    await createTable(harness, 'fusos', { id: integer, mark: harness.localInstant }, ['id']);
    const view = { name: 'fusos', key: ['id'], watermark: 'mark' };
    const hour = 3600;
    const zones = { UTC: 0, '-03:00': -3, 'America/Maceio': -3, '+05:30': 5.5, 'Asia/Kolkata': 5.5 };
    for (const [timeZone, hours] of Object.entries(zones)) {
      await harness.execute(`DELETE FROM ${harness.quote('fusos')}`);
      await insert(harness, 'fusos', [
        [1, harness.localFromNow(hours * hour - hour / 2)],
        [2, harness.localFromNow(hours * hour + hour / 2)],
      ]);
      const source = await harness.open(t, { views: [view], timeZone, settleSeconds: 0 });
      t.same(column((await readCycle(source, 'fusos')).rows, 0), ['1'], timeZone);
    }
  });

  await t.test(
    'T4, T5: watermarks that are equal for more rows than a page, in every mode of pages',
    async (t) => {
      const view = await createNumbers(harness, 'todos iguais');
      await insert(
        harness,
        view.name,
        Array.from({ length: 150 }, (_, index) => [index + 1, 7]),
      );
      const source = await harness.open(t, { views: [view], rows: 20, overlapCount: 0 });
      const { rows, next, pages } = await readCycle(source, view.name);
      t.equal(new Set(column(rows, 0)).size, 150);
      t.ok(pages.length >= 8);
      t.equal(
        (await readCycle(source, view.name, { after: next })).rows.length,
        150,
        'the bound itself again',
      );
    },
  );

  await t.test('T7: dates of 2099 neither stop a view nor hide what comes after them', async (t) => {
    const view = await createRecords(harness, 'futura');
    const future = harness.fromNow(70 * 365 * 86_400);
    await insert(harness, 'futura', [
      [1, harness.fromNow(-7200), 'NULL'],
      [2, future, 'NULL'],
    ]);
    const source = await harness.open(t, { views: [view], settleSeconds: 0, overlapSeconds: 10 });
    const first = await readCycle(source, 'futura');
    t.same(column(first.rows, 0), ['1']);
    await insert(harness, 'futura', [[3, harness.fromNow(-5), 'NULL']]);
    const second = await readCycle(source, 'futura', { after: first.next });
    t.same(column(second.rows, 0), ['3']);
  });

  await t.test('a growing number is bounded by its greatest value', async (t) => {
    const view = await createNumbers(harness, 'contador');
    await insert(
      harness,
      'contador',
      Array.from({ length: 50 }, (_, index) => [index + 1, index + 1]),
    );
    const source = await harness.open(t, { views: [view], overlapCount: 10, rows: 20 });
    let grown = false;
    const first = await readCycle(source, 'contador', {
      between: async () => {
        if (!grown)
          await insert(harness, 'contador', [
            [51, 51],
            [52, 52],
          ]);
        grown = true;
      },
    });
    t.same(
      column(first.rows, 0),
      Array.from({ length: 50 }, (_, index) => String(index + 1)),
      'of the first page',
    );
    const second = await readCycle(source, 'contador', { after: first.next });
    t.same(
      column(second.rows, 0),
      Array.from({ length: 13 }, (_, index) => String(index + 40)),
      'less the overlap',
    );
  });

  await t.test(
    'a number that runs far ahead hides no others, nor does mending it look like a restore',
    async (t) => {
      const view = await createNumbers(harness, 'disparado');
      const numbers = (first: number, last: number) =>
        Array.from({ length: last - first + 1 }, (_, index) => [first + index, first + index]);
      await insert(harness, 'disparado', [...numbers(1, 40), [1000, 9_999_999]]);
      const source = await harness.open(t, { views: [view], overlapCount: 10, rows: 20 });
      const first = await readCycle(source, 'disparado');
      t.equal(first.rows.length, 41);
      await insert(harness, 'disparado', numbers(41, 45));
      const second = await readCycle(source, 'disparado', { after: first.next });
      t.same(column(second.rows, 0), [...numbers(31, 45).map(([id]) => String(id)), '1000']);
      await harness.execute(`DELETE FROM ${harness.quote('disparado')} WHERE ${harness.quote('id')} = 1000`);
      await insert(harness, 'disparado', numbers(46, 50));
      const third = await readCycle(source, 'disparado', { after: second.next });
      t.same(column(third.rows, 0).slice(-5), ['46', '47', '48', '49', '50']);
    },
  );

  await t.test('T8: a growing number in an empty view, then in one that fills', async (t) => {
    const view = await createNumbers(harness, 'contador vazio');
    const source = await harness.open(t, { views: [view], overlapCount: 0 });
    const empty = await readCycle(source, 'contador vazio');
    t.match(empty, { until: null, rows: [] });
    await insert(harness, 'contador vazio', [
      [1, 'NULL'],
      [2, 7],
      [3, -9],
      [4, 7],
    ]);
    const first = await readCycle(source, 'contador vazio', { after: empty.next, limit: 1 });
    t.same(column(first.rows, 0), ['1', '3', '2', '4']);
    await insert(harness, 'contador vazio', [[5, 7]]);
    const second = await readCycle(source, 'contador vazio', { after: first.next });
    t.same(column(second.rows, 0), ['1', '2', '4', '5'], 'the bound itself is read again');
  });

  await t.test('I2, T3: a growing number beyond what JavaScript can count', async (t) => {
    const view = await createNumbers(harness, 'contador grande');
    const numbers = [
      '9007199254740992',
      '9007199254740993',
      '9007199254740994',
      '9223372036854775806',
      '9223372036854775807',
    ];
    await insert(
      harness,
      'contador grande',
      numbers.map((number, index) => [index, number]),
    );
    const source = await harness.open(t, { views: [view], overlapCount: 1 });
    const first = await readCycle(source, 'contador grande', { limit: 1 });
    t.same(column(first.rows, 1), numbers);
    t.same(
      column((await readCycle(source, 'contador grande', { after: first.next })).rows, 1),
      numbers.slice(-2),
    );
  });
}

/** A table whose watermark is a number. */
async function createNumbers(harness: SourceHarness, name: string): Promise<ViewConfig> {
  const { integer } = harness.types;
  await createTable(harness, name, { id: `${integer} NOT NULL`, number: integer }, ['id']);
  return { name, relation: [name], key: ['id'], watermark: 'number' };
}
