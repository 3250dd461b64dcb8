import type { Test } from 'tap';
import { column, readCycle, readPage } from '../../support/read-cycle.ts';
import {
  createRecords,
  createTable,
  insert,
  records,
  type SourceHarness,
} from '../../support/source-harness.ts';

const start = { after: null, until: null };

export async function refusals(t: Test, harness: SourceHarness): Promise<void> {
  const view = await createRecords(harness, 'recusas');
  const other = await createRecords(harness, 'outras recusas');
  await insert(
    harness,
    'recusas',
    records(harness, 10, (id) => harness.instant(id)),
  );
  const open = (t: Test, changes: object = {}, settings: object = {}) =>
    harness.open(t, { views: [{ ...view, ...changes }, other], rows: 3, ...settings });

  await t.test(
    'Q1: a row that the database cannot compute: view and column are named, and it is not tried again',
    async (t) => {
      const [id, mark] = [harness.quote('id'), harness.quote('mark')];
      const names = ['por marca', 'inteira'];
      for (const name of names) {
        const failing = harness.failingAtSeven(id);
        await harness.execute(
          `CREATE VIEW ${harness.quote(name)} AS SELECT ${id}, ${mark}, ${harness.quote('body')}, ${failing} AS ${harness.quote('nascido')}
           FROM ${harness.quote('recusas')}`,
        );
      }
      const views = [
        { name: 'por marca', key: ['id'], watermark: 'mark' },
        { name: 'inteira', key: ['id'] },
      ];
      const source = await harness.open(t, { views });
      for (const name of names) {
        const questions = [
          () => source.page(name, start),
          () => source.digests(name, { buckets: 4 }),
          () => source.lookup(name, { keys: [['7']] }),
        ];
        for (const ask of questions) {
          const error: unknown = await ask().catch((error: unknown) => error);
          t.match(error, {
            code: 'view-failing',
            retry: 'no',
            detail: new RegExp(`^Visão "${name}", coluna "nascido": `),
          });
          t.notMatch(String(error), '1990', 'and not its value');
        }
        t.equal(
          (await source.page('inteira', { ...start, limit: 3 })).rows,
          3,
          'what comes before it is given',
        );
      }
    },
  );

  await t.test('P7: a cursor that is nonsense, or of another view', async (t) => {
    const source = await open(t);
    const { next, until } = await readPage(source, 'recusas', start);
    const json = Buffer.from('["not", "a cursor"]').toString('base64url');
    for (const after of ['x', 'bm9uc2Vuc2U', json, `${next}AA`, next.slice(4)]) {
      await t.rejects(
        source.page('recusas', { after, until }),
        { code: 'cursor-invalid' },
        after.slice(0, 20),
      );
    }
    await t.rejects(
      source.page('outras recusas', { after: next, until }),
      { code: 'cursor-invalid' },
      'of another view',
    );
    t.equal((await readPage(source, 'recusas', { after: next, until })).rows, 3, 'the right one still works');
  });

  await t.test('P5: a bound that is no value of the watermark', async (t) => {
    const source = await open(t);
    const { next } = await readPage(source, 'recusas', start);
    for (const until of ['nonsense', '', "' OR 1=1 --", 'text:zz', '\u0000', '2020-99-99']) {
      for (const after of [null, next]) {
        await t.rejects(
          source.page('recusas', { after, until }),
          { code: 'bound-invalid' },
          JSON.stringify(until),
        );
      }
    }
  });

  await t.test('T15, P8: a cursor of another history', async (t) => {
    const { next } = await readPage(await open(t), 'recusas', start);
    const restored = await open(t, {}, { epoch: 'restored 2026-05-01' });
    await t.rejects(restored.page('recusas', { after: next, until: null }), { code: 'epoch-changed' });
    t.equal((await readPage(restored, 'recusas', start)).rows, 3);
  });

  await t.test('P8: a cursor of another shape of the view', async (t) => {
    const before = await open(t);
    const { next, fingerprint } = await readPage(before, 'recusas', start);
    const fewer = await open(t, { columns: ['id', 'mark'] });
    await t.rejects(fewer.page('recusas', { after: next, until: null }), { code: 'schema-changed' });
    await t.rejects((await open(t, { key: ['mark', 'id'] })).page('recusas', { after: next, until: null }), {
      code: 'schema-changed',
    });
    await harness.execute(
      `ALTER TABLE ${harness.quote('recusas')} ADD ${harness.quote('extra')} ${harness.types.integer}`,
    );
    const after = await open(t);
    await t.rejects(after.page('recusas', { after: next, until: null }), { code: 'schema-changed' });
    t.not((await readPage(after, 'recusas', start)).fingerprint, fingerprint);
  });

  await t.test('views and columns that are not there', async (t) => {
    const cases = [
      ['view-missing', { relation: 'nowhere' }],
      ['view-missing', { relation: 'nowhere.recusas' }],
      ['column-missing', { key: ['nothing'] }],
      ['column-missing', { watermark: 'nothing' }],
      ['column-missing', { columns: ['id', 'mark', 'nothing'] }],
      ['column-missing', { columns: ['id', 'body'] }],
      ['column-missing', { columns: ['mark', 'body'] }],
    ] as const;
    for (const [code, changes] of cases) {
      const source = await open(t, changes);
      t.match(
        await source.describe(),
        { broken: [{ problem: code }], views: [{ name: 'outras recusas' }] },
        `${code} ${JSON.stringify(changes)}`,
      );
      await t.rejects(source.page('recusas', start), { code }, `${code} ${JSON.stringify(changes)}`);
    }
    await t.rejects((await open(t)).page('nowhere', start), { code: 'view-unknown' });
  });

  await t.test('columns whose names the base cannot hold', async (t) => {
    const { integer, instant } = harness.types;
    await createTable(harness, 'sublinhado', { id: integer, mark: instant, _digest: integer });
    const source = await harness.open(t, { views: [{ name: 'sublinhado', key: ['id'], watermark: 'mark' }] });
    t.match(await source.describe(), { broken: [{ problem: 'column-unusable' }], views: [] });
    await t.rejects(source.page('sublinhado', start), { code: 'column-unusable' });
  });

  await t.test('a watermark that cannot bound the view', async (t) => {
    const type = harness.unusableWatermark;
    if (type === undefined) return;
    await createTable(harness, 'sem ordem', { id: harness.types.integer, mark: type });
    const source = await harness.open(t, {
      views: [{ name: 'sem ordem', key: ['id'], watermark: 'mark' }],
      timeZone: null,
    });
    t.match(await source.describe(), { broken: [{ problem: 'watermark-unusable' }], views: [] });
    await t.rejects(source.page('sem ordem', start), { code: 'watermark-unusable' });
  });

  await t.test('P4, I9: a null in the key stops no page: digests and lookups have the row', async (t) => {
    const { integer, instant } = harness.types;
    await createTable(harness, 'chave nula', { id: integer, mark: instant });
    await insert(harness, 'chave nula', [
      ['NULL', harness.instant(0)],
      ['NULL', 'NULL'],
      [1, harness.instant(0)],
      [2, 'NULL'],
    ]);
    const source = await harness.open(t, { views: [{ name: 'chave nula', key: ['id'], watermark: 'mark' }] });
    t.same(column((await readCycle(source, 'chave nula', { limit: 1 })).rows, 0), ['2', '1']);
  });
}
