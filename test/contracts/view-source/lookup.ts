import type { Test } from 'tap';
import type { KeyText } from '../../../shared/sources/view-source.ts';
import { digestsIn, lookUp, parted } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  records,
  type SourceHarness,
  sorted,
} from '../../support/source-harness.ts';

const numbers = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String(first + index));

export async function lookup(t: Test, harness: SourceHarness): Promise<void> {
  const { integer, instant, name, text } = harness.types;
  const columnList = (...names: string[]) => names.map((column) => harness.quote(column)).join(', ');

  await t.test(
    'D4 the rows of the keys, as pages give them, and a line for a key without a row',
    async (t) => {
      const view = await createRecords(harness, 'busca');
      await insert(
        harness,
        'busca',
        records(harness, 1200, (n) => harness.instant(n)),
      );
      const source = await harness.open(t, { views: [view] });
      const { rows } = await readCycle(source, 'busca');
      const keys = [...numbers(1190, 1210), '-5', '7', '7', '007'].map((id) => [id]);
      const { there, gone } = parted((await lookUp(source, 'busca', keys)).rows);
      const meant = new Set([...numbers(1190, 1200), '7']);
      const found = there.map((row) => row.digest);
      t.same([...new Set(found)].sort(), digestsIn(rows.filter((row) => meant.has(row.fields[0] ?? ''))));
      t.same(
        sorted(gone.map((row) => row.fields)),
        sorted([...numbers(1201, 1210), '-5', '007'].map((id) => [id, null, null])),
        'only the key is given',
      );
      t.equal(
        (
          await lookUp(
            source,
            'busca',
            numbers(1, 1200).map((id) => [id]),
          )
        ).rows.length,
        1200,
      );
    },
  );

  await t.test('D4 texts that are no value of the key', async (t) => {
    const view = await createRecords(harness, 'busca vã');
    await insert(
      harness,
      view.name,
      records(harness, 5, (n) => harness.instant(n)),
    );
    const source = await harness.open(t, { views: [view] });
    const texts = ['abc', '', ' ', '99999999999999999999', '1e0', "' OR 1=1 --", '\\N', '\u0000ff'];
    const { there, gone } = parted(
      (
        await lookUp(
          source,
          view.name,
          ['3', ...texts, '4'].map((id) => [id]),
        )
      ).rows,
    );
    t.same([...new Set(column(there, 0))].filter((id) => id === '3' || id === '4').sort(), ['3', '4']);
    t.same(gone.length, texts.length);
    t.same(column(gone, 0).at(-1), '\\xff');
  });

  await t.test(
    'D4, T4: keys of several columns, in any order of the columns, with and without an index',
    async (t) => {
      const blank = harness.ignoresTrailingBlanks === true ? [] : [' '];
      const texts = ['', ...blank, 'A', 'a', 'Ç', 'ç', '10', "d'água", 'a\tb', '\\N', '\\x41', '�', '😀'];
      const keys: KeyText[][] = texts.flatMap((a) => ['-1', '9'].map((b) => [a, b]));
      for (const indexed of [true, false]) {
        const table = indexed ? 'busca composta' : 'busca solta';
        const columns = { mark: instant, b: `${integer} NOT NULL`, body: text, a: `${name} NOT NULL` };
        await createTable(harness, table, columns, indexed ? ['a', 'b'] : []);
        const rows = keys.map(([a, b], n) => [
          harness.instant(n),
          b ?? '',
          harness.text(`c${n}`),
          harness.text(a ?? ''),
        ]);
        await insert(harness, table, rows);
        const source = await harness.open(t, {
          views: [{ name: table, key: ['a', 'b'], watermark: 'mark' }],
        });
        const pages = await readCycle(source, table);
        const asked: KeyText[][] = [...keys, ['b', '9'], ['a', '10']];
        const { there, gone } = parted((await lookUp(source, table, asked)).rows);
        t.same(digestsIn(there), digestsIn(pages.rows));
        t.same(
          sorted(gone.map((row) => row.fields)),
          sorted([
            [null, '9', null, 'b'],
            [null, '10', null, 'a'],
          ]),
        );
        t.same(parted((await lookUp(source, table, keys.slice(5, 9))).rows).there.length, 4);
      }
    },
  );

  await t.test('D4, D5: rows whose key has a null are in no page, and are found by it', async (t) => {
    await createTable(harness, 'busca nula', { id: integer, part: name, mark: instant });
    await insert(harness, 'busca nula', [
      [1, harness.text('a'), harness.instant(1)],
      ['NULL', harness.text('a'), harness.instant(1)],
      [2, 'NULL', 'NULL'],
      ['NULL', 'NULL', harness.instant(2)],
      ['NULL', 'NULL', harness.instant(3)],
    ]);
    const source = await harness.open(t, {
      views: [{ name: 'busca nula', key: ['id', 'part'], watermark: 'mark' }],
    });
    for (const limit of [1, 10])
      t.same(column((await readCycle(source, 'busca nula', { limit })).rows, 0), ['1']);
    const found = async (...keys: KeyText[][]) => {
      const { there, gone } = parted((await lookUp(source, 'busca nula', keys)).rows);
      return [there, gone].map((rows) => rows.map((row) => row.fields.slice(0, 2)));
    };
    t.same(await found([null, 'a'], [null, 'b']), [[[null, 'a']], [[null, 'b']]]);
    t.same(await found(['2', null], ['3', null]), [[['2', null]], [['3', null]]]);
    t.same(await found([null, null]), [
      [
        [null, null],
        [null, null],
      ],
      [],
    ]);
    t.same((await found(['1', 'a'], ['2', null], [null, null], [null, 'z']))[0]?.length, 4);
  });

  await t.test('D4 a key that stands more than once has all its rows', async (t) => {
    await createTable(harness, 'busca dobrada', { id: integer, mark: instant, body: text });
    const rows = Array.from({ length: 30 }, (_, n) => [n % 3, harness.instant(n), harness.text(`v${n}`)]);
    await insert(harness, 'busca dobrada', rows);
    const source = await harness.open(t, {
      views: [{ name: 'busca dobrada', key: ['id'], watermark: 'mark' }],
    });
    const answer = await source.lookup('busca dobrada', { keys: [['1'], ['2'], ['1'], ['8']] });
    t.match(answer, { rows: 21, answered: 4 });
  });

  await t.test('D4 a key with more rows than an answer holds: it says how many are not in it', async (t) => {
    const columns = { id: integer, part: name, mark: instant, body: text };
    await createTable(harness, 'busca cortada', columns);
    const rows = Array.from({ length: 3000 }, (_, n) => [
      n % 3 === 0 ? 7 : 'NULL',
      harness.text('a'),
      harness.instant(n),
      harness.text(`corpo ${n}`),
    ]);
    await insert(harness, 'busca cortada', [...rows, [8, harness.text('a'), harness.instant(1), "'x'"]]);
    for (const indexed of [false, true]) {
      if (indexed) {
        await harness.execute(
          `CREATE INDEX cortada_id ON ${harness.quote('busca cortada')} (${columnList('id', 'part')})`,
        );
      }
      const view = { name: 'busca cortada', key: ['id', 'part'], watermark: 'mark' };
      const source = await harness.open(t, { views: [view], bytes: 5000 });
      const [nulls, sevens]: KeyText[][] = [
        [null, 'a'],
        ['7', 'a'],
      ];
      const one: KeyText[] = ['8', 'a'];
      for (const [key, all] of [
        [nulls ?? [], 2000],
        [sevens ?? [], 1000],
      ] as const) {
        for (const keys of [[key], [key, one], [key, key, one]]) {
          const answer = await source.lookup(view.name, { keys });
          t.equal(answer.answered, 1);
          t.equal(answer.rows + answer.cut, all);
          t.ok(answer.cut > 0 && answer.lines.length <= 5000);
        }
        const before = await source.lookup(view.name, { keys: [one, key] });
        t.match(before, { rows: 1, answered: 1, cut: 0 }, 'cut is only what fits in no answer');
      }
    }
  });

  await t.test('D4, I8: an answer ends at its bytes, and the next one goes on', async (t) => {
    const view = await createRecords(harness, 'busca longa');
    const long = (n: number) => harness.repeat('ação ', n % 40 === 0 ? 20_000 : (n * 7919) % 300);
    await insert(
      harness,
      view.name,
      records(harness, 200, (n) => harness.instant(n), long),
    );
    const source = await harness.open(t, { views: [view], bytes: 10_000 });
    const keys = numbers(1, 210).map((id) => [id]);
    for (let round = 0; round < 2; round++) {
      const { rows, answered, bytes } = await lookUp(source, view.name, keys);
      t.same(new Set(column(rows, 0)), new Set(numbers(1, 210)));
      t.equal(rows.length, 210);
      t.ok(answered.length > 5);
      t.same(
        bytes.filter((size, index) => size > 10_000 && answered[index] !== 1),
        [],
      );
    }
  });

  await t.test('D4, T13: keys that text cannot hold', async (t) => {
    const [value] = harness.undecodable;
    if (value === undefined) return;
    const type = value.type === text ? name : value.type;
    await createTable(harness, 'busca quebrada', { id: type, number: integer, mark: instant });
    await insert(harness, 'busca quebrada', [
      [value.sql, 1, harness.instant(1)],
      [harness.text(`\\x${value.hex}`), 1, harness.instant(1)],
      [harness.text('são'), 1, harness.instant(1)],
    ]);
    await harness.execute(
      `CREATE INDEX quebrada_id ON ${harness.quote('busca quebrada')} (${columnList('id', 'number')})`,
    );
    const view = { name: 'busca quebrada', key: ['id', 'number'], watermark: 'mark' };
    const source = await harness.open(t, { views: [view] });
    const { rows } = await lookUp(source, view.name, [
      [`\0${value.hex}`, '1'],
      [`\0${value.hex}`, '2'],
      ['são', '1'],
    ]);
    t.same(
      sorted(rows.map((row) => [row.mark, ...row.fields.slice(0, 2)])),
      sorted([
        ['{1}', `\\x${value.hex}`, '1'],
        ['{-1}', `\\x${value.hex}`, '2'],
        ['\\N', 'são', '1'],
      ]),
    );
    const lookalike = await lookUp(source, view.name, [[`\\x${value.hex}`, '1']]);
    t.same(
      lookalike.rows.map((row) => row.mark),
      ['\\N'],
    );
  });

  await t.test('D4, T13: bytes that no row can have as its key name no row, and stop nothing', async (t) => {
    // Some are of no character set, some the number 97 or a text to whoever takes them for that.
    const raw = ['ff', 'c3', '61', '0061', 'd83d', '610062', '00000061'].map((hex) => `\0${hex}`);
    const rows = [
      [integer, '97', '97'],
      [instant, harness.instant(1), null],
      [name, harness.text('são'), 'são'],
    ] as const;
    for (const [index, [type, sql, text]] of rows.entries()) {
      const table = `busca de bytes ${index}`;
      await createTable(harness, table, { id: `${type} NOT NULL`, n: `${integer} NOT NULL` }, ['id', 'n']);
      await insert(harness, table, [[sql, 1]]);
      for (const key of [['id'], ['id', 'n']]) {
        const source = await harness.open(t, { views: [{ name: table, key }] });
        const asked = (id: string) => (key.length === 1 ? [id] : [id, '1']);
        const keys = [...raw, ...(text === null ? [] : [text])].map(asked);
        const { there, gone } = parted((await lookUp(source, table, keys)).rows);
        t.same(new Set(column(gone, 0)), new Set(raw.map((value) => `\\x${value.slice(1)}`)), type);
        t.equal(gone.length, raw.length);
        t.same(column(there, 0), text === null ? [] : [text], type);
      }
    }
  });

  await t.test('D4 keys that cannot be keys of the view', async (t) => {
    const view = await createRecords(harness, 'busca errada');
    const source = await harness.open(t, { views: [view] });
    for (const keys of [[['1', '2']], [['a\u0000b']], [['\u0000xyz']], [['1'], ['\u0000']]]) {
      await t.rejects(source.lookup(view.name, { keys }), { code: 'request-invalid' }, JSON.stringify(keys));
    }
    await t.rejects(source.lookup('nowhere', { keys: [['1']] }), { code: 'view-unknown' });
  });
}
