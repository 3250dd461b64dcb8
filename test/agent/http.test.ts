// Tier: quick. The real agent, in this process.
import t from 'tap';
import { bodies } from './access/bodies.ts';
import { grants } from './access/grants.ts';
import { requestPaths } from './access/paths.ts';
import { replays } from './access/replays.ts';
import { routes } from './access/routes.ts';
import { signatures } from './access/signatures.ts';
import { missing } from './answers/missing.ts';
import { unfit } from './answers/unfit.ts';
import { closing } from './replies/closing.ts';
import { failing } from './replies/failing.ts';
import { sealed } from './replies/sealed.ts';
import { writtenDown } from './replies/written-down.ts';

// Invariant 6: nobody in without a grant and a fresh, single-use signature by the key that the grant names.

await t.test('grants', grants);
await t.test('signatures', signatures);
await t.test('bodies', bodies);
await t.test('replays', replays);
await t.test('routes', routes);
await t.test('paths', requestPaths);

// The agent's answers, as central sees them.

await t.test('missing', missing);
await t.test('unfit', unfit);

// Invariant 7: each answer is signed, bound to its request, and written down before it leaves.

await t.test('sealed', sealed);
await t.test('written down', writtenDown);
await t.test('failing', failing);
await t.test('closing', closing);
