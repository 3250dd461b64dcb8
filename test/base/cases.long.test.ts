// Tier: long. As the contract's parts of random cases, with some four times as many, on both bases.
import t from 'tap';
import { reconcileProperties } from '../contracts/base/reconcile/properties.ts';
import { rowHistory } from '../contracts/base/row-history.ts';
import { versions } from '../contracts/base/versions.ts';
import { onEachBase } from '../support/bases.ts';

onEachBase(t, async (t, bases) => {
  await reconcileProperties(t, bases, 60);
  // On PGlite, the whole contract is in this tier.
  if (bases.kind === 'PGlite') return;
  await t.test('versions', (t) => versions(t, bases));
  await t.test('row history', (t) => rowHistory(t, bases));
});
