import t, { type Test } from 'tap';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { Collector } from '../../central/collect/collector.ts';
import { maxFailures } from '../../central/collect/backoff.ts';
import { GuaritaError } from '../../shared/errors.ts';
import { createLogger } from '../../shared/log.ts';
import { type ArrayView, people, peopleColumns, type Row, viewOf } from '../support/array-source.ts';
import { pgliteBases, query } from '../support/bases.ts';
import { limits, sameRows, type Scene, scene as sceneOn, view } from '../support/collect-scene.ts';
import { deferred } from '../support/deferred.ts';

const bases = await pgliteBases(t);
const log = createLogger('silent', 'test');

const scene = (t: Test, views?: ArrayView[]) => sceneOn(t, bases, views);

const afters = (s: Scene) =>
  s.source.asked.map(({ after }) => (after === null ? 0 : (JSON.parse(after) as unknown[])[2]));

void t.test('the next run goes on from the checkpoint', async (t) => {
  const s = scene(t);
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 35, new: 35 }] });
  s.source.views[0]?.rows.push(...people(36, 40));
  s.source.asked.length = 0;
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 5, new: 5 }] });
  t.strictSame(afters(s), [35]);
  await sameRows(t, s);
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 0 }] });
  t.not(s.checkpoints.find(s.name, 'custodiado'), undefined, 'an empty result does not reset the cursor');
  s.source.asked.length = 0;
  await s.run();
  t.strictSame(afters(s), [40]);
});

void t.test('a view that fails does not stop the next one', async (t) => {
  const s = scene(t, [view('advogado'), view('custodiado')]);
  s.source.beforePage = ({ view }) => {
    if (view === 'advogado') throw new GuaritaError('view-missing');
  };
  t.match(await s.run(), {
    outcome: 'failed',
    error: { code: 'view-missing' },
    views: [
      { view: 'advogado', outcome: 'failed', problem: 'view-missing', rows: 0 },
      { view: 'custodiado', outcome: 'complete', problem: null, rows: 35 },
    ],
  });
  await sameRows(t, s, 1);
  const state = new Database(join(s.folder, 'central.sqlite'), { readonly: true });
  const kept = state.prepare('SELECT view, rows, outcome, problem FROM run_view ORDER BY view').all();
  state.close();
  t.match(kept, [
    { view: 'advogado', rows: 0, outcome: 'failed', problem: 'view-missing' },
    { view: 'custodiado', rows: 35, outcome: 'complete', problem: null },
  ]);
});

void t.test('I9 a key that stands twice stops neither its view nor another', async (t) => {
  const s = scene(t, [view('advogado', [...people(1, 5), ...people(5, 9)]), view('custodiado')]);
  t.match(await s.run(), {
    outcome: 'complete',
    views: [{ rows: 10, new: 8, quarantined: 2, outcome: 'complete' }, { outcome: 'complete' }],
  });
  t.match(s.state.views.find(s.name, 'advogado'), { rows: 8, quarantined: 1 });
  await sameRows(t, s, 1);
});

void t.test('an error of the whole source ends it, and no other source', async (t) => {
  const broken = scene(t, [view('advogado'), view('custodiado')]);
  broken.source.beforePage = () => {
    throw new GuaritaError('agent-unreachable');
  };
  const well = scene(t);
  const results = await Promise.all([broken.run(), well.run()]);
  t.match(results[0], { outcome: 'failed', error: { code: 'agent-unreachable' } });
  t.equal(results[0].views.length, 1, 'the second view is not even tried');
  t.equal(broken.source.asked.length, maxFailures);
  t.match(results[1], { outcome: 'complete' });
  await sameRows(t, well);
});

