import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { Test } from 'tap';
import { maxFailures } from '../../../central/collect/backoff.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { people } from '../../support/array-source.ts';
import { query } from '../../support/bases.ts';
import { afters, type MakeScene, sameRows, view } from '../../support/collect-scene.ts';

/** A run of a source: all its views, each from where the last run came to. */
export async function source(t: Test, scene: MakeScene): Promise<void> {
  await t.test('the next run goes on from the checkpoint', async (t) => {
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

  await t.test(
    'views of the same columns share what pages are read into: a commit empties it all',
    async (t) => {
      const staged = async () => {
        const tables = `SELECT relname FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'`;
        return (await query(first.base, tables)).length;
      };
      const first = scene(t);
      await first.run({ reconcile: true });
      const before = await staged();
      const second = scene(t, [view('custodiado'), view('visitante')]);
      t.match(await second.run({ reconcile: true }), { outcome: 'complete' });
      t.equal(await staged(), before);
      t.ok(before > 0);
    },
  );

  await t.test('of a replica that is behind, the base has what the state did until then', async (t) => {
    const whole = { mode: 'snapshot', watermark: null } as const;
    const s = scene(t, [view('custodiado'), view('advogado', people(1, 5), whole)]);
    s.source.behindSeconds = 86_400;
    const latest = Date.now() - 86_400_000;
    t.match(await s.run(), { outcome: 'complete' });
    for (const name of ['custodiado', 'advogado']) {
      const { collected } = s.state.views.find(s.name, name) ?? {};
      t.ok(Math.abs(Date.parse(collected ?? '') - latest) < 3_600_000, name);
    }
  });

  await t.test('a view of which a replica has less than was read does not stop the next one', async (t) => {
    const s = scene(t, [view('advogado'), view('custodiado')]);
    s.source.beforePage = ({ view }) => {
      if (view === 'advogado') throw new GuaritaError('replica-behind');
    };
    const { outcome, error, views } = await s.run();
    t.match({ outcome, code: error?.code }, { outcome: 'failed', code: 'replica-behind' });
    t.match(views, [
      { view: 'advogado', outcome: 'failed', problem: 'replica-behind' },
      { view: 'custodiado', outcome: 'complete', rows: 35 },
    ]);
  });

  await t.test('a view that fails does not stop the next one', async (t) => {
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

  await t.test('I9 a key that stands twice stops neither its view nor another', async (t) => {
    const s = scene(t, [view('advogado', [...people(1, 5), ...people(5, 9)]), view('custodiado')]);
    t.match(await s.run(), {
      outcome: 'complete',
      views: [{ rows: 10, new: 8, quarantined: 2, outcome: 'complete' }, { outcome: 'complete' }],
    });
    t.match(s.state.views.find(s.name, 'advogado'), { rows: 8, quarantined: 1 });
    await sameRows(t, s, 1);
  });

  await t.test('an error of the whole source ends it, and no other source', async (t) => {
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

  await t.test('a source that does not answer yet is asked again, as it says', async (t) => {
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

  await t.test('a source that lists no view at all is not complete', async (t) => {
    const s = scene(t, []);
    t.match(await s.run(), { outcome: 'failed', error: { code: 'view-not-granted' }, views: [] });
  });

  await t.test(
    'clocks that differ may agree again: tried again, and then the source is given up',
    async (t) => {
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
    },
  );

  await t.test('checkpoints that cannot be written end the source, and say so', async (t) => {
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
}
