// Tier: quick. Where a rule is another one, and names at which keys it may find something, on PostgreSQL.
import t from 'tap';
import { tierBases } from '../support/bases.ts';
import { anotherRule } from './suspects/another-rule.ts';
import { asWithoutTheRest, noneIsMissed } from './suspects/none-missed.ts';

const { shared: base } = await tierBases(t);

await t.test('none is missed', (t) => noneIsMissed(t, base, 120));
await t.test('without the rest', asWithoutTheRest);
await t.test('a rule that is another one', (t) => anotherRule(t, base));
