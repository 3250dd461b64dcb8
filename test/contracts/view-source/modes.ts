import type { Test } from 'tap';
import type { ViewConfig } from '../../../shared/sources/view-config.ts';
import { parted } from '../../support/read-answers.ts';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';
import { createTable, insert, type SourceHarness, sorted } from '../../support/source-harness.ts';

const start = { after: null, until: null };

export async function modes(t: Test, harness: SourceHarness): Promise<void> {
  const { integer, instant, name, text } = harness.types;
  const table = (name: string) => harness.quote(name);

  /** A table without a watermark. */
  const createPlain = async (view: string, rows: number) => {
    await createTable(harness, view, { id: `${integer} NOT NULL`, body: text }, ['id']);
    await insert(
      harness,
      view,
      Array.from({ length: rows }, (_, n) => [n + 1, harness.text(`corpo ${n + 1}`)]),
    );
  };

  await t.test('M3 snapshot: the whole view by key, in every cycle, without a bound', async (t) => {
    await createPlain('foto', 25);
    const source = await harness.open(t, { views: [{ name: 'foto', key: ['id'] }], rows: 10 });
    t.match((await source.describe()).views, [{ mode: 'snapshot', watermark: null }]);
    const first = await readCycle(source, 'foto');
    t.same(
      column(first.rows, 0),
      Array.from({ length: 25 }, (_, n) => String(n + 1)),
    );
    t.equal(first.until, null);
    await harness.execute(`DELETE FROM ${table('foto')} WHERE ${harness.quote('id')} = 3`);
    const second = await readCycle(source, 'foto', { after: first.next, limit: 7 });
    t.equal(second.rows.length, 24);
    await t.rejects(source.page('foto', { after: null, until: '1' }), { code: 'bound-invalid' });
  });

  await t.test('M2 changelog: the whole view first, then what the log names', async (t) => {
    await createPlain('mudada', 30);
    await createTable(harness, 'mudanças', {
      seq: integer,
      tabela: text,
      op: name,
      chave: integer,
      quando: instant,
    });
    const log = (
      rows: readonly (readonly [seq: number | 'NULL', key: number | 'NULL', op?: string, of?: string])[],
    ) =>
      insert(
        harness,
        'mudanças',
        rows.map(([seq, key, op = 'U', of = 'mudada']) => [
          seq,
          harness.text(of),
          harness.text(op),
          key,
          harness.fromNow(-60),
        ]),
      );
    await log([
      [1, 1],
      [5, 2],
    ]);
    const view: ViewConfig = {
      name: 'mudada',
      key: ['id'],
      changelog: {
        relation: ['mudanças'],
        watermark: 'seq',
        key: ['chave'],
        table: { column: 'tabela', values: ['mudada', 'outra'] },
        operation: { column: 'op', values: ['I', 'U', 'D'] },
      },
    };
    const source = await harness.open(t, { views: [view], rows: 8, overlapCount: 2 });
    t.match((await source.describe()).views, [{ mode: 'changelog', watermark: null }]);
    const first = await readCycle(source, 'mudada', {
      between: (page) => (page === 1 ? log([[6, 4, 'I']]) : undefined),
    });
    t.equal(first.rows.length, 30);
    t.match(first.until, /\b5$/, 'the bound is that of the log');

    const execute = (sql: string) => harness.execute(sql);
    const id = harness.quote('id');
    await execute(`DELETE FROM ${table('mudada')} WHERE ${id} IN (10, 11)`);
    await execute(`UPDATE ${table('mudada')} SET ${harness.quote('body')} = 'nova' WHERE ${id} = 12`);
    // 11 is inserted again, 10 named twice at one number and called updated, 13 only looked at, 14 of another table.
    await insert(harness, 'mudada', [[11, harness.text('de volta')]]);
    await log([
      [7, 10, 'D'],
      [7, 10, 'U'],
      [7, 11, 'D'],
      [7, 12, 'U'],
      [8, 13, 'A'],
      [8, 14, 'U', 'alheia'],
      [8, 'NULL', 'U'],
      ['NULL', 15, 'U'],
      [9, 12, 'U'],
      [9, 99, 'I'],
    ]);
    const read = async (limit: number) => {
      const cycle = await readCycle(source, 'mudada', { after: first.next, limit });
      return { ...cycle, ...parted(cycle.rows) };
    };
    const whole = await read(100);
    t.same(
      new Set(column(whole.there, 0)),
      new Set(['1', '2', '4', '11', '12']),
      'from two entries before the bound',
    );
    t.same(whole.there.find((row) => row.fields[0] === '12')?.fields[1], 'nova');
    t.same(
      sorted(whole.gone.map((row) => row.fields)),
      sorted([
        ['10', null],
        ['99', null],
      ]),
    );
    for (const limit of [1, 2, 3]) {
      const { rows, there } = await read(limit);
      const last = new Map(rows.map((row) => [row.fields[0] ?? null, row.digest]));
      const meant = whole.rows.map((row) => [row.fields[0] ?? null, row.digest]);
      t.same(sorted([...last]), sorted(meant), `by ${limit}`);
      t.same(new Set(column(there, 0)).size, 5);
    }
    await log([[8, 20, 'U']]);
    const third = await readCycle(source, 'mudada', { after: whole.next });
    t.ok(column(third.rows, 0).includes('20'), 'T1: an entry that came late, within the overlap');
  });

  await t.test('M2, T4: hundreds of entries at one instant, across every border of pages', async (t) => {
    await createPlain('empatada', 300);
    await createTable(harness, 'log empatado', { quando: instant, chave: integer });
    const view: ViewConfig = {
      name: 'empatada',
      key: ['id'],
      changelog: { relation: ['log empatado'], watermark: 'quando', key: ['chave'] },
    };
    const source = await harness.open(t, { views: [view], settleSeconds: 0, overlapSeconds: 0 });
    const first = await readCycle(source, 'empatada');
    t.equal(first.rows.length, 300);
    const keys = Array.from({ length: 300 }, (_, n) => n + 1);
    await insert(
      harness,
      'log empatado',
      keys.flatMap((key) => [
        [harness.fromNow(0.002), key],
        [harness.fromNow(0.002), key],
      ]),
    );
    await harness.execute(
      `UPDATE ${table('log empatado')} SET ${harness.quote('quando')} = ${harness.fromNow(0)}`,
    );
    for (const limit of [37, 1000]) {
      const { rows } = await readCycle(source, 'empatada', { after: first.next, limit });
      t.same(new Set(column(rows, 0)).size, 300, `by ${limit}`);
    }
  });

  await t.test('M2 a log that writes keys in another type than the view has', async (t) => {
    await createPlain('convertida', 12);
    await createTable(harness, 'log em texto', { seq: integer, chave: name });
    const view: ViewConfig = {
      name: 'convertida',
      key: ['id'],
      changelog: { relation: ['log em texto'], watermark: 'seq', key: ['chave'] },
    };
    const source = await harness.open(t, { views: [view] });
    await insert(harness, 'log em texto', [[0, harness.text('3')]]);
    const first = await readCycle(source, 'convertida');
    await harness.execute(`DELETE FROM ${table('convertida')} WHERE ${harness.quote('id')} IN (10, 11)`);
    const keys = ['007', '0010', 'abc', '+11', ' 12', '3', '', '99999999999999999999'];
    await insert(
      harness,
      'log em texto',
      keys.map((key, n) => [n + 1, harness.text(key)]),
    );
    for (const limit of [1, 100]) {
      const { rows } = await readCycle(source, 'convertida', { after: first.next, limit });
      const { there, gone } = parted(rows);
      t.same(new Set(column(there, 0)), new Set(['3', '7', '12']), 'as the view writes them');
      const none = new Set(['10', '11', 'abc', '', '99999999999999999999']);
      t.same(new Set(column(gone, 0)), none, 'also of rows that are gone, and what is no key stops nothing');
    }
  });

  await t.test('M2, T13: an entry whose key is bytes without a text stops no other', async (t) => {
    const [value] = harness.undecodable;
    if (value === undefined) return;
    await createPlain('nomeada por bytes', 3);
    const type = value.type === text ? name : value.type;
    await createTable(harness, 'log de bytes', { seq: integer, chave: type });
    const changelog = { relation: ['log de bytes'], watermark: 'seq', key: ['chave'] };
    const source = await harness.open(t, { views: [{ name: 'nomeada por bytes', key: ['id'], changelog }] });
    await insert(harness, 'log de bytes', [[0, harness.text('1')]]);
    const first = await readCycle(source, 'nomeada por bytes');
    await insert(harness, 'log de bytes', [
      [1, value.sql],
      [2, harness.text('2')],
    ]);
    for (const limit of [1, 100]) {
      const { rows } = await readCycle(source, 'nomeada por bytes', { after: first.next, limit });
      const { there, gone } = parted(rows);
      t.ok(column(there, 0).includes('2'), 'the entry behind it is answered');
      t.same(new Set(column(gone, 0)), new Set([`\\x${value.hex}`]));
    }
  });

  await t.test('M2 a log without an entry gives nothing, and what it names later is found', async (t) => {
    await createPlain('parada', 5);
    await createTable(harness, 'log vazio', { quando: instant, chave: integer });
    const view: ViewConfig = {
      name: 'parada',
      key: ['id'],
      changelog: { relation: ['log vazio'], watermark: 'quando', key: ['chave'] },
    };
    const source = await harness.open(t, { views: [view], settleSeconds: 0, overlapSeconds: 60 });
    const first = await readCycle(source, 'parada');
    const second = await readCycle(source, 'parada', { after: first.next });
    t.same([first.rows.length, second.rows.length], [5, 0]);
    await insert(harness, 'log vazio', [[harness.fromNow(-1), 2]]);
    t.same(column((await readCycle(source, 'parada', { after: second.next })).rows, 0), ['2']);
    await t.rejects(source.page('parada', { after: first.next, until: 'nonsense' }), {
      code: 'bound-invalid',
    });
  });

  await t.test('M1, P8: another mode, or another log, is another shape', async (t) => {
    await createTable(harness, 'modos', { id: integer, mark: instant });
    await createTable(harness, 'log dos modos', { quando: instant, chave: integer });
    const changelog = { relation: ['log dos modos'], watermark: 'quando', key: ['chave'] };
    const base = { name: 'modos', key: ['id'] };
    const other = { ...changelog, operation: { column: 'chave', values: ['1'] } };
    const shapes: ViewConfig[] = [
      base,
      { ...base, watermark: 'mark' },
      { ...base, changelog },
      { ...base, changelog: other },
    ];
    const fingerprints = new Set<string>();
    let cursor: string | null = null;
    for (const view of shapes) {
      const source = await harness.open(t, { views: [view] });
      if (cursor !== null) {
        await t.rejects(source.page('modos', { after: cursor, until: null }), { code: 'schema-changed' });
      }
      const page = await readPage(source, 'modos', start);
      cursor = page.next;
      fingerprints.add(page.fingerprint);
    }
    t.equal(fingerprints.size, shapes.length);
  });

  await t.test('M1 a mode that cannot work, and a log that is not there', async (t) => {
    await createPlain('recusada', 1);
    await createTable(harness, 'log recusado', { seq: integer, chave: integer });
    const changelog = { relation: ['log recusado'], watermark: 'seq', key: ['chave'] };
    const cases: readonly (readonly [string, Partial<ViewConfig>])[] = [
      ['mode-unusable', { mode: 'watermark' }],
      ['mode-unusable', { mode: 'changelog' }],
      ['mode-unusable', { mode: 'snapshot', watermark: 'id' }],
      ['mode-unusable', { changelog: { ...changelog, key: ['chave', 'seq'] } }],
      ['view-missing', { changelog: { ...changelog, relation: 'nowhere' } }],
      ['column-missing', { changelog: { ...changelog, watermark: 'nothing' } }],
      ['column-missing', { changelog: { ...changelog, key: ['nothing'] } }],
      ['column-missing', { changelog: { ...changelog, table: { column: 'nothing', values: ['x'] } } }],
    ];
    for (const [code, changes] of cases) {
      const source = await harness.open(t, { views: [{ name: 'recusada', key: ['id'], ...changes }] });
      const what = `${code} ${JSON.stringify(changes)}`;
      const { views, broken } = await source.describe();
      t.match({ views, broken }, { views: [], broken: [{ problem: code }] }, what);
      if (code === 'mode-unusable') t.match(broken[0]?.detail, /Modos que funcionam: /, what);
      else t.match(broken[0]?.detail, /log/, what);
      await t.rejects(source.page('recusada', start), { code }, what);
      await t.rejects(source.digests('recusada', { buckets: 1 }), { code }, what);
    }
  });
}