void t.test('a source that does not answer yet is asked again, as it says', async (t) => {
  const s = scene(t);
  s.source.beforeDescribe = (count) => {
    if (count === 1) throw new GuaritaError('agent-unreachable');
    if (count === 2) throw new GuaritaError('shutting-down', '', { retryAfterSeconds: 41 });
  };
  t.match(await s.run(), { outcome: 'complete' });
  t.equal(s.pauses.length, 2);
  t.equal(s.pauses[1], 41_000);

  const dead = scene(t);
  dead.source.beforeDescribe = () => {
    throw new GuaritaError('agent-unreachable');
  };
  t.match(await dead.run(), { outcome: 'failed', error: { code: 'agent-unreachable' }, views: [] });
  t.equal(dead.source.describes, maxFailures);

  const refused = scene(t);
  refused.source.beforeDescribe = () => {
    throw new GuaritaError('grant-expired');
  };
  t.match(await refused.run(), { outcome: 'failed', error: { code: 'grant-expired' } });
  t.equal(refused.source.describes, 1, 'what only a person can change is not tried again');
});

const withPhone = (rows: readonly Row[]): Row[] =>
  rows.map(([id, nome, at]) => [id, nome, `82 9${id}`, at] as Row);

void t.test(
  'the schema changes in mid-cycle: described again, column added, read anew, nothing lost',
  async (t) => {
    const s = scene(t);
    const addColumn = () => {
      s.source.views[0] = {
        description: viewOf('custodiado', ['id', 'nome', 'telefone', 'atualizado_em']),
        rows: withPhone(people(1, 35)),
      };
    };
    s.source.beforePage = (_asked, count) => {
      if (count === 3) addColumn();
    };
    t.match(await s.run(), { outcome: 'complete', views: [{ rows: 35, problem: null }] });
    t.equal(s.source.describes, 2);
    t.ok(afters(s).lastIndexOf(0) > 0, 'read anew from the start');
    await sameRows(t, s);
    s.source.asked.length = 0;
    t.match(
      await s.run(),
      { outcome: 'complete', views: [{ rows: 0 }] },
      'the new cursor counts from now on',
    );
  },
);

void t.test('the schema changes between description and first page, and between two runs', async (t) => {
  const s = scene(t);
  let changes = 0;
  s.source.beforePage = () => {
    if (changes++ > 0) return;
    s.source.views[0] = {
      description: viewOf('custodiado', ['id', 'nome', 'telefone', 'atualizado_em']),
      rows: withPhone(people(1, 35)),
    };
  };
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 35 }] });
  await sameRows(t, s);
  s.source.views[0] = {
    description: viewOf('custodiado', ['id', 'nome', 'telefone', 'sexo', 'atualizado_em']),
    rows: people(1, 37, 2).map(([id, nome, at]) => [id, nome, `82 9${id}`, 'F', at] as Row),
  };
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 37, new: 2, changed: 35 }] });
  await sameRows(t, s);
});

void t.test(
  'a view that changes faster than it can be read, or is gone, fails with the reason',
  async (t) => {
    const restless = scene(t);
    restless.source.beforePage = (_asked, count) => {
      restless.source.views[0] = {
        description: viewOf('custodiado', peopleColumns, { fingerprint: `shape ${count}` }),
        rows: people(1, 35),
      };
    };
    t.match(await restless.run(), { outcome: 'failed', views: [{ problem: 'schema-changed' }] });

    const gone = scene(t);
    gone.source.beforePage = () => {
      gone.source.views.length = 0;
    };
    t.match(await gone.run(), { outcome: 'failed', views: [{ problem: 'view-unknown' }] });
  },
);

void t.test('a view that vanished from the description is reported, the others are collected', async (t) => {
  const s = scene(t, [view('advogado'), view('custodiado')]);
  await s.run();
  s.source.views.shift();
  const { checkpoints } = s;
  t.strictSame(checkpoints.views(s.name), ['advogado', 'custodiado']);
  t.strictSame(checkpoints.views('another source'), []);
  t.match(await s.run(), {
    outcome: 'failed',
    error: { code: 'view-unknown', detail: /advogado/ },
    views: [
      { view: 'custodiado', outcome: 'complete' },
      { view: 'advogado', outcome: 'failed', problem: 'view-unknown', rows: 0 },
    ],
  });
});

