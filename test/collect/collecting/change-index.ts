import type { Test } from 'tap';
import { sourceTable } from '../../../central/base/names.ts';
import { changeIndexes } from '../../../central/base/source-layer/change-index.ts';
import { people } from '../../support/array-source.ts';
import { type MakeScene, type Scene, view } from '../../support/collect-scene.ts';

const ready = async (s: Scene, view = 'custodiado') =>
  (await s.base.transaction((tx) => changeIndexes(tx, sourceTable(s.name, view)))).ready;

/** When a view gets the index by which treatment follows it. */
export async function changeIndex(t: Test, scene: MakeScene): Promise<void> {
  await t.test('not before it was read to its end once', async (t) => {
    const s = scene(t);
    s.base.beforeCopy = (count) => {
      if (count === 2) s.stopping.abort();
    };
    t.match(await s.run(), { outcome: 'stopped' });
    t.equal(await ready(s), false);
    t.match(await s.run({ stop: new AbortController().signal }), { outcome: 'complete' });
    t.equal(await ready(s), true);
  });

  await t.test('before what the same turn reconciles, also of a view without a watermark', async (t) => {
    const s = scene(t, [view('custodiado'), view('snapshot', people(1, 5), { mode: 'snapshot' })]);
    let reconciled = 0;
    s.source.beforeQuestion = async (view) => {
      reconciled++;
      t.equal(await ready(s, view), true);
    };
    t.match(await s.run({ reconcile: true }), { outcome: 'complete' });
    t.ok(reconciled > 1);
  });
}
