// Tier: quick. The real agent, in this process.
import t from 'tap';
import { bodies } from './access/bodies.ts';
import { grants } from './access/grants.ts';
import { requestPaths } from './access/paths.ts';
import { replays } from './access/replays.ts';
import { routes } from './access/routes.ts';
import { signatures } from './access/signatures.ts';

// Invariant 6: nobody in without a grant and a fresh, single-use signature by the key that the grant names.

await t.test('grants', grants);
await t.test('signatures', signatures);
await t.test('bodies', bodies);
await t.test('replays', replays);
await t.test('routes', routes);
await t.test('paths', requestPaths);