void t.test(
  'a view that the source cannot read is reported with the reason that the source gives',
  async (t) => {
    const s = scene(t, [view('advogado'), view('custodiado')]);
    await s.run();
    s.source.views.shift();
    s.source.broken = [{ name: 'advogado', problem: 'column-missing', detail: 'Column "nome".' }];
    t.match(await s.run(), {
      outcome: 'failed',
      error: { code: 'column-missing', detail: 'Column "nome".' },
      views: [
        { view: 'custodiado', outcome: 'complete' },
        { view: 'advogado', outcome: 'failed', problem: 'column-missing' },
      ],
    });
    s.source.views.length = 0;
    t.match((await s.run()).views, [
      { view: 'advogado', problem: 'column-missing' },
      { view: 'custodiado', problem: 'view-unknown' },
    ]);
  },
);

void t.test('a source that lists no view at all is not complete', async (t) => {
  const s = scene(t, []);
  t.match(await s.run(), { outcome: 'failed', error: { code: 'view-not-granted' }, views: [] });
});

void t.test('clocks that differ may agree again: tried again, and then the source is given up', async (t) => {
  const late = scene(t);
  late.source.beforePage = (_asked, count) => {
    if (count === 2) throw new GuaritaError('clock-skew');
  };
  t.match(await late.run(), { outcome: 'complete', views: [{ rows: 35 }] });

  const wrong = scene(t, [view('advogado'), view('custodiado')]);
  wrong.source.beforePage = () => {
    throw new GuaritaError('clock-skew');
  };
  t.match(await wrong.run(), { outcome: 'failed', error: { code: 'clock-skew' } });
  t.equal(wrong.source.asked.length, maxFailures, 'the second view is not even tried');
});

void t.test('C3 a checkpoint of another base is not used', async (t) => {
  const s = scene(t);
  await s.run();
  s.source.asked.length = 0;
  t.match(await s.run({ baseId: 'another base' }), {
    outcome: 'complete',
    views: [
      { kind: 'collect', rows: 0 },
      { kind: 'reconcile', rows: 35, unchanged: 35 },
    ],
  });
  t.strictSame(afters(s)[0], 35, 'the base keeps a cursor of its own, as old as its rows');
});

void t.test('C3 a checkpoint that is ahead of a restored base is not used', async (t) => {
  const s = scene(t);
  await s.run();
  const cursor = JSON.stringify(['first', s.source.views[0]?.description.fingerprint, 20]);
  await query(
    s.base,
    'UPDATE guarita.view SET loads = 2, rows = 20, cursor = $2, cycle_complete = false WHERE source = $1',
    [s.name, cursor],
  );
  await query(s.base, `DELETE FROM fonte_${s.name.toLowerCase()}.custodiado WHERE id > '000020'`);
  s.source.asked.length = 0;
  // Also when the first try after the restore does not get far.
  s.source.beforePage = () => {
    throw new GuaritaError('view-not-granted');
  };
  t.match(await s.run(), { outcome: 'failed' });
  s.source.beforePage = () => undefined;
  t.match(await s.run(), {
    outcome: 'complete',
    views: [
      { kind: 'collect', rows: 15, new: 15 },
      { kind: 'reconcile', unchanged: 35 },
    ],
  });
  t.strictSame(afters(s).slice(0, 2), [20, 20]);
  await sameRows(t, s);
});

void t.test('stop: the page in hand is loaded, no other view is begun, the next run goes on', async (t) => {
  const s = scene(t, [view('custodiado'), view('visitante')]);
  s.base.beforeCopy = (count) => {
    if (count === 2) s.stopping.abort();
  };
  t.match(await s.run(), { outcome: 'stopped', error: null, views: [{ outcome: 'stopped', rows: 20 }] });
  t.notOk(s.source.asked.some(({ view }) => view === 'visitante'));
  s.source.asked.length = 0;
  t.match(await s.run({ stop: new AbortController().signal }), {
    outcome: 'complete',
    views: [
      { rows: 15, new: 15 },
      { rows: 35, new: 35 },
    ],
  });
  t.equal(afters(s)[0], 20);
  await sameRows(t, s);
});

void t.test('a source whose turn comes after the stop is not asked for anything', async (t) => {
  const s = scene(t);
  s.stopping.abort();
  const result = await s.run();
  t.strictSame(result, { source: s.name, outcome: 'stopped', error: null, views: [] });
  t.equal(s.source.describes, 0);
});

