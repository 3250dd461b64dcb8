import type { Test } from 'tap';
import { prepareView } from '../../../central/base/source-layer/source-schema.ts';
import { bucketsFor, reconcileView } from '../../../central/collect/view/reconcile-view.ts';
import { RemovalJudge } from '../../../central/collect/view/removal-judge.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { people, peopleColumns, type Row, viewOf } from '../../support/array-source.ts';
import { afters, type MakeScene, type Scene, sameRows, view } from '../../support/collect-scene.ts';

const snapshot = (name: string, rows?: Row[]) => view(name, rows, { mode: 'snapshot', watermark: null });

/** The rows of the first view, to be changed behind the back of its watermark. */
function rowsOf(s: Scene): Row[] {
  return s.source.views[0]?.rows ?? [];
}

/** What the base has, compared with what the source has. */
export async function reconciledViews(t: Test, scene: MakeScene): Promise<void> {
  await t.test(
    'C6, I3 rows changed without their watermark, removed, and never seen are found',
    async (t) => {
      const s = scene(t);
      await s.run();
      const rows = rowsOf(s);
      rows.splice(9, 1, ['000010', 'OUTRO NOME', '2026-01-01 00:00:00.000010']);
      rows.splice(20, 2);
      rows.unshift(['000000', 'PESSOA QUE CHEGOU TARDE', '2025-01-01 00:00:00']);
      rows.push(...people(36, 36));
      const run = s.state.runs.begin(s.name);
      t.match(await s.run({ run, reconcile: true }), {
        outcome: 'complete',
        views: [
          { kind: 'collect', outcome: 'complete' },
          { kind: 'reconcile', rows: 35, changed: 1, removed: 2, outcome: 'complete' },
        ],
      });
      await sameRows(t, s);
      const gone = await s.stored('custodiado', 'id, _removed, _removed_run', '_removed IS NOT NULL');
      t.match(gone, [
        { id: '000021', _removed: Date, _removed_run: run },
        { id: '000022', _removed: Date, _removed_run: run },
      ]);
      t.match(s.state.views.find(s.name, 'custodiado'), { rows: 35, owed: null, reconciled: /^20/ });
    },
  );

  await t.test('C6 what is equal is neither listed nor looked up, and nothing is written', async (t) => {
    const s = scene(t);
    await s.run();
    t.match(await s.run({ reconcile: true }), {
      views: [
        { kind: 'collect' },
        { kind: 'reconcile', rows: 35, new: 0, changed: 0, removed: 0, unchanged: 35 },
      ],
    });
    t.strictSame(s.source.questions, ['digests']);
  });

  await t.test(
    'C6, I4 a row that came back is no longer marked, and reconciling again writes nothing',
    async (t) => {
      const s = scene(t);
      await s.run();
      const [taken] = rowsOf(s).splice(3, 1);
      t.match(await s.run({ reconcile: true }), { views: [{}, { removed: 1 }] });
      if (taken !== undefined) rowsOf(s).splice(3, 0, taken);
      t.match(await s.run({ reconcile: true }), { views: [{}, { removed: 0, changed: 1 }] });
      await sameRows(t, s);
      s.source.questions.length = 0;
      await s.run({ reconcile: true });
      t.strictSame(s.source.questions, ['digests']);
    },
  );

  await t.test('C7 what is owed stays owed until it is done', async (t) => {
    const s = scene(t);
    await s.run();
    s.source.beforeQuestion = () => {
      throw new GuaritaError('source-failed');
    };
    t.match(await s.run({ reconcile: true }), {
      outcome: 'failed',
      views: [
        { kind: 'collect', outcome: 'complete' },
        { kind: 'reconcile', outcome: 'failed', problem: 'source-failed' },
      ],
    });
    t.match(s.state.views.find(s.name, 'custodiado'), { owed: 'asked' });
    s.source.beforeQuestion = () => undefined;
    t.match(await s.run(), { outcome: 'complete', views: [{ kind: 'collect' }, { kind: 'reconcile' }] });
    t.match(await s.run(), { views: [{ kind: 'collect' }] });
  });

  await t.test(
    'C7, M4: a log with a gap owes a reconciliation, before anything of it is loaded',
    async (t) => {
      const s = scene(t, [view('custodiado', people(1, 35), { mode: 'changelog', watermark: null })]);
      await s.run();
      rowsOf(s).splice(3, 2);
      s.source.hasGap = true;
      s.source.beforePage = ({ until }) => {
        if (until !== null) throw new GuaritaError('source-busy');
      };
      t.match(await s.run(), {
        outcome: 'complete',
        views: [{ kind: 'collect' }, { kind: 'reconcile', removed: 2 }],
      });
      await sameRows(t, s);
      t.match(s.state.views.find(s.name, 'custodiado'), { owed: null });

      rowsOf(s).push(...people(50, 70));
      t.match(await s.run(), { outcome: 'failed', views: [{ kind: 'collect' }] });
      t.match(s.state.views.find(s.name, 'custodiado'), { owed: 'log-gap' });
      s.source.hasGap = false;
      s.source.beforePage = () => undefined;
      t.match(await s.run(), { views: [{ kind: 'collect' }, { kind: 'reconcile' }] });
      await sameRows(t, s);
      t.match(await s.run(), { views: [{ kind: 'collect' }] });
    },
  );

  await t.test('C7 a change of schema is followed by a reconciliation', async (t) => {
    const s = scene(t);
    await s.run();
    rowsOf(s).splice(0, 2);
    const rows = rowsOf(s).map(([id, nome, at]) => [id, nome, 'F', at] as Row);
    s.source.views[0] = { description: viewOf('custodiado', ['id', 'nome', 'sexo', 'atualizado_em']), rows };
    t.match(await s.run(), {
      views: [
        { kind: 'collect', changed: 33 },
        { kind: 'reconcile', removed: 2 },
      ],
    });
    await sameRows(t, s);
  });

  await t.test(
    'C7 a lost checkpoint: the base keeps where to go on, and what was missed is found',
    async (t) => {
      const s = scene(t);
      await s.run();
      const lost = scene(t, []);
      rowsOf(s).splice(5, 1);
      rowsOf(s).push(...people(36, 37));
      s.source.asked.length = 0;
      t.match(await s.run({ state: lost.state, run: lost.state.runs.begin(s.name) }), {
        outcome: 'complete',
        views: [
          { kind: 'collect', rows: 1 },
          { kind: 'reconcile', new: 1, removed: 1 },
        ],
      });
      t.strictSame(afters(s), [35]);
      await sameRows(t, s);
    },
  );

  await t.test('M3 a snapshot view is read by pages once, then compared', async (t) => {
    const s = scene(t, [snapshot('custodiado')]);
    t.match(await s.run(), { views: [{ kind: 'collect', new: 35 }] });
    rowsOf(s).splice(0, 1, ['000001', 'OUTRO NOME', null]);
    rowsOf(s).push(...people(36, 40));
    s.source.asked.length = 0;
    t.match(await s.run(), { outcome: 'complete', views: [{ kind: 'reconcile', new: 5, changed: 1 }] });
    t.equal(s.source.asked.length, 0, 'no page was asked for');
    await sameRows(t, s);
  });

  await t.test('M3 a snapshot view whose first load was cut is read on by pages', async (t) => {
    const s = scene(t, [snapshot('custodiado')]);
    s.source.beforePage = (_asked, count) => {
      if (count > 2) throw new GuaritaError('view-not-granted');
    };
    t.match(await s.run(), { outcome: 'failed' });
    s.source.beforePage = () => undefined;
    t.match(await s.run(), { outcome: 'complete', views: [{ kind: 'collect', rows: 15 }] });
    t.match(await s.run(), { views: [{ kind: 'reconcile', unchanged: 35 }] });
  });

  await t.test('a source that changes between the questions misleads nobody', async (t) => {
    const s = scene(t);
    await s.run();
    rowsOf(s).splice(4, 1);
    s.source.beforeQuestion = (_view, what) => {
      // A row that no bucket showed as different is changed, one more is removed, the removed one comes back.
      if (what === 'list') rowsOf(s).splice(0, 1, ['000001', 'OUTRO NOME', null]);
      if (what === 'lookup') rowsOf(s).splice(4, 0, ...people(5, 5, 2));
    };
    await s.run({ reconcile: true });
    t.strictSame(await s.stored('custodiado', 'id', '_removed IS NOT NULL'), [], 'none is taken for removed');
    s.source.beforeQuestion = () => undefined;
    await s.run({ reconcile: true });
    await sameRows(t, s);
  });

  await t.test('listings that do not fit are asked for in halves, lookups in parts', async (t) => {
    const s = scene(t);
    await s.run();
    for (const [place, row] of rowsOf(s).entries())
      rowsOf(s)[place] = [row[0] ?? null, 'OUTRO', row[2] ?? null];
    s.source.mostListed = 9;
    s.source.mostAnswered = 2;
    t.match(await s.run({ reconcile: true }), { outcome: 'complete', views: [{}, { changed: 35 }] });
    await sameRows(t, s);
  });

  await t.test('a lookup whose answer is late or was cut is asked for in parts', async (t) => {
    const s = scene(t, [view('custodiado', people(1, 600))]);
    s.source.rowsPerPage = 600;
    await s.run();
    rowsOf(s).splice(0, 600, ...people(1, 600, 2));
    const lookup = s.source.lookup.bind(s.source);
    const asked: number[] = [];
    s.source.lookup = (name, request) => {
      asked.push(request.keys.length);
      if (request.keys.length > 200) throw new GuaritaError('agent-timeout');
      return lookup(name, request);
    };
    t.match(await s.run({ reconcile: true }), { outcome: 'complete', views: [{}, { changed: 600 }] });
    t.strictSame(asked.slice(0, 4), [600, 500, 125, 125]);
    await sameRows(t, s);
  });

  await t.test('a view of which most differs is read anew by pages, and no cursor moves', async (t) => {
    const s = scene(t);
    await s.run();
    const before = s.checkpoints.find(s.name, 'custodiado');
    for (const [place, row] of rowsOf(s).entries())
      rowsOf(s)[place] = [row[0] ?? null, 'OUTRO', row[2] ?? null];
    rowsOf(s).splice(7, 1);
    const { source, base } = s;
    const description = source.views[0]?.description ?? viewOf('custodiado', peopleColumns);
    const target = await prepareView(base, s.name, description, () => true);
    const turn = {
      ...{ source, base, target, run: 1, maxRowBytes: 1024 * 1024, stop: new AbortController().signal },
      ...{
        onProgress: () => undefined,
        onFailure: () => undefined,
        onGap: () => undefined,
        onCut: () => undefined,
      },
      ...{ cursor: null, complete: false, checkpoint: () => undefined, onTrouble: () => undefined },
      judge: new RemovalJudge(35, { share: 0.2, rows: 5 }),
    };
    const limits = { rowsPerListing: 4, mostListings: 2 };
    t.match(await reconcileView({ ...turn, limits }), { kind: 'read-anew' });
    t.match(await s.run({ reconcile: true, limits }), {
      outcome: 'complete',
      views: [{}, { kind: 'reconcile', changed: 34, removed: 1 }],
    });
    await sameRows(t, s);
    t.strictSame(s.checkpoints.find(s.name, 'custodiado')?.cursor, before?.cursor);
  });

  await t.test('stop: a reconciliation that was cut short is owed still', async (t) => {
    const s = scene(t);
    await s.run();
    rowsOf(s).splice(4, 2);
    s.source.beforeQuestion = (_view, what) => {
      if (what === 'lookup') s.stopping.abort();
    };
    t.match(await s.run({ reconcile: true }), {
      outcome: 'stopped',
      error: null,
      views: [{ outcome: 'complete' }, { kind: 'reconcile', outcome: 'stopped' }],
    });
    s.source.beforeQuestion = () => undefined;
    t.match(await s.run({ stop: new AbortController().signal }), {
      outcome: 'complete',
      views: [{}, { kind: 'reconcile', outcome: 'complete' }],
    });
    await sameRows(t, s);
  });

  await t.test('only one view, when one is named', async (t) => {
    const s = scene(t, [view('advogado'), view('custodiado')]);
    t.match(await s.run({ reconcile: true, only: 'custodiado' }), {
      outcome: 'complete',
      views: [
        { view: 'custodiado', kind: 'collect' },
        { view: 'custodiado', kind: 'reconcile' },
      ],
    });
    t.match(await s.run({ only: 'nada' }), { outcome: 'failed', error: { code: 'view-unknown' } });
  });

  await t.test('the number of buckets fits the view', (t) => {
    t.equal(bucketsFor(0), 16);
    t.equal(bucketsFor(1024), 16);
    t.equal(bucketsFor(1025), 32);
    t.equal(bucketsFor(1_000_000), 16_384);
    t.equal(bucketsFor(58_000_000), 65_536);
    t.end();
  });

  await t.test(
    'C7 a reconciliation that was asked for outlives a run that does not reach the source',
    async (t) => {
      const s = scene(t, [view('advogado'), view('custodiado')]);
      await s.run();
      s.source.beforeDescribe = () => {
        throw new GuaritaError('agent-unreachable');
      };
      t.match(await s.run({ reconcile: true }), { outcome: 'failed', views: [] });
      s.source.beforeDescribe = () => undefined;
      rowsOf(s).splice(3, 1);
      t.match(await s.run(), {
        outcome: 'complete',
        views: [
          {},
          { view: 'advogado', kind: 'reconcile', removed: 1 },
          {},
          { view: 'custodiado', kind: 'reconcile' },
        ],
      });
    },
  );

  await t.test('M3 a snapshot view whose checkpoint was lost gets one again', async (t) => {
    const s = scene(t, [snapshot('custodiado')]);
    await s.run();
    const lost = scene(t, []);
    const again = { state: lost.state };
    t.match(await s.run({ ...again, run: lost.state.runs.begin(s.name) }), {
      views: [{ kind: 'reconcile' }],
    });
    t.match(lost.state.checkpoints.find(s.name, 'custodiado'), { complete: true });
    lost.state.views.save(s.name, 'custodiado', { owed: null });
    await s.run({ ...again, run: lost.state.runs.begin(s.name) });
    t.equal(
      lost.state.views.find(s.name, 'custodiado')?.owed,
      null,
      'and is not said to have lost it for ever',
    );
  });

  await t.test(
    'a first load and its reconciliation in one run: the buckets fit what was loaded',
    async (t) => {
      const s = scene(t, [view('custodiado', people(1, 3000))]);
      s.source.rowsPerPage = 1000;
      let buckets = 0;
      const digests = s.source.digests.bind(s.source);
      s.source.digests = (name, request) => {
        buckets = request.buckets;
        return digests(name, request);
      };
      t.match(await s.run({ reconcile: true }), {
        outcome: 'complete',
        views: [{ new: 3000 }, { unchanged: 3000 }],
      });
      t.equal(buckets, bucketsFor(3000));
    },
  );

  await t.test('many rows that only the base has come in several listings', async (t) => {
    const s = scene(t, [view('custodiado', people(1, 400))]);
    s.source.rowsPerPage = 100;
    await s.run();
    rowsOf(s).splice(0, 350);
    s.state.attentions.open(1, {
      ...{ source: s.name, view: 'custodiado', code: 'view-shrank', detail: '', subject: '350' },
    });
    s.state.attentions.decide(s.name, null, 'accepted');
    s.source.questions.length = 0;
    t.match(await s.run({ reconcile: true, limits: { rowsPerListing: 100, mostListings: 99 } }), {
      outcome: 'complete',
      views: [{}, { removed: 350 }],
    });
    t.ok(s.source.questions.filter((what) => what === 'list').length >= 4);
    await sameRows(t, s);
  });
}
