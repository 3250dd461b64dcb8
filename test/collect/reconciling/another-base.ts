import type { Test } from 'tap';
import { GuaritaError } from '../../../shared/errors.ts';
import { query } from '../../support/bases.ts';
import { afters, type MakeScene, sameRows } from '../../support/collect-scene.ts';

/** A base that is not, or not as late as, the one that the checkpoint is of. */
export async function anotherBase(t: Test, scene: MakeScene): Promise<void> {
  await t.test('C3 a checkpoint of another base is not used', async (t) => {
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

  await t.test('C3 a checkpoint that is ahead of a restored base is not used', async (t) => {
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
}
