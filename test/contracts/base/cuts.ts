import type { Test } from 'tap';
import type { Base, Transaction } from '../../../central/base/base.ts';
import type { LoadOptions } from '../../../central/base/source-layer/load-options.ts';
import { loadPage } from '../../../central/base/source-layer/load-page.ts';
import { linesOf, type Row } from '../../support/array-source.ts';
import { query, type TestBases } from '../../support/bases.ts';
import { Loader, ordinary } from '../../support/loader.ts';

/** A base whose transactions are cut before their n-th statement, as by a connection that is lost. */
function cutBefore(base: Base, n: number): Base & { wasCut: boolean } {
  let statements = 0;
  const cut = {
    wasCut: false,
    stepMilliseconds: base.stepMilliseconds,
    atOnce: base.atOnce,
    snapshot: base.snapshot.bind(base),
    close: () => Promise.resolve(),
    transaction: <T>(work: (tx: Transaction) => Promise<T>) =>
      base.transaction((tx) =>
        work(
          new Proxy(tx, {
            get: (target, name: keyof Transaction) => {
              const method = target[name] as (...args: unknown[]) => unknown;
              return (...args: unknown[]) => {
                if (name !== 'attempt' && ++statements === n) {
                  cut.wasCut = true;
                  throw new Error('cut');
                }
                return method(...args);
              };
            },
          }),
        ),
      ),
  };
  return cut;
}

const ways: Readonly<Record<string, { likely?: LoadOptions['likely']; rows: readonly Row[] }>> = {
  'all of it new': {
    likely: 'new',
    rows: [
      ['4', 'D', 'x'],
      ['5', 'E', 'x'],
    ],
  },
  'not so new': {
    likely: 'new',
    rows: [
      ['4', 'D', 'x'],
      ['1', 'B', 'x'],
    ],
  },
  'nearly unchanged': {
    likely: 'unchanged',
    rows: [
      ['1', 'A', 'x'],
      ['2', 'A', 'x'],
      ['3', 'Z', 'x'],
      ['4', 'D', 'x'],
    ],
  },
  'a bit of everything': {
    rows: [
      ['1', 'B', 'x'],
      ['2', 'A', 'x'],
      [null, 'N', 'x'],
      ['4', 'D', 'x'],
    ],
  },
};

/** A page is loaded whole or not at all, whichever way it goes and wherever it is cut. */
export async function cuts(t: Test, { shared: base }: TestBases): Promise<void> {
  let source = 0;
  for (const [way, { rows, ...options }] of Object.entries(ways)) {
    await t.test(`I4, I5: cut before each statement of a page with ${way}`, async (t) => {
      const loader = await Loader.on(base, `X${String.fromCharCode(65 + source++)}`);
      const { target } = loader;
      await loader.load(['1', '2', '3'].map((id) => [id, 'A', 'x']));
      await query(base, `CREATE INDEX ON ${target.table} (_change)`);
      const all = async () => ({
        rows: await loader.stored(),
        versions: await query(base, `SELECT * FROM ${target.versions}`),
        pages: await query(base, 'SELECT * FROM guarita.pagina WHERE source = $1', [target.source]),
        quarantine: await loader.entries(),
        view: await query(base, 'SELECT * FROM guarita.view WHERE source = $1', [target.source]),
      });
      const before = await all();
      const page = { lines: linesOf(rows), rows: rows.length };
      let statements = 0;
      for (let n = 1; ; n++) {
        const cut = cutBefore(base, n);
        const loaded = await loadPage(cut, target, page, { ...ordinary(loader.loads), ...options }).catch(
          () => null,
        );
        if (!cut.wasCut) {
          t.match(loaded, { loads: loader.loads + 1 });
          break;
        }
        statements = n;
        t.same(await all(), before, `before statement ${n}: nothing of it`);
      }
      t.ok(statements > 2, `${statements} statements`);
      const after = await all();
      t.equal(after.pages.length, 2);
      t.equal(
        after.versions.length,
        rows.filter(([id, nome]) => Number(id) < 4 && id !== null && nome !== 'A').length,
      );
    });
  }
}
