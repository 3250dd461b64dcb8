import type { Test } from 'tap';
import { differingKeys } from '../../../central/base/source-layer/reconcile.ts';
import type { TestBases } from '../../support/bases.ts';
import { holder, listingOf } from './reconcile/picture.ts';
import { reconcileProperties } from './reconcile/properties.ts';

/** What differs from a source is found by counts and sums; `cases.long.test.ts` tries many more pictures. */
export async function reconcile(t: Test, bases: TestBases): Promise<void> {
  const base = bases.shared;
  await reconcileProperties(t, bases, 15);

  await t.test('a listing that is not what was asked for is refused', async (t) => {
    const { target, hold } = await holder(bases, 'CC');
    await hold({ live: [], removed: [], quarantined: [] });
    const listing = listingOf([{ key: ['1', '2'], bytes: [], digest: 5n }]);
    t.strictSame(await differingKeys(base, target, listing, 4, [1]), [['1', '2']]);
    await t.rejects(differingKeys(base, target, listing, 4, [0, 2, 3]), { code: 'page-invalid' });
    await t.rejects(differingKeys(base, target, { ...listing, rows: 2 }, 4, [1]), { code: 'page-invalid' });
    const garbage = { lines: Buffer.from('x\ty\tz\n'), rows: 1 };
    await t.rejects(differingKeys(base, target, garbage, 4, [1]), { code: 'page-invalid' });
    t.strictSame(await differingKeys(base, target, { lines: Buffer.alloc(0), rows: 0 }, 4, [1]), []);
  });

  await t.test('a key that is too long to be asked for is in no answer', async (t) => {
    const { target } = await holder(bases, 'CD');
    const listing = listingOf([{ key: ['1', 'k'.repeat(8193)], bytes: [], digest: 5n }]);
    t.strictSame(await differingKeys(base, target, listing, 1, [0]), []);
  });
}
