// Tier: long. The same random histories and changes of small states, more of them, on PGlite and on PostgreSQL.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { eachChange } from './each-change.ts';
import { asFromNothing } from './incremental.ts';
import { movedAgainAfterAStep } from './moved-again.ts';

const runs = Number(process.env['GUARITA_SOAK_RUNS'] ?? 40);
t.setTimeout(1_800_000);
onEachBase(t, async (t, { kind, shared }) => {
  await t.test('histories', (t) => asFromNothing(t, shared, kind === 'PGlite' ? Math.ceil(runs / 2) : runs));
  await t.test('each change by itself', (t) => eachChange(t, shared, kind === 'PGlite' ? runs : runs * 4));
  await t.test('what a row was before the end of a step is kept, where it moved again after it', () =>
    movedAgainAfterAStep(shared),
  );
});
