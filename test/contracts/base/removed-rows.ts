import type { Test } from 'tap';
import { goneOf } from '../../../central/base/source-layer/load-page.ts';
import { people, type Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader, markedLine } from '../../support/loader.ts';

const gone = (...ids: number[]): Row[] => ids.map((id) => [String(id).padStart(6, '0'), null, null]);

/** A row that the source has no more is marked, and stays. */
export async function removedRows(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;

  await t.test('a row that is gone is marked with instant and run, and stays', async (t) => {
    const loader = await Loader.on(base, 'RA');
    await loader.load(people(1, 3));
    const before = await loader.stored();
    t.match(await loader.lookup([], gone(2, 9), { run: 5 }), {
      ...{ new: 0, changed: 0, unchanged: 0, removed: 1, quarantined: 0 },
    });
    const rows = await loader.stored();
    t.match(rows[1], { removed: true, nome: before[1]?.nome });
    t.ok(Number(rows[1]?.change) > Number(before[2]?.change), 'it is a change that later steps can follow');
    t.strictSame([rows[0], rows[2]], [before[0], before[2]]);
    const marked = `SELECT _removed_run::int AS run, _removed >= _last_changed AS later FROM ${loader.target.table}
       WHERE _removed IS NOT NULL`;
    t.strictSame(await query(base, marked), [{ run: 5, later: true }]);
    t.strictSame(await loader.rows(), { counter: 2, counted: 2 });
  });

  await t.test('C2, I4: told again, nothing is written', async (t) => {
    const loader = await Loader.on(base, 'RB');
    await loader.load(people(1, 3));
    await loader.lookup([], gone(2));
    const before = await loader.stored();
    t.match(await loader.lookup([], gone(2, 2)), { removed: 0, unchanged: 0 });
    t.strictSame(await loader.stored(), before);
  });

  await t.test('the log of an ordinary page says so too, beside rows', async (t) => {
    const loader = await Loader.on(base, 'RC');
    await loader.load(people(1, 3));
    const cursor = { next: 'log', complete: true };
    t.match(await loader.lookup([...people(3, 4, 2)], gone(1), { cursor }), {
      new: 1,
      changed: 1,
      removed: 1,
    });
    t.strictSame(await loader.rows(), { counter: 3, counted: 3 });
    t.strictSame(await query(base, `SELECT cursor, cycle_complete FROM guarita.view WHERE source = 'RC'`), [
      { cursor: 'log', cycle_complete: true },
    ]);
  });

  await t.test('a removed row that comes back is there again, and counts as changed', async (t) => {
    const loader = await Loader.on(base, 'RD');
    await loader.load(people(1, 3));
    await loader.lookup([], gone(1, 2, 3));
    t.match(await loader.load([...people(1, 1), ...people(2, 2, 2)]), { new: 0, changed: 2, unchanged: 0 });
    t.match(await loader.stored(), [{ removed: false }, { removed: false }, { removed: true }]);
    const runs = await query(base, `SELECT _removed_run::int AS run FROM ${loader.target.table} ORDER BY id`);
    t.strictSame(runs, [{ run: null }, { run: null }, { run: 1 }]);
    t.strictSame(await loader.rows(), { counter: 2, counted: 2 });
  });

  await t.test('C8: more than may be marked, and nothing of the page is loaded', async (t) => {
    const loader = await Loader.on(base, 'RE');
    await loader.load(people(1, 10));
    const page = () => loader.lookup(people(11, 12), gone(1, 2, 3, 4), { mostRemoved: 3 });
    await loader.refuses(t, page, 'view-shrank');
    await t.rejects(page(), { code: 'view-shrank', detail: 'Visão "pessoa": 4 de 10 linhas.' });
    t.match(await loader.lookup(people(11, 12), gone(1, 2, 3, 77), { mostRemoved: 3 }), {
      removed: 3,
      new: 2,
    });
    t.match(
      await loader.lookup([], gone(1, 2, 3), { mostRemoved: 0 }),
      { removed: 0 },
      'they are marked already',
    );
  });

  await t.test(
    'C8: rows that are to be named are not marked, whatever else the page has is loaded',
    async (t) => {
      const loader = await Loader.on(base, 'RH');
      await loader.load(people(1, 4));
      await loader.lookup([], gone(4));
      const gonePage = { namesGone: true, mostRemoved: 0 };
      const named = await loader.lookup(people(11, 12), gone(1, 2, 4, 77), gonePage);
      t.match(named, { new: 2, removed: 0, gone: Array });
      t.strictSame(named.gone?.toSorted(), [['000001'], ['000002']]);
      t.strictSame(await loader.rows(), { counter: 5, counted: 5 });
      const page = { lines: markedLine('{-1}', gone(3)[0] ?? []), rows: 1 };
      t.strictSame(await goneOf(base, loader.target, page), [['000003']]);
      t.strictSame(await loader.rows(), { counter: 5, counted: 5 });
    },
  );

  await t.test('a key of several columns, in which only the whole counts', async (t) => {
    const loader = await Loader.on(base, 'RF', ['id', 'nome', 'em'], { key: ['nome', 'id'] });
    await loader.load([
      ['1', '2', 'x'],
      ['2', '1', 'x'],
    ]);
    t.match(await loader.lookup([], [['1', '2', null]]), { removed: 1 });
    t.match(await loader.stored(), [
      { id: '1', removed: true },
      { id: '2', removed: false },
    ]);
  });

  await t.test(
    'Q2: a key that is gone has nothing in quarantine any more, whatever was wrong with it',
    async (t) => {
      const loader = await Loader.on(base, 'RG');
      await loader.load(people(1, 1));
      await loader.load([
        ...people(1, 1, 2),
        ...people(1, 1, 3),
        [null, 'X', 'x'],
        ...people(2, 2),
        ...people(2, 2),
      ]);
      t.equal((await loader.open()).length, 4);
      t.match(await loader.lookup([], [...gone(1), [null, null, null]]), { removed: 1 });
      t.strictSame(await loader.open(), ['key-repeated 000002']);
      await loader.lookup([], gone(2), { cursor: { next: 'log', complete: true } });
      t.strictSame(await loader.open(), [], 'also by the log');
    },
  );
}
