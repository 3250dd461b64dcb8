import type { Test } from 'tap';
import { type ArrayView, people, type Row, viewOf } from '../../support/array-source.ts';
import { query } from '../../support/bases.ts';
import { type MakeScene, type Scene, sameRows, view } from '../../support/collect-scene.ts';

const open = (s: Scene) =>
  query<{ code: string }>(
    s.base,
    'SELECT code FROM guarita.quarantine WHERE source = $1 AND resolved IS NULL ORDER BY code',
    [s.name],
  );

/** Of this standard view a row must say whose it is. */
const custodies = (...rows: Row[]): ArrayView => ({
  description: viewOf('custodia', ['id', 'custodiado_id', 'atualizado_em']),
  rows,
});
const nobodys = (id: string, whose: string | null = null): Row => [id, whose, '2026-01-01 00:00:00'];

/** Bad rows: counted, kept apart, and asked for again. */
export async function quarantine(t: Test, scene: MakeScene): Promise<void> {
  await t.test('Q1 a bad row is counted in the run, the others are loaded', async (t) => {
    const s = scene(t, [custodies(...people(1, 5), nobodys('000006'), ...people(7, 9))]);
    t.match(await s.run(), { outcome: 'complete', views: [{ rows: 9, new: 8, quarantined: 1 }] });
    t.strictSame(await open(s), [{ code: 'column-empty' }]);
    t.match(s.state.views.find(s.name, 'custodia'), { rows: 8, quarantined: 1 });
  });

  await t.test(
    'Q2 a row that is mended without its watermark moving is loaded by the next run',
    async (t) => {
      const s = scene(t, [custodies(...people(1, 5), nobodys('000006'), ...people(7, 9))]);
      await s.run();
      s.source.views[0]?.rows.splice(5, 1, nobodys('000006', 'PESSOA 6'));
      t.match(await s.run(), { outcome: 'complete', views: [{ rows: 0, new: 1, quarantined: 0 }] });
      t.strictSame(await open(s), []);
      t.match(s.state.views.find(s.name, 'custodia'), { rows: 9, quarantined: 0 });
      await sameRows(t, s);
    },
  );

  await t.test('Q2 a bad row that the state deletes leaves quarantine', async (t) => {
    const s = scene(t, [custodies(...people(1, 5), nobodys('000006'))]);
    await s.run();
    s.source.views[0]?.rows.splice(5, 1);
    await s.run();
    t.strictSame(await open(s), []);
  });

  await t.test('Q1, C6 a known bad row makes no bucket differ', async (t) => {
    const s = scene(t, [custodies(...people(1, 5), nobodys('000006'))]);
    await s.run();
    s.source.questions.length = 0;
    t.match(await s.run({ reconcile: true }), { views: [{}, { rows: 6, changed: 0 }] });
    t.strictSame(s.source.questions, ['lookup', 'digests'], 'asked for again, and compared');
  });

  await t.test(
    'Q1 a key that stands on two pages is found by reconciling, and believed again when mended',
    async (t) => {
      const twice: Row = ['000003', 'OUTRA PESSOA', '2026-02-01 00:00:00'];
      const s = scene(t, [view('custodiado', [...people(1, 15), twice])]);
      t.match(await s.run(), { views: [{ rows: 16, new: 15, changed: 1 }] }, 'the later one wins at first');
      t.match(await s.run({ reconcile: true }), { views: [{}, { quarantined: 2 }] });
      t.strictSame(await open(s), [{ code: 'key-repeated' }, { code: 'key-repeated' }]);
      s.source.views[0]?.rows.splice(15, 1);
      t.match(await s.run(), { outcome: 'complete' });
      t.strictSame(await open(s), []);
      await sameRows(t, s);
    },
  );

  await t.test('Q1 rows without a key are found by reconciling, and nothing stops for them', async (t) => {
    const s = scene(t, [view('custodiado', people(1, 5))]);
    await s.run();
    s.source.views[0]?.rows.unshift([null, 'SEM CHAVE', null], [null, 'SEM CHAVE', null]);
    t.match(await s.run({ reconcile: true }), {
      outcome: 'complete',
      views: [{}, { rows: 7, quarantined: 2 }],
    });
    t.strictSame(await open(s), [{ code: 'key-empty' }]);
    s.source.questions.length = 0;
    await s.run({ reconcile: true });
    t.notOk(s.source.questions.includes('list'), 'they are accounted for');
    s.source.views[0]?.rows.splice(0, 2);
    await s.run();
    t.strictSame(await open(s), []);
  });
}
