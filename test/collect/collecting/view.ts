import type { Test } from 'tap';
import { loadPage } from '../../../central/base/source-layer/load-page.ts';
import { readLoads } from '../../../central/base/source-layer/source-schema.ts';
import { maxFailures } from '../../../central/collect/backoff.ts';
import { collectView } from '../../../central/collect/view/collect-view.ts';
import type { ViewTurn } from '../../../central/collect/view/view-turn.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { linesOf, people, peopleColumns, viewOf } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { place } from '../../support/collect-scene.ts';
import { deferred, until } from '../../support/deferred.ts';
import { sameRows, viewScene } from './view-scene.ts';

/** A run of one view: page by page, and what becomes of each failure. */
export async function view(t: Test, bases: TestBases): Promise<void> {
  await t.test('C1 a whole cycle: every row once, a checkpoint for each page', async (t) => {
    const s = await viewScene(bases);
    const { outcome, counts, error } = await collectView(s.turn);
    t.strictSame(outcome, { kind: 'complete' });
    t.match(counts, { rows: 35, new: 35, changed: 0, unchanged: 0, seconds: Number });
    t.equal(error, null);
    t.strictSame(
      s.checkpoints.map(({ cursor, loads }) => [place(cursor), loads]),
      [
        [10, 1],
        [20, 2],
        [30, 3],
        [35, 4],
      ],
    );
    t.strictSame(
      s.source.asked.map(({ until }) => until),
      [null, '35', '35', '35'],
      'one bound for the cycle',
    );
    await sameRows(t, s);
  });

  await t.test(
    'the next page is asked for before the last one is loaded, and only one is held',
    async (t) => {
      const s = await viewScene(bases);
      const second = deferred();
      s.source.beforePage = (_asked, count) => {
        s.log.push(`ask ${count}`);
        if (count === 2) second.resolve();
      };
      s.base.beforeCopy = async (count) => {
        s.log.push(`load ${count}`);
        // Without the overlap this never comes, and the test ends by its timeout.
        if (count === 1) await second.promise;
      };
      s.base.afterCommit = (count) => void s.log.push(`committed ${count}`);
      t.match(await collectView(s.turn), { outcome: { kind: 'complete' } });
      const at = (entry: string) => s.log.indexOf(entry);
      t.ok(at('ask 2') < at('committed 1'), 'page 2 was asked for while page 1 loaded');
      t.ok(at('checkpoint 1') < at('ask 3'), 'page 3 was not asked for before page 1 had been loaded');
      for (const n of [1, 2, 3, 4]) {
        t.ok(at(`load ${n}`) < at(`committed ${n}`) && at(`committed ${n}`) < at(`checkpoint ${n}`));
        if (n > 1) t.ok(at(`checkpoint ${n - 1}`) < at(`load ${n}`), 'pages load one after the other');
      }
    },
  );

  await t.test(
    'C4 later: tried again from the committed cursor, after at least what was asked for',
    async (t) => {
      const s = await viewScene(bases);
      s.source.beforePage = (_asked, count) => {
        if (count === 2) throw new GuaritaError('source-timeout');
        if (count === 3) throw new GuaritaError('shutting-down', '', { retryAfterSeconds: 37 });
      };
      t.match(await collectView(s.turn), { outcome: { kind: 'complete' }, counts: { rows: 35, new: 35 } });
      t.strictSame(s.troubles, ['source-timeout', 'shutting-down']);
      t.equal(s.pauses.length, 2);
      t.ok((s.pauses[0] ?? 0) >= 500 && (s.pauses[0] ?? 0) <= 1000, 'the first wait is short');
      t.equal(s.pauses[1], 37_000, 'Retry-After goes before the own wait');
      t.strictSame(
        s.source.asked.map(({ after }) => place(after)),
        [0, 10, 10, 10, 20, 30],
      );
      await sameRows(t, s);
    },
  );

  await t.test('the other side may not ask for a longer wait than five minutes', async (t) => {
    const s = await viewScene(bases);
    const asked = [86_400, 1e10, 300, -5];
    s.source.beforePage = (_asked, count) => {
      const retryAfterSeconds = asked[count - 1];
      if (retryAfterSeconds !== undefined) throw new GuaritaError('shutting-down', '', { retryAfterSeconds });
    };
    t.match(await collectView(s.turn), { outcome: { kind: 'complete' } });
    t.strictSame(s.pauses.slice(0, 3), [300_000, 300_000, 300_000]);
    t.ok((s.pauses[3] ?? 0) >= 4000, 'and never shorter than the own wait');
  });

  await t.test('given up after as many failures in a row as are allowed', async (t) => {
    const s = await viewScene(bases);
    s.source.beforePage = () => {
      throw new GuaritaError('source-unavailable');
    };
    const { outcome, error } = await collectView(s.turn);
    t.strictSame(outcome, { kind: 'failed', code: 'source-unavailable' });
    t.equal(error?.code, 'source-unavailable');
    t.equal(s.source.asked.length, maxFailures);
    t.equal(s.pauses.length, maxFailures - 1);
  });

  await t.test('restart and no: ended at once, with what was in hand loaded', async (t) => {
    for (const code of ['cursor-invalid', 'view-not-granted'] as const) {
      const s = await viewScene(bases);
      s.source.beforePage = (_asked, count) => {
        if (count === 2) throw new GuaritaError(code);
      };
      const { outcome, counts } = await collectView(s.turn);
      t.strictSame(outcome, { kind: code === 'cursor-invalid' ? 'restart' : 'failed', code });
      t.equal(counts.rows, 10);
      t.strictSame(
        s.checkpoints.map(({ loads }) => loads),
        [1],
      );
      t.equal(s.pauses.length, 0);
    }
  });

  await t.test('a page of another schema or epoch is not loaded', async (t) => {
    for (const [change, code] of [
      [{ fingerprint: 'another' }, 'schema-changed'],
      [{ epoch: 'another' }, 'epoch-changed'],
    ] as const) {
      const s = await viewScene(bases);
      s.source.views[0] = { description: viewOf('custodiado', peopleColumns, change), rows: people(1, 35) };
      t.match(await collectView(s.turn), { outcome: { kind: 'restart', code }, counts: { rows: 0 } });
      t.strictSame(await s.stored(), []);
    }
  });

  await t.test('an empty page that is not the last is refused: it would go round for ever', async (t) => {
    const s = await viewScene(bases);
    s.source.rowsPerPage = 0;
    t.match(await collectView(s.turn), { outcome: { kind: 'failed', code: 'page-invalid' } });
  });

  await t.test('a load that fails is tried again, also when the base had committed it', async (t) => {
    for (const when of ['beforeCopy', 'afterCommit'] as const) {
      const s = await viewScene(bases);
      s.base[when] = (count) => {
        if (count === 2) throw new GuaritaError('base-unavailable');
      };
      const before = await s.changes();
      const { outcome } = await collectView(s.turn);
      t.strictSame(outcome, { kind: 'complete' }, `base gone ${when}`);
      t.strictSame(s.troubles, ['base-unavailable'], 'and nothing else');
      t.equal((await s.changes()) - before, 35, 'no row was written twice');
      t.strictSame(
        s.checkpoints.map(({ cursor }) => place(cursor)),
        [10, 20, 30, 35],
      );
      await sameRows(t, s);
    }
  });

  await t.test(
    'a checkpoint that cannot be written: the page counts as not loaded, and is not written twice',
    async (t) => {
      const s = await viewScene(bases);
      let full = true;
      const checkpoint: ViewTurn['checkpoint'] = (cursor, loads, complete) => {
        if (loads === 2 && full) {
          full = false;
          throw new GuaritaError('state-unwritable');
        }
        s.turn.checkpoint(cursor, loads, complete);
      };
      const before = await s.changes();
      t.match(await collectView({ ...s.turn, checkpoint }), { outcome: { kind: 'complete' } });
      t.strictSame(
        s.checkpoints.map(({ cursor }) => place(cursor)),
        [10, 20, 30, 35],
      );
      t.equal((await s.changes()) - before, 35);
      await sameRows(t, s);
    },
  );

  await t.test(
    'another collector at work on the view is noticed; both go on and nothing is lost',
    async (t) => {
      const s = await viewScene(bases);
      s.source.beforePage = async (_asked, count) => {
        if (count !== 2) return;
        const loads = await readLoads(bases.shared, s.target);
        const rows = people(21, 25);
        await loadPage(
          bases.shared,
          s.target,
          { lines: linesOf(rows), rows: rows.length },
          {
            ...{ expectedLoads: loads, run: 1, mostRemoved: 0, maxRowBytes: 1024 * 1024 },
            cursor: { next: 'elsewhere', complete: false },
            wholeKeys: false,
          },
        );
      };
      const { outcome, counts } = await collectView(s.turn);
      t.strictSame(outcome, { kind: 'complete' });
      t.match(counts, { rows: 35, new: 30, unchanged: 5 });
      t.strictSame(s.troubles, ['source-busy']);
      await sameRows(t, s);
    },
  );

  await t.test('a base that was restored in mid-run takes no page of this run any more', async (t) => {
    const s = await viewScene(bases);
    s.source.beforePage = async (_asked, count) => {
      if (count !== 3) return;
      await until('page 2 is loaded', () => s.checkpoints.length === 2);
      await query(bases.shared, 'UPDATE guarita.view SET loads = 1 WHERE source = $1', [s.name]);
    };
    t.match(await collectView(s.turn), { outcome: { kind: 'failed', code: 'source-busy' } });
    t.equal(s.checkpoints.length, 2);
  });
}