void t.test('a stop during the description, or a wait for it, is the last of the run', async (t) => {
  const described = scene(t);
  described.source.beforeDescribe = () => described.stopping.abort();
  t.match(await described.run(), { outcome: 'stopped', error: null, views: [] });
  t.equal(described.source.asked.length, 0);

  const waiting = scene(t);
  waiting.source.beforeDescribe = () => {
    throw new GuaritaError('agent-unreachable');
  };
  const result = await waiting.run({ pause: async () => waiting.stopping.abort() });
  t.match(result, { outcome: 'stopped', error: { code: 'agent-unreachable' } });
  t.equal(waiting.source.describes, 1);
});

void t.test('a stop that comes while the very last page loads leaves nothing undone', async (t) => {
  const s = scene(t);
  s.base.beforeCopy = (count) => {
    if (count === 4) s.stopping.abort();
  };
  t.match(await s.run(), { outcome: 'complete', views: [{ outcome: 'complete', rows: 35 }] });
});

void t.test('checkpoints that cannot be written end the source, and say so', async (t) => {
  const s = scene(t);
  const locked = s.checkpoints;
  const save = locked.save.bind(locked);
  let failures = 0;
  locked.save = (...given) => {
    if (failures++ < maxFailures) throw new GuaritaError('state-unwritable');
    save(...given);
  };
  t.match(await s.run(), { outcome: 'failed', error: { code: 'state-unwritable' }, views: [{ rows: 0 }] });
  t.equal(s.checkpoints.find(s.name, 'custodiado'), undefined);
  // The page that was loaded last is known to the base itself.
  t.match(await s.run(), { outcome: 'complete', views: [{ rows: 25, new: 25 }, { kind: 'reconcile' }] });
  await sameRows(t, s);
});

function collector(s: Scene, parallel: number): Collector {
  const { base, state } = s;
  const stop = s.stopping.signal;
  return new Collector({ base, baseId: bases.baseId, state, log, parallel, stop, ...limits });
}

void t.test(
  'the collector: one run of a source at a time, and a run row for each that was begun',
  async (t) => {
    const s = scene(t);
    const asked = deferred();
    const mayAnswer = deferred();
    s.source.beforePage = () => {
      asked.resolve();
      return mayAnswer.promise;
    };
    const central = collector(s, 4);
    const first = central.collect(s.name, () => s.source);
    await asked.promise;
    t.equal(central.isRunning(s.name), true);
    t.equal(central.isRunning('another'), false);
    t.match(await central.collect(s.name, () => s.source), {
      outcome: 'failed',
      error: { code: 'source-busy' },
    });
    mayAnswer.resolve();
    t.match(await first, { outcome: 'complete' });
    t.equal(central.isRunning(s.name), false);
    t.match(await central.collect(s.name, () => s.source), { outcome: 'complete' }, 'and again afterwards');
    t.equal(s.source.closed, 2);
  },
);

void t.test('the collector: no more sources at once than it is told', async (t) => {
  const scenes = Array.from({ length: 5 }, () => scene(t));
  const [s] = scenes;
  if (s === undefined) return;
  const central = collector(s, 2);
  let open = 0;
  let most = 0;
  const results = await Promise.all(
    scenes.map(({ name, source }) => {
      const close = source.close.bind(source);
      source.close = () => {
        open--;
        return close();
      };
      return central.collect(name, () => {
        most = Math.max(most, ++open);
        return source;
      });
    }),
  );
  t.equal(most, 2);
  for (const result of results) t.match(result, { outcome: 'complete' });
});

void t.test(
  'the collector: a source that cannot be opened fails by itself, and its run is ended',
  async (t) => {
    const s = scene(t);
    const central = collector(s, 4);
    const failing = central.collect(s.name, () => {
      throw new GuaritaError('secret-missing', 'File "RO.grant".');
    });
    t.match(await failing, { outcome: 'failed', error: { code: 'secret-missing' }, views: [] });
    const state = new Database(join(s.folder, 'central.sqlite'), { readonly: true });
    const runs = state.prepare('SELECT outcome, problem, ended IS NOT NULL AS ended FROM run').all();
    state.close();
    t.strictSame(runs, [{ outcome: 'failed', problem: 'secret-missing', ended: 1 }]);
  },
);
