// Tier: long. The same days of a small nation, more of them, on PGlite and on PostgreSQL.
import t from 'tap';
import { onEachBase } from '../support/bases.ts';
import { besideTyping } from './in-base/beside-typing.ts';
import { asTheEngine } from './in-base/days.ts';

const runs = Number(process.env['GUARITA_SOAK_RUNS'] ?? 60);
t.setTimeout(1_800_000);
onEachBase(t, async (t, { kind, shared }) => {
  await t.test('who is who in the base is what the engine finds', (t) =>
    asTheEngine(t, shared, kind === 'PGlite' ? Math.ceil(runs / 2) : runs),
  );
  if (kind === 'PostgreSQL')
    await t.test('beside a state that is typed from nothing', () => besideTyping(shared, 100));
});
