import type { Test } from 'tap';
import { bucketOf, digestsIn, digestsOf, listRows, sumsOf } from '../../support/read-answers.ts';
import { column, readCycle } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  records,
  type SourceHarness,
  sorted,
} from '../../support/source-harness.ts';

const nasty = [
  '',
  '\\N',
  '\\',
  'a\tb',
  'a\nb',
  '\\t',
  'ção €',
  '�',
  '\u001f',
  '😀',
  '{1}',
  '\u0001',
  '\ufeffx',
];

export async function digests(t: Test, harness: SourceHarness): Promise<void> {
  const table = (name: string) => harness.quote(name);
  const [id, body] = [harness.quote('id'), harness.quote('body')];

  await t.test('D2 every bucket has count and sum of the digests that pages give', async (t) => {
    const view = await createRecords(harness, 'somas');
    const values = [...nasty.map((text) => harness.text(text)), 'NULL'];
    const of = (n: number) => values[n % values.length] ?? '';
    await insert(
      harness,
      'somas',
      records(harness, 700, (n) => (n % 9 ? harness.instant(n % 5) : 'NULL'), of),
    );
    const source = await harness.open(t, { views: [view], rows: 60 });
    const { rows } = await readCycle(source, 'somas');
    t.equal(rows.length, 700);
    for (const buckets of [1, 2, 64, 65_536]) {
      t.same(
        await digestsOf(source, 'somas', buckets),
        sumsOf(digestsIn(rows), buckets),
        `${buckets} buckets`,
      );
    }
    t.same(await digestsOf(source, 'somas', 16), await digestsOf(source, 'somas', 16), 'and again');
  });

  await t.test('D2 an empty view has empty buckets', async (t) => {
    const view = await createRecords(harness, 'sem somas');
    const source = await harness.open(t, { views: [view] });
    t.same(await digestsOf(source, 'sem somas', 4), sumsOf([], 4));
    t.same(await listRows(source, 'sem somas', 4), []);
  });

  await t.test('D2, T13: bytes that text cannot hold have the digest that pages give them', async (t) => {
    const { integer, instant } = harness.types;
    for (const [index, value] of harness.undecodable.entries()) {
      const name = `somas quebradas${index}`;
      await createTable(harness, name, { id: integer, mark: instant, body: value.type });
      const lookalike = harness.text(`\\x${value.hex}`);
      const of = (n: number) => (n % 7 === 3 ? value.sql : n % 2 ? lookalike : harness.text('são'));
      await insert(
        harness,
        name,
        records(harness, 60, (n) => harness.instant(n), of),
      );
      const source = await harness.open(t, { views: [{ name, key: ['id'], watermark: 'mark' }] });
      const { rows } = await readCycle(source, name);
      t.same(await digestsOf(source, name, 8), sumsOf(digestsIn(rows), 8), value.what);
      t.same(digestsIn(await listRows(source, name, 8)), digestsIn(rows), value.what);
    }
  });

  await t.test('D2, T7, T9: what pages do not reach is in the digests', async (t) => {
    const { integer, instant, text } = harness.types;
    await createTable(harness, 'fora', { id: integer, mark: instant, body: text });
    const view = { name: 'fora', key: ['id'], watermark: 'mark' };
    await insert(harness, 'fora', [
      [1, harness.fromNow(-7200), harness.text('lido')],
      [2, harness.fromNow(86_400 * 365 * 70), harness.text('de 2099')],
      ['NULL', harness.instant(1), harness.text('sem chave')],
      [3, 'NULL', harness.text('sem marca')],
    ]);
    const source = await harness.open(t, { views: [view], settleSeconds: 0, overlapSeconds: 10 });
    const first = await readCycle(source, 'fora');
    t.same(column(first.rows, 0), ['3', '1']);
    t.equal((await digestsOf(source, 'fora', 1)).counts[0], 4);
    await harness.execute(`UPDATE ${table('fora')} SET ${body} = ${harness.text('calado')} WHERE ${id} = 1`);
    const second = await readCycle(source, 'fora', { after: first.next });
    t.same(column(second.rows, 0), ['3'], 'a change that leaves the watermark alone is no page');
    const before = new Set(digestsIn(first.rows));
    const listed = await listRows(source, 'fora', 1);
    const changed = listed.filter((row) => !before.has(row.digest)).map((row) => row.fields[0]);
    t.same(sorted(changed.map((key) => [key ?? null])), sorted([['1'], ['2'], [null]]));
  });

  await t.test('D3 the rows of the wanted buckets, with their keys, and no other', async (t) => {
    const { integer, name, instant, text } = harness.types;
    await createTable(harness, 'lista', { a: name, mark: instant, b: integer, body: text });
    const rows = nasty.flatMap((a, index) =>
      [1, 2, 3].map((b) => [harness.text(a), harness.instant(index), b, harness.text(`corpo ${a}`)]),
    );
    await insert(harness, 'lista', rows);
    const source = await harness.open(t, { views: [{ name: 'lista', key: ['b', 'a'], watermark: 'mark' }] });
    const whole = (await readCycle(source, 'lista')).rows;
    for (const wanted of [[0], [1, 2, 5], [0, 1, 2, 3, 4, 5, 6, 7]]) {
      const listed = await listRows(source, 'lista', 8, wanted);
      const meant = whole.filter((row) => wanted.includes(bucketOf(row.digest, 8)));
      t.same(
        sorted(listed.map((row) => [row.digest, row.mark, ...row.fields])),
        sorted(meant.map((row) => [row.digest, '\\N', row.fields[2] ?? null, row.fields[0] ?? null])),
        `buckets ${wanted.join()}`,
      );
    }
  });

  await t.test('D3, T13: the mark of a listing tells of the key columns alone', async (t) => {
    const [value] = harness.undecodable;
    if (value === undefined) return;
    const { integer, instant, name, text } = harness.types;
    const type = value.type === text ? name : value.type;
    const columns = { mark: instant, body: value.type, number: integer, broken: type };
    await createTable(harness, 'lista quebrada', columns);
    await insert(harness, 'lista quebrada', [
      [harness.instant(1), value.sql, 1, value.sql],
      [harness.instant(1), value.sql, 2, harness.text('são')],
    ]);
    const view = { name: 'lista quebrada', key: ['number', 'broken'], watermark: 'mark' };
    const listed = await listRows(await harness.open(t, { views: [view] }), view.name, 1);
    t.same(
      sorted(listed.map((row) => [row.mark, ...row.fields])),
      sorted([
        ['{2}', '1', `\\x${value.hex}`],
        ['\\N', '2', 'são'],
      ]),
    );
  });

  await t.test('D3, I8: what does not fit one answer is refused, and fewer buckets fit', async (t) => {
    const view = await createRecords(harness, 'lista longa');
    await insert(
      harness,
      'lista longa',
      records(harness, 1000, (n) => harness.instant(n)),
    );
    const source = await harness.open(t, { views: [view], bytes: 4096 });
    await t.rejects(listRows(source, view.name, 64), { code: 'listing-too-large' });
    t.equal((await listRows(source, view.name, 64, [0, 1])).length > 0, true);
    const halves = await Promise.all(
      [0, 1].map((bucket) => source.list(view.name, { buckets: 64, wanted: [bucket] })),
    );
    t.equal(halves.length, 2, 'and the source goes on as if nothing had been');
  });

  await t.test('D2, D3: buckets that there cannot be', async (t) => {
    const view = await createRecords(harness, 'baldes');
    const source = await harness.open(t, { views: [view] });
    for (const buckets of [3, 6, 65_535]) {
      await t.rejects(source.digests('baldes', { buckets }), { code: 'request-invalid' }, `${buckets}`);
      await t.rejects(source.list('baldes', { buckets, wanted: [0] }), { code: 'request-invalid' });
    }
    await t.rejects(source.list('baldes', { buckets: 4, wanted: [0, 4] }), { code: 'request-invalid' });
    await t.rejects(source.digests('nowhere', { buckets: 4 }), { code: 'view-unknown' });
    await t.rejects(source.list('nowhere', { buckets: 4, wanted: [0] }), { code: 'view-unknown' });
  });
}
