import type { Test } from 'tap';
import { goneOf } from '../../../central/base/source-layer/load-page.ts';
import { linesOf, type Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader, markedLine } from '../../support/loader.ts';
import { isLong } from '../../support/runs.ts';

/** 462 columns, as a survey form has them. */
const columns = ['id', ...Array.from({ length: 460 }, (_, index) => `resposta_${index}`), 'nome'];

/** @param filled columns besides the key */
const row = (id: string, filled: number): Row =>
  columns.map((_, place) =>
    place === 0 ? id : place <= filled ? `resposta de ${id} ao campo ${place}` : null,
  );

/** Rows and names that a table of the base has no room for. */
export async function wideRows(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const ids = async ({ target }: Loader) =>
    (await query<{ id: string }>(base, `SELECT id FROM ${target.table} ORDER BY id`)).map(({ id }) => id);

  await t.test('I9, Q1: they are quarantined, wherever they stand, and the others are loaded', async (t) => {
    const pages: readonly (readonly number[])[] = [
      [461],
      [10, 461],
      [461, 10],
      [10, 461, 20, 461, 30, 30, 461],
    ];
    // The last has all that the others have; a page with nothing else is another way.
    for (const [index, filled] of pages.entries()) {
      if (!isLong && index % 3 !== 0) continue;
      const loader = await Loader.on(base, `W${'ABCD'[index]}`, columns);
      const rows = filled.map((count, place) => row(`${place}`, count));
      const result = await loader.load(rows);
      const wide = filled.flatMap((count, place) => (count > 100 ? [`${place}`] : []));
      t.match(result, { new: filled.length - wide.length, quarantined: wide.length, loads: 1 });
      t.strictSame(
        await loader.open(),
        wide.map((id) => `row-too-large ${id}`),
      );
      t.strictSame(
        await ids(loader),
        filled.flatMap((_, place) => (wide.includes(`${place}`) ? [] : [`${place}`])),
      );
      t.match(await loader.load(rows), { new: 0, changed: 0, quarantined: wide.length, loads: 2 }, 'again');
      t.equal((await loader.open()).length, wide.length, 'an entry each');
    }
  });

  await t.test(
    'a row that has become too wide is kept as it was; one that is mended is loaded',
    async (t) => {
      const loader = await Loader.on(base, 'WF', columns);
      await loader.load([row('1', 10), row('2', 10)]);
      t.match(await loader.load([row('1', 461), row('2', 11)]), { changed: 1, quarantined: 1 });
      t.strictSame(await ids(loader), ['1', '2']);
      t.match(await loader.lookup([row('1', 12)]), { changed: 1, quarantined: 0 });
      t.strictSame(await loader.open(), []);
    },
  );

  await t.test('C8: what such a page says is gone is still counted', async (t) => {
    const loader = await Loader.on(base, 'WJ', columns);
    await loader.load([row('1', 10), row('2', 10), row('3', 10)]);
    const gone = ['1', '2'].map((id) => markedLine('{-1}', row(id, 0)));
    const lines = Buffer.concat([gone[0] ?? Buffer.of(), linesOf([row('3', 461)]), gone[1] ?? Buffer.of()]);
    const page = { lines, rows: 3 };
    t.strictSame(await goneOf(base, loader.target, page), [['1'], ['2']]);
    await t.rejects(loader.lines(lines, 3, { mostRemoved: 1 }), { code: 'view-shrank' });
    await t.rejects(goneOf(base, loader.target, { lines, rows: 4 }), { code: 'page-invalid' });
  });

  await t.test('a key that stands twice in such a page', async (t) => {
    const loader = await Loader.on(base, 'WG', columns);
    const result = await loader.load([row('1', 10), row('1', 20), row('2', 461), row('3', 3)]);
    t.match(result, { new: 1, quarantined: 3 });
    t.strictSame(await ids(loader), ['3']);
  });

  await t.test(
    'a view of more columns than a table can have is refused, with how many that are',
    async (t) => {
      const many = Array.from({ length: 1594 }, (_, index) => `c${index}`);
      const refused = Loader.on(base, 'WH', many, { key: ['c0'] });
      await t.rejects(refused, { code: 'view-too-wide', detail: /1594 colunas, de no máximo 1593/ });
      const loader = await Loader.on(base, 'WH', many.slice(1), { key: ['c1'] });
      t.match(await loader.load([many.slice(1).map((_, place) => (place < 9 ? `${place}` : null))]), {
        new: 1,
      });
    },
  );

  await t.test('views whose names are alike in their first 63 bytes never become one table', async (t) => {
    for (const name of [`${'v'.repeat(63)}a`, 'ã'.repeat(32)]) {
      const refused = Loader.on(base, 'WI', columns, { name });
      await t.rejects(refused, { code: 'view-unusable', detail: /64 bytes, de no máximo 63/ });
    }
    await Loader.on(base, 'WI', columns, { name: 'v'.repeat(63) });
  });
}
