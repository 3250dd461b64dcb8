import type { Test } from 'tap';
import { countOpen, listQuarantine, quarantinedRows } from '../../../central/base/source-layer/quarantine.ts';
import type { Row } from '../../support/array-source.ts';
import type { TestBases } from '../../support/bases.ts';
import { Loader, markedLine } from '../../support/loader.ts';

/** What is in quarantine is counted, listed and read. */
export async function quarantine(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const twice = (id: string): Row[] => [
    [id, 'ANA', 'x'],
    [id, 'BIA', 'x'],
  ];

  await t.test(
    'open entries are counted by source and view, and listed with what they are about',
    async (t) => {
      const al = await Loader.on(base, 'AA');
      const other = await Loader.on(base, 'AA', ['id', 'nome', 'em'], { name: 'outra' });
      const ro = await Loader.on(base, 'AB');
      await al.load([...twice('1'), ...twice('2'), ['3', 'CID', 'x']]);
      await other.lines(markedLine('{1,2}', ['\\xff', '\\x00', 'x']), 1);
      await ro.load([[null, 'DAN', 'x']]);
      await al.lookup([['2', 'ANA', 'x']]);
      t.strictSame(await countOpen(base, 'AA'), [
        { source: 'AA', view: 'outra', open: 1 },
        { source: 'AA', view: 'pessoa', open: 2 },
      ]);
      t.strictSame(await countOpen(base, 'XX'), []);
      t.match(await countOpen(base), [{ source: 'AA' }, { source: 'AA' }, { source: 'AB', open: 1 }]);
      const [bytes] = await listQuarantine(base, { source: 'AA', view: 'outra', limit: 9 });
      t.match(bytes, {
        ...{
          source: 'AA',
          view: 'outra',
          key: ['\0ff'],
          code: 'bytes-undecodable',
          reason: 'id, nome',
          copies: 1,
        },
        ...{ opened: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, lastSeen: /Z$/, resolved: null },
      });
      const list = (filter: object) => listQuarantine(base, { source: 'AA', limit: 9, ...filter });
      t.equal((await list({})).length, 3);
      t.equal((await list({ limit: 2 })).length, 2);
      const all = await list({ view: 'pessoa', all: true });
      t.equal(all.length, 4);
      const closed = all.filter(({ resolved }) => resolved !== null);
      t.match(closed, [{ key: null, code: 'key-repeated' }, { key: null }]);
      t.match(await listQuarantine(base, { limit: 9 }), [{}, {}, {}, { source: 'AB', key: [null] }]);
    },
  );

  await t.test('every row of an export, once, however many there are', async (t) => {
    const a = await Loader.on(base, 'AC');
    const b = await Loader.on(base, 'AC', ['id', 'nome', 'em'], { name: 'outra' });
    await a.load(Array.from({ length: 130 }, (_, index) => twice(String(index))).flat());
    await b.load([...twice('a'), ['b', null, 'x'], ['b', 'N'.repeat(40_000), 'x']]);
    const rows = [];
    for await (const row of quarantinedRows(base, 'AC')) rows.push(row);
    t.equal(rows.length, 264);
    t.equal(new Set(rows.map(({ view, values }) => JSON.stringify([view, values]))).size, 264);
    t.match(rows[0], { view: 'outra', columns: ['id', 'nome', 'em'] });
    const values = rows.map((row) => row.values);
    t.ok(
      values.some(([id, nome]) => id === 'b' && nome === null),
      'null stays null',
    );
    const long = values.find(([id, nome]) => id === 'b' && nome !== null);
    t.equal(long?.[1], 'N'.repeat(32_767), 'as much of it as a cell of a spreadsheet holds');
    const some = [];
    for await (const row of quarantinedRows(base, 'AC', 'pessoa')) some.push(row);
    t.equal(some.length, 260);
    for await (const row of quarantinedRows(base, 'XX')) t.fail(row.view);
  });
}
