import type { Test } from 'tap';
import { type Cycle, column, readCycle } from '../../support/read-cycle.ts';
import { createTable, insert, type SourceHarness } from '../../support/source-harness.ts';

/** Logs of a system's own: all its tables share one, and it is emptied now and then. */
export async function logs(t: Test, harness: SourceHarness): Promise<void> {
  const { integer, instant, name, text } = harness.types;
  const quote = (part: string) => harness.quote(part);

  /** A view of 30 rows, and its log, read to the end of its first cycle. */
  async function begun(t: Test, relation: string, watermark: 'seq' | 'quando', first: readonly number[]) {
    await createTable(harness, relation, { id: integer, body: text });
    await createTable(harness, `${relation} log`, {
      seq: integer,
      tabela: name,
      chave: integer,
      quando: instant,
    });
    await insert(
      harness,
      relation,
      Array.from({ length: 30 }, (_, id) => [id, harness.text('x')]),
    );
    const log = (entries: readonly number[], of = relation, key = 1, at = -30) =>
      insert(
        harness,
        `${relation} log`,
        entries.map((seq) => [seq, harness.text(of), key, harness.fromNow(at)]),
      );
    const empty = (where = '1 = 1') =>
      harness.execute(`DELETE FROM ${quote(`${relation} log`)} WHERE ${where}`);
    await log(first);
    const changelog = {
      ...{ relation: [`${relation} log`], watermark, key: ['chave'] },
      table: { column: 'tabela', values: [relation] },
    };
    const views = [{ name: relation, key: ['id'], changelog }];
    const source = await harness.open(t, { views, overlapCount: 3, overlapSeconds: 60, settleSeconds: 0 });
    const next = async (before: Cycle) => readCycle(source, relation, { after: before.next, limit: 2 });
    return { source, log, empty, next, first: await readCycle(source, relation) };
  }

  const gaps = ({ pages }: Cycle) => pages.map(({ gap = false }) => gap);

  await t.test('M2: the overlap counts entries of the view, not those of other tables', async (t) => {
    const { log, next, first } = await begun(t, 'compartilhada', 'seq', [1, 2, 3, 4]);
    await log(
      Array.from({ length: 50 }, (_, n) => n + 101),
      'de outras',
    );
    const second = await next(first);
    // A long transaction, whose numbers were given before those of all the others, comes to its end.
    await log([50], 'compartilhada', 7);
    const third = await next(second);
    t.ok(column(third.rows, 0).includes('7'));
    t.same([...gaps(second), ...gaps(third)].filter(Boolean), []);
  });

  await t.test('M4: a log that was emptied further than it was read has a gap', async (t) => {
    const { source, log, empty, next, first } = await begun(t, 'expurgada', 'seq', [1, 2, 3]);
    t.notOk(gaps(first).includes(true));
    await log([4, 5, 6, 7, 8]);
    const second = await next(first);
    t.notOk(gaps(second).includes(true), 'all is there');
    await empty(`${quote('seq')} <= 5`);
    const third = await next(second);
    t.notOk(gaps(third).includes(true), 'what is gone was read');
    await log([9, 10]);
    await empty(`${quote('seq')} <= 9`);
    const asked = { after: third.next, until: null, limit: 1 };
    for (const time of ['once', 'and again']) {
      const { gap } = await source.page('expurgada', asked);
      t.equal(gap, true, `what is gone was not: it is said ${time}`);
    }
    const fourth = await next(third);
    t.same([gaps(fourth)[0], gaps(fourth).slice(1).includes(true)], [true, false], 'on the first page alone');
    t.notOk(gaps(await next(fourth)).includes(true), 'and once');
  });

  await t.test('M4: a log that is found empty has one, for as long as it is', async (t) => {
    for (const watermark of ['seq', 'quando'] as const) {
      const { log, empty, next, first } = await begun(t, `vazia por ${watermark}`, watermark, [1, 2, 3]);
      await empty();
      const second = await next(first);
      const third = await next(second);
      t.same([gaps(second), gaps(third)], [[true], [true]]);
      await log([4], `vazia por ${watermark}`, 8, -1);
      const fourth = await next(third);
      t.same([gaps(fourth)[0], column(fourth.rows, 0)], [true, ['8']]);
      t.notOk(gaps(await next(fourth)).includes(true));
    }
  });

  await t.test('M4: one whose numbers began anew has one, and is read from its start', async (t) => {
    const { log, empty, next, first } = await begun(t, 'reiniciada', 'seq', [101, 102, 103, 104, 105]);
    const second = await next(first);
    await empty();
    await log([1, 2], 'reiniciada', 5);
    await log([3, 4], 'reiniciada', 6);
    const third = await next(second);
    t.equal(gaps(third)[0], true);
    t.same(new Set(column(third.rows, 0)), new Set(['5', '6']));
    await log([5], 'reiniciada', 9);
    const fourth = await next(third);
    t.notOk(gaps(fourth).includes(true));
    t.ok(column(fourth.rows, 0).includes('9'));

    await empty();
    const fifth = await next(fourth);
    await log(Array.from({ length: 40 }, (_, n) => n + 1));
    t.equal(gaps(await next(fifth))[0], true, 'also where it has grown beyond where it was by then');
  });

  await t.test(
    'M4: its reading is cut: what was emptied meanwhile is seen when it is taken up',
    async (t) => {
      const { source, log, empty, first } = await begun(t, 'cortada', 'seq', [1]);
      const page = (after: string, until: string | null) =>
        source.page('cortada', { after, until, limit: 1 });
      for (const seq of [2, 3, 4, 5]) await log([seq], 'cortada', seq);
      const { next, gap = false, complete } = await page(first.next, null);
      t.same([gap, complete], [false, false]);
      await empty(`${quote('seq')} < 4`);
      t.equal((await page(next, null)).gap, true);
    },
  );

  await t.test(
    'M4: one that is emptied between two pages further than they have come has a gap',
    async (t) => {
      const { source, log, empty, first } = await begun(t, 'entre páginas', 'seq', [1]);
      for (const seq of [2, 3, 4, 5, 6, 7, 8, 9]) await log([seq], 'entre páginas', seq);
      let at: { after: string; until: string | null } = { after: first.next, until: null };
      const page = async () => {
        const {
          next,
          until,
          gap = false,
          complete,
        } = await source.page('entre páginas', { ...at, limit: 1 });
        at = { after: next, until };
        return { gap, complete, until };
      };
      const begin = await page();
      for (let pages = 0; pages < 3; pages++) t.same(await page(), { ...begin, gap: false });
      await empty(`${quote('seq')} <= 3`);
      t.same(await page(), { ...begin, gap: false }, 'what is gone was given');
      await empty(`${quote('seq')} <= 7`);
      const asked = at;
      for (const time of ['once', 'and again']) {
        at = asked;
        t.same(await page(), { ...begin, gap: true }, `what is gone was not: it is said ${time}`);
      }
      t.same(await page(), { ...begin, gap: false, complete: true }, 'on one page alone');
      at = { ...at, until: null };
      t.notOk((await page()).gap, 'and once');
    },
  );

  await t.test('M4: one that is emptied whole, or begins anew, between two pages has a gap', async (t) => {
    for (const anew of [[], [1]]) {
      const relation = `de novo ${anew.length}`;
      const { source, log, empty, next, first } = await begun(t, relation, 'seq', [101]);
      for (const seq of [102, 103, 104, 105]) await log([seq], relation, seq - 100);
      const second = await readCycle(source, relation, {
        ...{ after: first.next, limit: 1 },
        between: async (pages) => {
          if (pages > 1) return;
          await empty();
          await log(anew, relation, 6);
        },
      });
      t.equal(gaps(second)[0], false);
      await log([2], relation, 7);
      const third = await next(second);
      t.equal(gaps(third)[0], true);
      t.ok(column(third.rows, 0).includes('7'), 'and is read from its start');
      await log([3], relation, 8);
      t.ok(column((await next(third)).rows, 0).includes('8'), 'and on from there');
    }
  });

  await t.test('M4: one that began anew while its reading was cut is read from its start', async (t) => {
    const { source, log, empty, next, first } = await begun(t, 'cortada e nova', 'seq', [101]);
    for (const seq of [102, 103, 104, 105]) await log([seq], 'cortada e nova', seq - 100);
    const cut = await source.page('cortada e nova', { after: first.next, until: null, limit: 1 });
    await empty();
    await log([1], 'cortada e nova', 5);
    const second = await readCycle(source, 'cortada e nova', { after: cut.next });
    t.same([gaps(second)[0], column(second.rows, 0)], [true, ['5']]);
    await log([2], 'cortada e nova', 6);
    t.ok(column((await next(second)).rows, 0).includes('6'));
  });

  await t.test('P8: one that ends before what was read, and has what it had, was restored', async (t) => {
    const { empty, log, next, source, first } = await begun(t, 'restaurada', 'seq', [1, 2, 3, 4, 5, 6, 7, 8]);
    await log([9, 10, 11]);
    const second = await next(first);
    await empty(`${quote('seq')} > 4`);
    const page = source.page('restaurada', { after: second.next, until: null });
    await t.rejects(page, { code: 'epoch-changed' });
  });
}
