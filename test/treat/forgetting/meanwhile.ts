import type { Test } from 'tap';
import { besideForgetting } from '../../../central/base/national-layer/beside-forgetting.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { findTombstoneKey, forgettingScene, rowsOf, whereFound } from './scene.ts';

/** What was under way when the order came ends first, and leaves nothing behind. For a server, which does many at once. */
export async function meanwhile(t: Test, bases: TestBases): Promise<void> {
  const { shared: base } = bases;
  const pick = (mark: string) => {
    const { custodiado, visita } = rowsOf(mark, '');
    return { custodiado, visita };
  };
  /** Resolves when somebody waits for a lock. */
  const somebodyWaits = async () => {
    for (;;) {
      const [row] = await query<{ some: boolean }>(
        base,
        'SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted) AS some',
      );
      if (row?.some === true) return;
    }
  };

  for (const first of [true, false]) {
    await t.test(first ? 'a page' : 'a page, where others were forgotten before', async (t) => {
      const mark = first ? 'ma' : 'mb';
      const s = forgettingScene(t, bases, pick(mark));
      t.match(await s.collect(), { outcome: 'complete' });
      if (!first) await s.forget(s.person('custodiado', `${mark}o`));
      s.rows('visita').push([`${mark}9`, `${mark}c`, `${mark}v`, 'u', '2026-01-09 10:00:00']);
      let forgotten: Promise<unknown> = Promise.resolve();
      s.tapped.beforeCopy = async () => {
        forgotten = s.forget(s.person('custodiado', `${mark}c`));
        await somebodyWaits();
      };
      t.match(await s.run({ base: s.tapped, findTombstoneKey }), { outcome: 'complete' });
      await forgotten;
      t.strictSame(await whereFound(base, [`${mark}c`]), []);
    });
  }

  await t.test('treatment', async (t) => {
    const s = forgettingScene(t, bases, pick('mt'));
    t.match(await s.collect(), { outcome: 'complete' });
    await s.treat();
    let forgotten: Promise<unknown> = Promise.resolve();
    // It has read them before, and writes afterwards.
    await besideForgetting(base).transaction(async (tx) => {
      const [person] = await tx.query<{ id: string }>(`SELECT id FROM nacional.registro WHERE id = 'mtc'`);
      forgotten = s.forget(s.person('custodiado', 'mtc'));
      await somebodyWaits();
      await tx.query(`INSERT INTO nacional.fila (assunto, fonte, chave) VALUES ('custodiado', $1, $2)`, [
        s.name,
        person?.id,
      ]);
    });
    await forgotten;
    t.strictSame(await whereFound(base, ['mtc']), []);
  });
}
