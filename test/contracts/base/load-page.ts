import type { Test } from 'tap';
import type { Base } from '../../../central/base/base.ts';
import { loadPage } from '../../../central/base/source-layer/load-page.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { linesOf, people, type Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader, ordinary } from '../../support/loader.ts';
import { TappedBase } from '../../support/tapped-base.ts';

const nothing = { new: 0, changed: 0, unchanged: 0, removed: 0, quarantined: 0, forgotten: 0 };

const lastChange = async (base: Base): Promise<number> => {
  const [row] = await query<{ n: string }>(base, 'SELECT last_value::text AS n FROM guarita.change');
  return Number(row?.n);
};

/** A page of rows is loaded whole, once, or not at all. */
export async function loadedPages(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;

  await t.test('new, changed and unchanged rows are told apart', async (t) => {
    const loader = await Loader.on(base, 'LA');
    t.strictSame(await loader.load(people(1, 10)), { ...nothing, new: 10, loads: 1 });
    t.strictSame(await loader.load([...people(1, 4), ...people(5, 7, 2), ...people(11, 12)]), {
      ...nothing,
      new: 2,
      changed: 3,
      unchanged: 4,
      loads: 2,
    });
    t.strictSame(await loader.load([]), { ...nothing, loads: 3 }, 'an empty page counts');
    const names = (await loader.stored()).map(({ nome }) => nome);
    const expected = [...people(1, 4), ...people(5, 7, 2), ...people(8, 12)].map(([, nome]) => nome);
    t.strictSame(names, expected);
  });

  await t.test(
    'values arrive as they were given: null, empty, escapes, every kind of character',
    async (t) => {
      const loader = await Loader.on(base, 'LB');
      const values = [
        null,
        '',
        '\\N',
        '\\.',
        'a\tb\nc\rd\\e',
        ' \u00a0 ',
        '🙂 中 é',
        `'"$$;--`,
        '\u0001\u007f',
        '\b\f\v',
      ];
      const rows: Row[] = values.map((value, index) => [String(index), value, 'x']);
      await loader.load(rows);
      const stored = await loader.stored();
      t.strictSame(
        stored.map(({ nome }) => nome),
        values,
      );
      t.match(await loader.load(rows), { unchanged: values.length });
    },
  );

  await t.test('C2, I4: loading a page again writes nothing', async (t) => {
    const loader = await Loader.on(base, 'LC');
    await loader.load(people(1, 50));
    const before = await loader.stored();
    const sequence = await lastChange(base);
    t.match(await loader.load(people(1, 50)), { new: 0, changed: 0, unchanged: 50 });
    t.strictSame(await loader.stored(), before, 'not one row was touched, not even with the same values');
    t.equal(await lastChange(base), sequence, 'the change sequence stands still');
    t.match(await loader.load([...people(1, 49), ...people(50, 50, 2)]), { changed: 1, unchanged: 49 });
    t.strictSame((await loader.stored()).slice(0, 49), before.slice(0, 49));
    t.equal(await lastChange(base), sequence + 1);
  });

  await t.test('first seen stays, last changed moves', async (t) => {
    const loader = await Loader.on(base, 'LE');
    const times = () =>
      query<{ first: string; last: string }>(
        base,
        `SELECT id, _first_seen::text AS first, _last_changed::text AS last FROM ${loader.target.table}`,
      );
    await loader.load(people(1, 1));
    const [before] = await times();
    await loader.load(people(1, 1, 2));
    const [after] = await times();
    t.equal(after?.first, before?.first);
    t.ok((after?.last ?? '') >= (before?.last ?? 'none'));
  });

  await t.test('the change number grows strictly, page after page', async (t) => {
    const loader = await Loader.on(base, 'LF');
    let highest = await lastChange(base);
    for (let version = 1; version <= 5; version++) {
      await loader.load(people(version, version + 9, version));
      const written = (await loader.stored())
        .filter(({ nome }) => nome?.endsWith(`v${version}`))
        .map(({ change }) => Number(change));
      t.equal(new Set(written).size, 10);
      t.ok(Math.min(...written) > highest, 'above all that were committed before');
      highest = Math.max(...written);
    }
  });

  await t.test('a key of several columns, in which only the whole counts', async (t) => {
    const loader = await Loader.on(base, 'LG', ['a', 'b', 'em'], { key: ['b', 'a'] });
    const rows: Row[] = [
      ['1', '12', 'x'],
      ['11', '2', 'x'],
      ['1', '2', 'x'],
      ['1', ' 2', 'x'],
      ['A', 'b', 'x'],
      ['a', 'B', 'x'],
    ];
    t.match(await loader.load(rows), { new: rows.length });
    t.match(await loader.load(rows.map(([a = '', b = '']) => [a, b, 'y'])), { changed: rows.length });
  });

  await t.test('a page that is not what it says is refused whole', async (t) => {
    const loader = await Loader.on(base, 'LI');
    await loader.load(people(1, 3));
    const good = linesOf(people(2, 4, 2));
    const append = (text: string) => Buffer.concat([good, Buffer.from(text, 'latin1')]);
    await loader.refuses(t, () => loader.lines(good, 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(good, 2), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('1\t\\N\t000009\tsem marca\n'), 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('1\t\\N\t000009\ta\tb\tc\n'), 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('1\t\\N\t000009\tlatin \xe9\tx\n'), 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('1\t\\N\t000009\tzero \x00\tx\n'), 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('no number\t\\N\t000009\ta\tx\n'), 4), 'page-invalid');
    await loader.refuses(
      t,
      () => loader.lines(append('9223372036854775808\t\\N\t000009\ta\tx\n'), 4),
      'page-invalid',
    );
    await loader.refuses(t, () => loader.lines(append('1\t{x}\t000009\ta\tx\n'), 4), 'page-invalid');
    await loader.refuses(t, () => loader.lines(append('\\N\t\\N\t000009\ta\tx\n'), 4), 'page-invalid');
    for (const mark of ['{}', '{4}', '{-2}', '{0,4}', '{-1,1}', '{NULL}']) {
      await loader.refuses(t, () => loader.lines(append(`1\t${mark}\t000009\ta\tx\n`), 4), 'page-invalid');
    }
    t.match(await loader.lines(good, 3), { new: 1, changed: 2 }, 'the good part alone is loaded');
  });

  await t.test('an error names no person', async (t) => {
    const loader = await Loader.on(base, 'LK');
    const name = 'FULANO DE TAL';
    for (const page of [
      () => loader.lookup([], [['1', name, 'x']], { mostRemoved: -1 }),
      () => loader.lines(Buffer.from(`1\t{9}\t1\t${name}\tx\n`), 1),
      () => loader.lines(Buffer.from(`1\t\\N\t1\t${name}\n`), 1),
      () => loader.lines(Buffer.from(`${name}\t\\N\t1\ta\tx\n`), 1),
    ]) {
      const error: unknown = await page().then(
        () => null,
        (reason: unknown) => reason,
      );
      t.type(error, GuaritaError);
      t.notMatch((error as GuaritaError).message, name);
    }
  });

  await t.test("a page after another collector's is refused", async (t) => {
    const loader = await Loader.on(base, 'LL');
    await loader.load(people(1, 3));
    for (const expected of [0, 2]) {
      const late = () =>
        loadPage(base, loader.target, { lines: linesOf(people(4, 5)), rows: 2 }, ordinary(expected));
      await loader.refuses(t, late, 'source-busy');
    }
    const unknown = { ...loader.target, source: 'XX' };
    const page = { lines: linesOf(people(4, 5)), rows: 2 };
    await t.rejects(
      loadPage(base, unknown, page, ordinary(0)),
      { code: 'source-busy' },
      'a base that forgot the view',
    );
    t.match(await loader.load(people(4, 5)), { new: 2 });
  });

  await t.test('two loaders at once: each turn is won by exactly one', async (t) => {
    const loader = await Loader.on(base, 'LM');
    const { table } = loader.target;
    let highest = await lastChange(base);
    for (let turn = 0; turn < 15; turn++) {
      const pages = [0, 1].map((n) => linesOf(people(turn * 10 + n * 5, turn * 10 + n * 5 + 9, turn)));
      const results = await Promise.allSettled(
        pages.map((lines) => loadPage(base, loader.target, { lines, rows: 10 }, ordinary(turn))),
      );
      const won = results.filter(({ status }) => status === 'fulfilled');
      const lost = results.filter((result) => result.status === 'rejected');
      t.equal(won.length, 1);
      t.match(lost, [{ reason: { code: 'source-busy' } }]);
      const [range] = await query<{ low: string; n: number }>(
        base,
        `SELECT min(_change)::text AS low, count(*)::int AS n FROM ${table} WHERE _change > $1`,
        [highest],
      );
      t.ok(Number(range?.low) > highest);
      t.equal(range?.n, 10);
      highest = await lastChange(base);
    }
  });

  const { server } = bases;
  if (server === null) return;

  await t.test(
    'the connection is killed in mid-load: nothing is loaded, and the next try works',
    async (t) => {
      const killing = new TappedBase(base);
      const loader = await Loader.on(killing, 'LN');
      await loader.load(people(1, 3));
      killing.beforeCopy = async () => {
        killing.beforeCopy = () => undefined;
        const killed = await server.admin(
          `SELECT pg_terminate_backend(pid, 10000) AS killed FROM pg_stat_activity
          WHERE application_name = 'guarita-central' AND state = 'idle in transaction'`,
        );
        t.strictSame(killed, [{ killed: true }]);
      };
      await loader.refuses(t, () => loader.load(people(2, 5, 2)), 'base-unavailable');
      t.match(await loader.load(people(2, 5, 2)), { new: 2, changed: 2 });
    },
  );

  await t.test('all idle connections are killed between two pages: the next page is loaded', async (t) => {
    const loader = await Loader.on(base, 'LO');
    await loader.load(people(1, 3));
    await server.admin(
      `SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE application_name = 'guarita-central'`,
    );
    const retried = await loader.load(people(4, 6)).catch(() => loader.load(people(4, 6)));
    t.match(retried, { new: 3 });
  });

  await t.test('a statement that takes too long is ended', async (t) => {
    const loader = await Loader.on(base, 'LP');
    await loader.load(people(1, 1));
    const slow = new TappedBase({
      stepMilliseconds: base.stepMilliseconds,
      atOnce: base.atOnce,
      close: () => Promise.resolve(),
      snapshot: (work) => base.snapshot(work),
      transaction: (work) =>
        base.transaction(async (tx) => {
          await tx.query('SET LOCAL lock_timeout = 100');
          return work(tx);
        }),
    });
    await base.transaction(async (tx) => {
      await tx.query('SELECT FROM guarita.view WHERE source = $1 FOR UPDATE', ['LP']);
      const blocked = new Loader(slow, { ...loader.target, loads: 1 });
      await t.rejects(blocked.load(people(1, 2)), { code: 'base-failed', retry: 'later' });
    });
    t.match(await loader.load(people(1, 2)), { new: 1 });
  });
}
