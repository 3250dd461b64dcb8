import type { Test } from 'tap';
import { openKeys } from '../../../central/base/source-layer/quarantine.ts';
import { linesOf, type Row, viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader, markedLine } from '../../support/loader.ts';

const person = (id: string | null, nome: string | null = `PESSOA ${id}`, em = 'x'): Row => [id, nome, em];
const sound = (result: { new: number; changed: number; unchanged: number }) => [
  result.new,
  result.changed,
  result.unchanged,
];

/** Rows that break the contract are kept apart, whole, and come back when they are mended. */
export async function quarantinePage(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  const required = viewOf('custodia', ['id', 'custodiado_id', 'nome', 'em']);

  await t.test('Q1, I9: each way to break the contract, among good rows of one page', async (t) => {
    const loader = await Loader.on(base, 'QA', [], required);
    const row = (id: string | null, whose: string | null = '7', nome: string | null = 'ANA'): Row => [
      id,
      whose,
      nome,
      'x',
    ];
    const pages: [Buffer, number][] = [
      [linesOf([row('01'), row(null), row('02'), row('', '8'), row(' ', '9')]), 5],
      [linesOf([row('03'), row('04', null), row('05', ' \t'), row('06', ''), row('07', null, null)]), 5],
      [markedLine('{2,3}', ['08', '\\xff', '\\x00', 'x']), 1],
      [markedLine('{1}', ['\\xfe', '7', 'EVA', 'x']), 1],
      [markedLine('{0}', ['09', null, null, 'x']), 1],
      [markedLine('{0,1}', ['\\xfd', null, null, 'x']), 1],
      [linesOf([row('10'), row('11', '7', 'FLAVIA'), row('12'), row('11', '7', 'FLAVIO')]), 4],
      [linesOf([row('13', '7', 'G'.repeat(200)), row('14')]), 2],
    ];
    const lines = Buffer.concat(pages.map(([page]) => page));
    const rows = pages.reduce((sum, [, count]) => sum + count, 0);
    const result = await loader.lines(lines, rows, { maxRowBytes: 150 });
    t.match(result, { new: 6, changed: 0, unchanged: 0, removed: 0, quarantined: 14 });
    t.strictSame(
      (await loader.stored()).map(({ id }) => id),
      ['01', '02', '03', '10', '12', '14'],
    );
    const entry = (code: string, key: string | null, reason: string) => ({
      ...{ code, key: [key], reason, copies: 1, open: true },
    });
    t.strictSame(await loader.entries(), [
      entry('key-empty', '', 'id'),
      entry('key-empty', ' ', 'id'),
      entry('column-empty', '04', 'custodiado_id'),
      entry('column-empty', '05', 'custodiado_id'),
      entry('column-empty', '06', 'custodiado_id'),
      entry('column-empty', '07', 'custodiado_id'),
      entry('bytes-undecodable', '08', 'custodiado_id, nome'),
      entry('row-too-large', '09', ''),
      entry('key-repeated', '11', 'id'),
      entry('key-repeated', '11', 'id'),
      entry('row-too-large', '13', 'nome'),
      entry('row-too-large', '\\xfd', ''),
      entry('bytes-undecodable', '\\xfe', 'id'),
      entry('key-empty', null, 'id'),
    ]);
    const whole = await query(
      base,
      `SELECT columns, row_values, mark, run::int, load::int FROM guarita.quarantine
        WHERE source = 'QA' AND key = '{08}'`,
    );
    t.strictSame(
      whole,
      [
        {
          columns: ['id', 'custodiado_id', 'nome', 'em'],
          row_values: ['08', '\\xff', '\\x00', 'x'],
          mark: [2, 3],
          run: 1,
          load: 1,
        },
      ],
      'the whole row, with its mark',
    );
    t.strictSame(await loader.rows(), { counter: 6, counted: 6 });
  });

  await t.test('a view that the dictionary does not know may have empty columns', async (t) => {
    const loader = await Loader.on(base, 'QB');
    t.match(await loader.load([person('1', null), person('2', '')]), { new: 2, quarantined: 0 });
  });

  await t.test('a person without a name or a sex is loaded: what is missing is a finding', async (t) => {
    const loader = await Loader.on(base, 'QV', ['id', 'nome', 'sexo', 'em'], { name: 'custodiado' });
    t.match(await loader.load([['1', null, '', 'x']]), { new: 1, quarantined: 0 });
  });

  await t.test('a required column that the view does not have is no fault of its rows', async (t) => {
    const loader = await Loader.on(base, 'QC', ['id', 'nome', 'em'], { name: 'custodia' });
    t.match(await loader.load([person('1')]), { new: 1, quarantined: 0 });
  });

  await t.test('C2, I4: a page with bad rows, loaded again, writes no row and no second entry', async (t) => {
    const loader = await Loader.on(base, 'QD');
    const page = [person('1'), person(null), person('2'), person('2', 'OUTRA'), person('3'), person('3')];
    t.match(await loader.load(page), { new: 1, quarantined: 5 });
    const before = [await loader.stored(), await loader.entries()];
    t.match(await loader.load(page, { run: 2 }), { new: 0, changed: 0, unchanged: 1, quarantined: 5 });
    t.strictSame([await loader.stored(), await loader.entries()], before);
    const seen = await query(
      base,
      `SELECT DISTINCT load::int, run::int, last_seen > opened AS later FROM guarita.quarantine WHERE source = 'QD'`,
    );
    t.strictSame(seen, [{ load: 2, run: 1, later: true }], 'first seen by the first run, last by this load');
  });

  await t.test('rows that are alike in everything are one entry with several copies', async (t) => {
    const loader = await Loader.on(base, 'QE');
    await loader.load([person('1'), person('1'), person('1'), person('2')]);
    t.match(await loader.entries(), [{ code: 'key-repeated', key: ['1'], copies: 3 }]);
    await loader.load([person('1'), person('2')]);
    t.match(await loader.entries(), [{ copies: 3, open: true }], 'a page may have some of them only');
    await loader.lookup([person('1'), person('1')]);
    t.match(await loader.entries(), [{ copies: 2, open: true }], 'a lookup has all of them');
  });

  await t.test('Q2: a mended row is loaded, and its entry closed and emptied', async (t) => {
    const loader = await Loader.on(base, 'QF', [], required);
    await loader.load([
      ['1', null, 'ANTONIO', 'x'],
      ['2', '', 'BETO', 'x'],
    ]);
    t.match(await loader.load([['1', '7', 'ANTONIO', 'y']], { run: 7 }), { new: 1, quarantined: 0 });
    t.strictSame(await loader.open(), ['column-empty 2']);
    const closed = await query(
      base,
      `SELECT key, row_values, code, run::int, resolved_run::int, opened IS NOT NULL AS opened
         FROM guarita.quarantine WHERE source = 'QF' AND resolved IS NOT NULL`,
    );
    t.strictSame(closed, [
      { key: null, row_values: null, code: 'column-empty', run: 1, resolved_run: 7, opened: true },
    ]);
  });

  await t.test('a row that is bad in another way now: one entry is closed, another one opened', async (t) => {
    const loader = await Loader.on(base, 'QG', [], required);
    await loader.load([['1', null, 'ANA', 'x']]);
    const undecodable = markedLine('{3}', ['1', '7', '\\xff', 'y']);
    t.match(await loader.lines(undecodable, 1), { new: 0, quarantined: 1 });
    t.match(await loader.entries(), [
      { code: 'bytes-undecodable', reason: 'nome', open: true },
      { code: 'column-empty', reason: 'custodiado_id', open: false },
    ]);
  });

  await t.test('an entry that comes back is opened anew, by the run that saw it again', async (t) => {
    const loader = await Loader.on(base, 'QH', [], required);
    const bad: Row = ['1', null, 'ANA', 'x'];
    await loader.load([bad]);
    await loader.load([['1', '7', 'ANA', 'y']]);
    await loader.load([bad], { run: 9 });
    t.match(await loader.entries(), [{ key: ['1'], open: true, copies: 1 }]);
    const again = `SELECT run::int, resolved_run, row_values FROM guarita.quarantine WHERE source = 'QH'`;
    t.strictSame(await query(base, again), [{ run: 9, resolved_run: null, row_values: bad }]);
  });

  await t.test('the earlier good version stays as it was', async (t) => {
    const loader = await Loader.on(base, 'QI', [], required);
    await loader.load([['1', '7', 'ANA', 'x']]);
    const before = await loader.stored();
    t.match(await loader.load([['1', '', 'ANA', 'y']]), { unchanged: 0, changed: 0, quarantined: 1 });
    t.strictSame(await loader.stored(), before);
    t.match(await loader.load([['1', '7', 'ANA', 'x']]), { unchanged: 1 }, 'mended to what it had been');
    t.strictSame(await loader.stored(), before);
    t.strictSame(await loader.open(), []);
  });

  await t.test('Q1: a key repeated within a page, whatever the base has of it', async (t) => {
    const loader = await Loader.on(base, 'QJ');
    await loader.load([person('1'), person('2'), person('3')]);
    for (const [what, ...rows] of [
      ['both new', person('4'), person('4', 'B')],
      ['both new and alike', person('5'), person('5')],
      ['one as the base has it', person('1'), person('1', 'B')],
      ['both otherwise', person('2', 'A'), person('2', 'B')],
      ['both otherwise and alike', person('3', 'B'), person('3', 'B')],
    ] as const) {
      const result = await loader.load([person('9'), ...rows]);
      t.equal(result.quarantined, 2, what);
      t.equal(
        sound(result).reduce((a, b) => a + b),
        1,
        what,
      );
    }
    t.strictSame(
      (await loader.stored()).map(({ id, nome }) => `${id} ${nome}`),
      ['1 PESSOA 1', '2 PESSOA 2', '3 PESSOA 3', '9 PESSOA 9'],
    );
  });

  await t.test('Q1, Q2: a key repeated across pages, told and mended by lookups only', async (t) => {
    const loader = await Loader.on(base, 'QK');
    await loader.load([person('1', 'A'), person('2')]);
    await loader.load([person('1', 'B')]);
    t.match(await loader.stored(), [{ nome: 'B' }, {}], 'of two pages the later row wins');
    t.match(await loader.lookup([person('1', 'A'), person('1', 'B')]), { quarantined: 2, changed: 0 });
    t.strictSame(await loader.open(), ['key-repeated 1', 'key-repeated 1']);
    for (const row of [person('1', 'B'), person('1', 'C')]) {
      t.match(await loader.load([row, person('2')]), { quarantined: 1, unchanged: 1, changed: 0 });
    }
    t.strictSame(
      await loader.open(),
      Array.from({ length: 3 }, () => 'key-repeated 1'),
    );
    t.match(await loader.lookup([person('1', 'C')]), { changed: 1, quarantined: 0 });
    t.strictSame(await loader.open(), []);
    t.match(await loader.stored(), [{ nome: 'C' }, {}]);
  });

  await t.test(
    'rows without a key are different rows: only a lookup closes what it does not show',
    async (t) => {
      const loader = await Loader.on(base, 'QL', ['a', 'b', 'em'], { key: ['a', 'b'] });
      await loader.load([
        ['1', null, 'x'],
        [null, null, 'x'],
      ]);
      await loader.load([['1', null, 'y']]);
      t.strictSame(await loader.open().then((all) => all.length), 3);
      await loader.lookup([['1', null, 'y']]);
      t.strictSame(await loader.open(), ['key-empty 1/', 'key-empty /']);
      await loader.lookup([], [[null, null, null]]);
      t.strictSame(await loader.open(), ['key-empty 1/']);
    },
  );

  await t.test('I2: bytes are not the text that looks like them', async (t) => {
    const loader = await Loader.on(base, 'QM');
    await loader.lines(markedLine('{1}', ['\\xff', 'BYTES', 'x']), 1);
    const text = [person('\\xff', 'TEXTO')];
    t.match(await loader.load(text), { new: 1, quarantined: 0 });
    t.strictSame(await loader.open(), ['bytes-undecodable \\xff'], 'another key is not its mending');
    t.strictSame(await openKeys(base, loader.target, 9), [['\0ff']]);
    const both = Buffer.concat([linesOf(text), markedLine('{1}', ['\\xff', 'BYTES', 'y'])]);
    t.match(
      await loader.lines(both, 2, { cursor: null, wholeKeys: true }),
      { unchanged: 1, quarantined: 1 },
      'nor repeated',
    );
    t.strictSame(await loader.open(), ['bytes-undecodable \\xff']);
  });

  await t.test('I9: a key that is too long for an index stops nothing', async (t) => {
    const loader = await Loader.on(base, 'QN');
    // Random enough that the base cannot compress it below what an index holds.
    const long = Array.from({ length: 2000 }, (_, i) => String.fromCodePoint(0x4e00 + ((i * 7919) % 20_000)));
    t.match(await loader.load([person('1'), person(long.join(''))]), { new: 1, quarantined: 1 });
    t.match(await loader.entries(), [{ code: 'row-too-large' }]);
    t.match(await loader.load([person('k'.repeat(2500))]), { new: 1 });
  });

  await t.test('a row as long as allowed is loaded, one byte more is not', async (t) => {
    const loader = await Loader.on(base, 'QO');
    const rows = [person('1'), person('2', 'N'.repeat(500)), person('3', 'M'.repeat(3000)), person('4')];
    const lengths = rows.map((row) => linesOf([row]).length);
    const quarantined = (maxRowBytes: number) => lengths.filter((length) => length > maxRowBytes).length;
    for (const maxRowBytes of lengths.flatMap((length) => [length, length - 1])) {
      const result = await loader.load(rows, { maxRowBytes });
      t.equal(result.quarantined, quarantined(maxRowBytes), `${maxRowBytes} bytes`);
    }
    t.match(await loader.load(rows), { quarantined: 0 });
    t.strictSame(await loader.open(), [], 'a limit that was raised lets them in');
  });

  await t.test('views with more columns than a function takes arguments', async (t) => {
    const names = Array.from({ length: 300 }, (_, index) => `c${index}`);
    const loader = await Loader.on(base, 'QP', ['id', 'nome', ...names]);
    const row: Row = ['1', 'A', ...names];
    t.match(await loader.load([row, row]), { quarantined: 2 });
    t.match(await loader.lines(markedLine('{302}', ['2', 'B', ...names.slice(1), '\\x00']), 1), {
      quarantined: 1,
    });
    t.match(await loader.entries(), [{}, { reason: 'c299' }]);
  });

  await t.test(
    'keys that are asked again: each once, longest unseen first, none too long to ask',
    async (t) => {
      const loader = await Loader.on(base, 'QQ');
      await loader.load([person('2'), person('2', 'B'), person(null), person('l'.repeat(9000))]);
      await loader.load([person('1'), person('1', 'B')]);
      t.strictSame(await openKeys(base, loader.target, 9), [['2'], [null], ['1']]);
      t.strictSame(await openKeys(base, loader.target, 1), [['2']]);
      await loader.lookup([person('2')]);
      t.strictSame(await openKeys(base, loader.target, 9), [[null], ['1']]);
    },
  );
}
