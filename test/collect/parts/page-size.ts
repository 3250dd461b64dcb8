import * as fc from 'fast-check';
import type { Test } from 'tap';
import { PageSize } from '../../../central/collect/view/page-size.ts';

export async function pageSizes(t: Test): Promise<void> {
  void t.test('a source decides until a page takes too long', (t) => {
    const size = new PageSize(100);
    t.strictSame(size.limit, {});
    size.loaded(20_000, 150);
    t.strictSame(size.limit, {});
    size.loaded(20_000, 800);
    t.strictSame(size.limit, { limit: 5000 });
    t.end();
  });

  void t.test(
    'it settles where a page takes its time, whatever a row costs, and from there grows again',
    (t) => {
      fc.assert(
        fc.property(fc.double({ min: 0.001, max: 0.3, noNaN: true }), (perRow) => {
          const size = new PageSize(100);
          // As many as the source gives at most.
          const page = () => Math.min(size.limit.limit ?? 20_000, 20_000);
          for (let pages = 0; pages < 20; pages++) size.loaded(page(), page() * perRow);
          return page() * perRow <= 201 || page() === 500;
        }),
      );
      const size = new PageSize(100);
      size.loaded(20_000, 4000);
      for (let pages = 0; pages < 20; pages++) size.loaded(Math.min(size.limit.limit ?? 0, 20_000), 10);
      t.ok((size.limit.limit ?? 0) > 20_000, 'cheap pages are whole ones again');
      t.end();
    },
  );

  void t.test('pages that do not come become smaller, down to a floor; those that do, larger again', (t) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100, max: 100_000 }),
        fc.integer({ min: 0, max: 9 }),
        (fits, failures) => {
          const size = new PageSize(100);
          for (let failure = 0; failure < failures; failure++) size.late();
          let wasted = 0;
          for (let pages = 0; pages < 200; pages++) {
            const rows = Math.min(size.limit.limit ?? 100_000, 100_000);
            if (rows < 100) return false;
            if (rows <= fits) size.came(rows);
            else {
              wasted++;
              size.late();
            }
          }
          return wasted <= 4 + 200 / 8;
        },
      ),
    );
    const size = new PageSize(100);
    for (let pages = 0; pages < 20; pages++) size.late();
    t.strictSame(size.limit, { limit: 100 });
    for (let pages = 0; pages < 200; pages++) size.came(size.limit.limit ?? 20_000);
    t.strictSame(size.limit, {}, 'the source decides again');
    t.end();
  });

  void t.test('what the base can load and what comes in time both hold', (t) => {
    const size = new PageSize(100);
    size.loaded(20_000, 800);
    t.strictSame(size.limit, { limit: 5000 });
    size.late();
    t.strictSame(size.limit, { limit: 1250 });
    size.loaded(1250, 5000);
    t.strictSame(size.limit, { limit: 500 });
    t.end();
  });
}
