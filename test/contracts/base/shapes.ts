import type { Test } from 'tap';
import { prepareView } from '../../../central/base/source-layer/source-schema.ts';
import { viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { believeAll, Loader } from '../../support/loader.ts';

const complete = { next: 'end', complete: true };

/** A view of another shape: what its rows were stays, and values never stand under another name than theirs. */
export async function shapes(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const stored = ({ target }: Loader) => query(base, `SELECT * FROM ${target.table} ORDER BY id`);
  const versions = ({ target }: Loader) => query(base, `SELECT * FROM ${target.versions} ORDER BY id, _to`);

  await t.test('a column that is lost stays in what rows were while it was there', async (t) => {
    const before = await Loader.on(base, 'SA', ['id', 'nome', 'cpf']);
    await before.load([['1', 'ANA', '123']]);
    const after = await Loader.on(base, 'SA', ['id', 'nome']);
    t.match(await after.load([['1', 'ANA']]), { changed: 1 });
    t.match(await versions(after), [{ id: '1', nome: 'ANA', cpf: '123' }]);
    const again = await Loader.on(base, 'SA', ['id', 'nome', 'cpf', 'rg']);
    t.match(await again.load([['1', 'ANA', '124', '9']]), { changed: 1 });
    t.match(await stored(again), [{ nome: 'ANA', cpf: '124', rg: '9' }]);
    t.match((await versions(again))[0], { cpf: '123' });
  });

  for (const [source, columns, rows] of [
    ['SB', ['id', 'mae', 'nome'], [{ nome: 'BIA', mae: 'ANA' }]],
    ['SC', ['id', 'titular', 'mae'], [{ nome: 'ANA', titular: 'ANA', mae: 'BIA' }]],
  ] as const) {
    await t.test(`names that moved, ${columns.join()}: equal values are under their new names`, async (t) => {
      const before = await Loader.on(base, source, ['id', 'nome', 'mae']);
      await before.load([['1', 'ANA', 'BIA']], { cursor: complete });
      const after = await Loader.on(base, source, [...columns]);
      await query(base, `CREATE INDEX ON ${after.target.table} (_change)`);
      const page = [['1', 'ANA', 'BIA']];
      t.match(await after.load(page, { likely: 'unchanged' }), { changed: 1, unchanged: 0 });
      t.match(await stored(after), rows);
      t.match(await after.load(page, { cursor: complete }), { changed: 0, unchanged: 1 }, 'once');
      t.match(await versions(after), [{ nome: 'ANA', mae: 'BIA' }]);
      const later = await prepareView(base, source, viewOf('pessoa', [...columns]), believeAll);
      t.equal(later.namesMoved, false, 'when the view was read to its end, names are believed again');
    });
  }

  const { server } = bases;
  if (server === null) return;
  await t.test(
    'a table of 0.1.0 that somebody reads: loaded as ever, and prepared for copies when it is free',
    async (t) => {
      const loader = await Loader.on(base, 'SD');
      await loader.load([['1', 'ANA', 'x']]);
      const { table } = loader.target;
      await query(base, `ALTER TABLE ${table} DROP CONSTRAINT sound_row, DROP COLUMN _mark`);
      await query(base, `UPDATE guarita.view SET sound_row = NULL WHERE source = 'SD'`);
      await base.transaction(async (tx) => {
        await tx.query(`SELECT FROM ${table}`);
        const held = await Loader.on(base, 'SD');
        t.equal(held.target.takesCopies, false);
        t.match(await held.load([['2', 'BIA', 'x']], { likely: 'new' }), { new: 1 });
      });
      const free = await Loader.on(base, 'SD');
      t.equal(free.target.takesCopies, true);
      t.match(await free.load([['3', 'CID', 'x']], { likely: 'new' }), { new: 1 });
    },
  );
}
