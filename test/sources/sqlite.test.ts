// Tier: quick. The contract once, but for huge rows, and what is of this engine alone.
import { copyFileSync, existsSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import t from 'tap';
import { byWatermark, withoutWatermark } from '../../shared/sources/reading/keyset.ts';
import { keysetOf } from '../../shared/sources/sql/view.ts';
import { SqliteFinder } from '../../shared/sources/sqlite/finder.ts';
import { SqliteLines } from '../../shared/sources/sqlite/lines.ts';
import { SqliteSnapshot } from '../../shared/sources/sqlite/snapshot.ts';
import { SqliteSource } from '../../shared/sources/sqlite/source.ts';
import { positionOf, quoteIdentifier } from '../../shared/sources/sqlite/values.ts';
import { secondLook } from '../contracts/view-source/second-look.ts';
import { usualRows, viewSourceContract } from '../contracts/view-source.ts';
import { digestsIn, digestsOf, lookUp, parted, sumsOf } from '../support/read-answers.ts';
import { column, readCycle, readPage } from '../support/read-cycle.ts';
import { isLong, runs } from '../support/runs.ts';
import { commonSettings, createRecords, insert, records } from '../support/source-harness.ts';
import { type SqliteHarness, sqliteHarness } from '../support/sqlite-harness.ts';
import { sqliteDefaults } from '../support/sqlite-views.ts';
import { watermarkFormats } from './sqlite/watermark-formats.ts';

const start = { after: null, until: null };

await t.test('contract', (t) => (isLong ? viewSourceContract : usualRows)(t, sqliteHarness(t)));
await t.test('a second look', (t) => secondLook(t, sqliteHarness(t)));

await t.test('I1: the file is not written, whatever is tried', async (t) => {
  const harness = sqliteHarness(t);
  const view = await createRecords(harness, 'v');
  harness.db.pragma('wal_checkpoint(TRUNCATE)');
  const before = statSync(harness.file);
  const source = harness.openEngine({ views: [view] });
  t.same(await source.proveReadOnly(), []);
  await source.describe();
  await readCycle(source, 'v');
  const after = statSync(harness.file);
  t.same([after.mtimeMs, after.size], [before.mtimeMs, before.size]);
  t.same(harness.db.prepare(`SELECT name FROM sqlite_schema WHERE name LIKE 'guarita%'`).all(), []);
});

await t.test('I1: a table in the place of a view has no way to write either', async (t) => {
  const harness = sqliteHarness(t);
  const injected = `v"; DROP TABLE v; --`;
  await createRecords(harness, 'v');
  const source = harness.openEngine({
    views: [{ name: 'x', relation: [injected], key: ['id'], watermark: 'mark' }],
  });
  await t.rejects(source.page('x', start), { code: 'view-missing' });
  t.same(await harness.rows('v', ['id']), []);
});

await t.test('a file that is missing, or that is no database', async (t) => {
  const harness = sqliteHarness(t);
  const view = await createRecords(harness, 'v');
  const open = (file: string) =>
    new SqliteSource({
      source: { engine: 'sqlite', file, ...commonSettings({ views: [] }) },
      views: [view],
      pages: { bytes: 4096, rows: 10 },
      password: null,
    });
  const missing = `${harness.file}.missing`;
  const text = join(dirname(harness.file), 'texto.db');
  writeFileSync(text, 'isto não é um banco de dados, e tem mais bytes do que um cabeçalho'.repeat(100));
  for (const file of [missing, text, dirname(harness.file)]) {
    await t.rejects(open(file).describe(), { code: 'source-unavailable' });
    await t.rejects(open(file).page('v', start), { code: 'source-unavailable' });
    await t.rejects(open(file).proveReadOnly(), { code: 'source-unavailable' });
  }
  t.notOk(existsSync(missing), 'and it was not made');
});

await t.test('T15: a file put in the place of the old one has another epoch', async (t) => {
  const harness = sqliteHarness(t);
  const view = await createRecords(harness, 'v');
  await insert(
    harness,
    'v',
    records(harness, 5, (id) => harness.instant(id)),
  );
  const source = harness.openEngine({ views: [view], rows: 2 });
  const { next, until, epoch } = await readPage(source, 'v', start);
  harness.db.pragma('wal_checkpoint(TRUNCATE)');
  copyFileSync(harness.file, `${harness.file}.backup`);
  renameSync(`${harness.file}.backup`, harness.file);
  await t.rejects(source.page('v', { after: next, until }), { code: 'epoch-changed' });
  t.not((await readPage(source, 'v', start)).epoch, epoch);
});

await t.test('the page query is served by an index on (watermark, key)', async (t) => {
  const harness = sqliteHarness(t);
  const view = await createRecords(harness, 'v');
  harness.db.exec(`INSERT INTO v SELECT key, CASE WHEN key % 10 THEN '2020-01-01 00:00:' || (key % 60) END, 'x'
    FROM json_each('[' || substr(replace(printf('%.*c', 2000, 'x'), 'x', ',0'), 2) || ']')`);
  harness.db.exec('CREATE INDEX por_marca ON v (mark, id); ANALYZE');
  const position = (id: number) => {
    const columns = ['mark', 'id'].map((name) => positionOf(quoteIdentifier(name)));
    const row: unknown = harness.db
      .prepare(`SELECT ${columns.join(', ')} FROM v WHERE id = ${id}`)
      .raw()
      .get();
    const [watermark, key] = row as [string | null, string];
    return { watermark, key: [key] };
  };
  const snapshot = new SqliteSnapshot(harness.db, { ...sqliteDefaults, file: harness.file });
  const keyset = keysetOf(snapshot, await snapshot.relation(view, 'v'), view.key);
  const until = `text:${Buffer.from('2020-01-01 00:01:00').toString('hex').toUpperCase()}`;
  for (const at of [null, position(10), position(1001)]) {
    const stretches = [withoutWatermark(keyset, 'mark'), byWatermark(keyset, 'mark', { from: null, until })];
    for (const stretch of at?.watermark ? stretches.slice(1) : stretches) {
      const where = stretch.where(at !== null && stretch.holds(at) ? at : null);
      const query = `SELECT "body" FROM "v" WHERE ${where} ORDER BY ${stretch.orderBy} LIMIT 100`;
      const plan = harness.db.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[];
      const text = plan.map((step) => step.detail).join('\n');
      t.match(text, /SEARCH v USING INDEX por_marca/, where);
      t.notMatch(text, /SCAN|TEMP B-TREE/, where);
    }
  }
});

await t.test('P7, M4: a cursor of an earlier release, which says nothing of the log, goes on', async (t) => {
  const harness = sqliteHarness(t);
  harness.db.exec(`CREATE TABLE v (id INTEGER); INSERT INTO v VALUES (1), (2);
    CREATE TABLE log (seq INTEGER, chave INTEGER); INSERT INTO log VALUES (10, 1), (20, 1), (30, 1)`);
  const changelog = { relation: 'log', watermark: 'seq', key: ['chave'] };
  const source = await harness.open(t, { views: [{ name: 'v', key: ['id'], changelog }], overlapCount: 1 });
  const { next } = await readCycle(source, 'v');
  const parts = JSON.parse(Buffer.from(next, 'base64url').toString()) as unknown[];
  const earlier = Buffer.from(JSON.stringify([2, ...parts.slice(1, 6)])).toString('base64url');
  harness.db.exec('INSERT INTO log VALUES (40, 2)');
  const cycle = await readCycle(source, 'v', { after: earlier });
  t.same(column(cycle.rows, 0), ['1', '2']);
  t.notOk(cycle.pages.some(({ gap }) => gap));
  harness.db.exec('DELETE FROM log WHERE seq <= 20');
  t.equal((await readPage(source, 'v', { after: earlier, until: null })).gap, true, 'as of its begin');
  for (const more of [[[]], [['x'], []], [[null, 1], []], [[], [1]], 5, null]) {
    const wrong = Buffer.from(JSON.stringify([3, ...parts.slice(1, 6), more])).toString('base64url');
    await t.rejects(source.page('v', { after: wrong, until: null }), { code: 'cursor-invalid' });
  }
});

await t.test('P4: a key that all rows have is one tie, larger than any page', async (t) => {
  const alikeRows = runs(3000, 9000);
  const harness = sqliteHarness(t);
  harness.db.exec(`CREATE TABLE v (id TEXT, n INTEGER, mark TEXT);
    INSERT INTO v WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${alikeRows})
      SELECT 'x', i, '2020-01-01 00:00:00.000' FROM n;
    INSERT INTO v VALUES ('y', 0, '2020-01-01 00:00:00.000')`);
  for (const watermark of [{}, { watermark: 'mark' }]) {
    const source = await harness.open(t, { views: [{ name: 'v', key: ['id'], ...watermark }] });
    const { rows, pages } = await readCycle(source, 'v', { limit: 700 });
    t.equal(rows.length, alikeRows + 1);
    t.equal(new Set(column(rows, 1)).size, alikeRows + 1, 'each once');
    t.equal(pages.length, Math.ceil((alikeRows + 1) / 700));
  }
  harness.db.exec('UPDATE v SET n = 1');
  const alike = await harness.open(t, { views: [{ name: 'v', key: ['id'] }] });
  const { rows } = await readCycle(alike, 'v', { limit: 700 });
  t.ok(
    rows.length > 700,
    'rows that are alike to the last byte: as many as a page holds say all that there is to say',
  );
  t.equal(column(rows, 0).at(-1), 'y', 'and what comes after them comes');
});

await t.test('T12: values of several kinds in one column keep their place', async (t) => {
  const harness = sqliteHarness(t);
  const kinds = [
    '5',
    `'5'`,
    '5.5',
    `'5.5'`,
    `X'35'`,
    '-1',
    `'-1'`,
    '1e300',
    `''`,
    `X''`,
    `'a'`,
    '9223372036854775807',
    '0.1',
  ];
  for (const [name, type] of Object.entries({
    computed: '',
    number: 'INTEGER',
    real: 'REAL',
    text: 'TEXT',
    bytes: 'BLOB',
  })) {
    await t.test(name, async (t) => {
      harness.db.exec(`CREATE TABLE "${name}" (k ${type}, n INTEGER, mark ${type})`);
      const rows = kinds.flatMap((k) => kinds.map((mark) => `(${k}, 0, ${mark})`));
      harness.db.exec(`INSERT INTO "${name}" VALUES ${rows.join(', ')}`);
      harness.db.exec(`UPDATE "${name}" SET n = rowid`);
      const view = { name, key: ['k', 'n'], watermark: 'mark', watermarkFormat: '%Y' };
      const source = harness.openEngine({ views: [view], timeZone: 'UTC', overlapCount: 0 });
      const until = `blob:FF`;
      const read = async (limit: number) => {
        const seen: (string | null)[] = [];
        let page = await readPage(source, name, { after: null, until, limit });
        for (;;) {
          seen.push(...column(page.decoded, 1));
          if (page.complete) return seen;
          page = await readPage(source, name, { after: page.next, until, limit });
        }
      };
      const whole = await read(1000);
      t.equal(new Set(whole).size, rows.length);
      t.same(await read(runs(10, 3)), whole);
    });
  }
});

await t.test('watermarks of other formats', watermarkFormats);

await t.test('a database in the older journal mode is read, and written between pages', async (t) => {
  const harness = sqliteHarness(t);
  harness.db.pragma('journal_mode = DELETE');
  const view = await createRecords(harness, 'v');
  await insert(
    harness,
    'v',
    records(harness, 100, (id) => harness.instant(id % 3)),
  );
  const source = harness.openEngine({ views: [view], rows: 9 });
  const { rows } = await readCycle(source, 'v', {
    between: (page) => harness.execute(`DELETE FROM v WHERE id = ${page * 2}`),
  });
  const odd = column(rows, 0).filter((id) => Number(id) % 2 === 1);
  t.equal(odd.length, 50);
  t.equal(new Set(odd).size, 50);
});

await t.test('T13: one broken text does not make the rest of its page slow or different', async (t) => {
  const harness = sqliteHarness(t);
  const view = await createRecords(harness, 'v');
  await insert(
    harness,
    'v',
    records(
      harness,
      3000,
      () => harness.instant(0),
      (id) => harness.text(`ção ${id}`),
    ),
  );
  const source = harness.openEngine({ views: [view] });
  const before = await readCycle(source, 'v');
  harness.db.exec(`UPDATE v SET body = CAST(X'FF' AS TEXT) WHERE id = 7`);
  const after = await readCycle(source, 'v');
  const others = (rows: typeof before.rows) => rows.filter((row) => row.fields[0] !== '7');
  t.same(others(after.rows), others(before.rows));
  t.equal(after.pages.length, 1);
});

await t.test('D4: a lookup is served by an index on the key, whatever kind of value it is', async (t) => {
  const harness = sqliteHarness(t);
  harness.db.exec(`CREATE TABLE v (k, n INTEGER, mark INTEGER, bytes BLOB); CREATE INDEX por_chave ON v (k)`);
  const kinds = [
    '5',
    `'5'`,
    '5.0',
    '0.1',
    '1e300',
    `X'35'`,
    `'ç'`,
    '-1',
    `CAST(X'FF' AS TEXT)`,
    '9223372036854775807',
  ];
  for (const [n, k] of kinds.entries())
    harness.db.exec(`INSERT INTO v VALUES (${k}, ${n}, ${n}, X'00FF0${n}')`);
  const view = { name: 'v', key: ['k'], watermark: 'mark' };
  const source = harness.openEngine({ views: [view] });
  const { rows } = await readCycle(source, 'v');
  t.equal(rows.length, kinds.length);
  const keys = ['5', '5.0', '0.1', '1.0e+300', 'ç', '-1', '\0ff', '9223372036854775807'].map((key) => [key]);
  const found = parted((await lookUp(source, 'v', keys)).rows);
  t.same(digestsIn(found.there), digestsIn(rows), 'all of them, those of one text together');
  t.same(found.gone, []);
  const columns = { relation: '"v"', key: [{ name: 'k', type: '', nullable: true }] };
  const finder = (key: { name: string; type: string; nullable: boolean }) =>
    new SqliteFinder(harness.db, { ...columns, key: [key] }, () => linesOf(harness.db), undefined);
  t.equal(finder({ name: 'k', type: '', nullable: true }).keysAtOnce, 500, 'served key by key');
  t.ok(finder({ name: 'n', type: 'INTEGER', nullable: true }).keysAtOnce > 5000, 'without one, by one pass');
  const bytes = harness.openEngine({ views: [{ ...view, key: ['bytes'] }] });
  const byBytes = await lookUp(bytes, 'v', [['\\x00ff03'], ['\\x00FF03'], ['x']]);
  t.same([byBytes.rows[0]?.fields[1], parted(byBytes.rows).gone.length], ['3', 2]);
});

await t.test(
  'D2: lines that could be mistaken are made from their bytes, however many, wherever they are',
  async (t) => {
    const harness = sqliteHarness(t);
    const odd = [
      `'a' || char(9) || 'b'`,
      `'\\N'`,
      `X'5C4E'`,
      `CAST(X'C3' AS TEXT)`,
      `char(0)`,
      `'a' || char(9) || '\\N'`,
      '1.1',
    ];
    await createRecords(harness, 'v');
    await insert(
      harness,
      'v',
      records(
        harness,
        3000,
        () => harness.instant(0),
        (id) => (id % 97 === 0 || id < 30 ? (odd[id % odd.length] ?? '') : id % 3 ? `'x'` : 'NULL'),
      ),
    );
    // The other path, row by row: a page of one row begins with it.
    const view = { name: 'v', key: ['id'], watermark: 'mark' };
    const { rows } = await readCycle(harness.openEngine({ views: [view] }), 'v');
    const expected = await harness.rows('v', ['id']);
    t.equal(rows.length, expected.length);
    for (const row of rows) {
      const id = Number(row.fields[0]);
      const single =
        id % 97 === 0 || id < 30
          ? await lookUp(harness.openEngine({ views: [view] }), 'v', [[String(id)]])
          : null;
      if (single !== null) t.same(single.rows, [row], `row ${id}`);
    }
    const byId = new Map(rows.map((row) => [Number(row.fields[0]), row]));
    const bodies = Array.from({ length: 7 }, (_, index) => {
      const row = byId.get(7 + index);
      return [row?.fields[2], row?.mark];
    });
    t.same(bodies, [
      ['a\tb', '\\N'],
      ['\\N', '\\N'],
      ['\\N', '\\N'],
      ['\\xc3', '{3}'],
      ['\\x00', '{3}'],
      ['a\t\\N', '\\N'],
      ['1.1', '\\N'],
    ]);
    t.same(await digestsOf(harness.openEngine({ views: [view] }), 'v', 4), sumsOf(digestsIn(rows), 4));
    harness.db.exec(
      `CREATE VIEW juntas AS SELECT id, mark, body FROM v WHERE id > 2990 UNION ALL SELECT 9999, '2020-01-01 00:00:00.000', 0.1 + 0.2`,
    );
    const joined = harness.openEngine({ views: [{ ...view, name: 'juntas' }] });
    const read = await readCycle(joined, 'juntas');
    t.equal(
      read.rows.find((row) => row.fields[0] === '9999')?.fields[2],
      '0.30000000000000004',
      'I2: a real in a column of text',
    );
  },
);

function linesOf(db: SqliteHarness['db']): SqliteLines {
  return new SqliteLines(db, '"v"', [{ name: 'k', type: '', nullable: true }], new Set([0]));
}
