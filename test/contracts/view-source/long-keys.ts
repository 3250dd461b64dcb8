import type { Test } from 'tap';
import { digestsIn, parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import { createTable, insert, type SourceHarness } from '../../support/source-harness.ts';

/** Keys that no cursor can hold: it travels in the line of a request. */
export async function longKeys(t: Test, harness: SourceHarness): Promise<void> {
  const { integer, instant, text, longKey = text } = harness.types;
  const quote = (name: string) => harness.quote(name);

  /** A key that sorts by its number. */
  const key = (n: number, isLong: boolean, length = 7600) =>
    isLong ? harness.repeat(`${100 + n}-`, length / 4) : harness.text(`${100 + n}`);

  await t.test('P4, I2: rows with such keys among others are given, and the cycle goes on', async (t) => {
    await createTable(harness, 'chaves longas', { id: longKey, n: integer, mark: instant });
    const rows = Array.from({ length: 60 }, (_, n) => {
      const mark = n < 20 ? 'NULL' : harness.instant(n >> 2);
      return [key(n, n % 3 === 1 || n === 19 || n === 59), n, mark];
    });
    await insert(harness, 'chaves longas', rows);
    for (const watermark of [{ watermark: 'mark' }, {}]) {
      const view = { name: 'chaves longas', key: ['id'], ...watermark };
      const whole = await readCycle(await harness.open(t, { views: [view] }), view.name);
      t.equal(whole.rows.length, 60);
      for (const bytes of [20_000, 30_000]) {
        const source = await harness.open(t, { views: [view], bytes });
        const { rows, pages } = await readCycle(source, view.name);
        t.same(
          digestsIn(rows),
          digestsIn(whole.rows),
          'each once: what no page can end at is not given twice',
        );
        t.ok(pages.length > 5);
        for (const { next } of pages) t.ok(next.length < 8192, 'fits a request');
      }
    }
  });

  await t.test('P4: where no page can end, it is said', async (t) => {
    await createTable(harness, 'só chaves longas', { id: longKey, mark: instant });
    await insert(
      harness,
      'só chaves longas',
      Array.from({ length: 20 }, (_, n) => [key(n, true), harness.instant(n)]),
    );
    const view = { name: 'só chaves longas', key: ['id'], watermark: 'mark' };
    const source = await harness.open(t, { views: [view], bytes: 25_000 });
    const page = source.page(view.name, { after: null, until: null });
    await t.rejects(page, { code: 'source-failed' });
    const one = source.page(view.name, { after: null, until: null, limit: 1 });
    await t.rejects(one, { code: 'source-failed' });
    const wide = await harness.open(t, { views: [view] });
    t.equal((await readCycle(wide, view.name)).rows.length, 20, 'one page holds them all');
    t.match(await source.digests(view.name, { buckets: 1 }), { counts: [20] });
  });

  await t.test('P4, M2: entries of a log that name such keys', async (t) => {
    await createTable(harness, 'de log longo', { id: longKey, body: text });
    await createTable(harness, 'log longo', { seq: integer, chave: longKey });
    const changelog = { relation: ['log longo'], watermark: 'seq', key: ['chave'] };
    const view = { name: 'de log longo', key: ['id'], changelog };
    const source = await harness.open(t, { views: [view] });
    const entry = (n: number) => [n >> 1, key(n, n % 2 === 1)];
    await insert(harness, 'log longo', [entry(0)]);
    const first = await readCycle(source, view.name);
    await insert(
      harness,
      'log longo',
      Array.from({ length: 40 }, (_, n) => entry(n)),
    );
    await insert(harness, 'de log longo', [[key(3, true), harness.text('há')]]);
    for (const limit of [2, 3, 100]) {
      const { rows, pages } = await readCycle(source, view.name, { after: first.next, limit });
      const { there, gone } = parted(rows);
      t.same([new Set(column(there, 1)).size, new Set(column(gone, 0)).size], [1, 39], `by ${limit}`);
      for (const { next } of pages) t.ok(next.length < 8192, 'fits a request');
    }
    await harness.execute(`DELETE FROM ${quote('log longo')} WHERE ${quote('chave')} NOT LIKE '%-%'`);
    const short = source.page(view.name, { after: first.next, until: null, limit: 1 });
    await t.rejects(short, { code: 'source-failed' });
  });
}
