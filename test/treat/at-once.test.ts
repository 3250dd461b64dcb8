// Tier: quick. Treatments of one base at once, and beside loading, on PostgreSQL.
import { array, asyncProperty, assert as check } from 'fast-check';
import t from 'tap';
import { rules } from '../../central/treat/rules/all.ts';
import { openPostgresBase, postgresBases } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { isLong, runs } from '../support/runs.ts';
import { assignedMeanwhile } from './at-once/assigned-meanwhile.ts';
import { dueMeanwhile } from './at-once/due-meanwhile.ts';
import { waiting } from './at-once/waiting.ts';
import { requireAsFromNothing } from './incremental.ts';
import { treatedAndKilled } from './killed/kill.ts';
import { repeatable } from './repeatable.ts';
import { write } from './small-state/events.ts';
import { SmallState } from './small-state/small-state.ts';

t.setTimeout(600_000);
const server = await testPostgres(t);
const { shared: base } = await postgresBases(t, server);
const other = openPostgresBase(server, 'base_shared');
t.teardown(() => other.close());

await t.test('what is done by one after the other', (t) => waiting(t, base, other, server));

const writes = array(write, { minLength: runs(3, 6), maxLength: runs(6, 12) });

await t.test(
  'two treatments of the same sources end without error, and come to the same as one',
  async () => {
    const property = asyncProperty(
      array(writes, { minLength: runs(1, 2), maxLength: runs(1, 3) }),
      async (rounds) => {
        const state = await SmallState.on(base, rules);
        const both = (full: boolean) =>
          Promise.all([
            state.treat({ first: 1, full }),
            state.treat({ first: 2 }, other),
            state.treat({ first: 1 }, other),
          ]);
        await both(false);
        for (const [at, round] of rounds.entries()) {
          for (const each of round) await state.happens(each);
          await state.happens({ kind: 'assign', source: 'AL', code: at === 0 ? 'semiaberto' : 'aberto' });
          await both(at === 1);
        }
        await requireAsFromNothing(base, state);
      },
    );
    await check(property, { numRuns: runs(1, 6), ...repeatable });
  },
);

await t.test('nothing is lost of pages that load while two treat', async () => {
  const property = asyncProperty(writes, writes, async (before, meanwhile) => {
    const state = await SmallState.on(base, rules);
    await state.treat();
    for (const each of before) await state.happens(each);
    const load = async () => {
      for (const each of meanwhile) await state.happens(each);
    };
    await Promise.all([load(), state.treat({ first: 1 }), state.treat({ first: 1, full: true }, other)]);
    await requireAsFromNothing(base, state);
  });
  await check(property, { numRuns: runs(1, 6), ...repeatable });
});

await t.test('what is assigned while one treats counts for every row', (t) => assignedMeanwhile(t, base));

await t.test('what falls due while somebody looks at it', (t) => dueMeanwhile(t, base, other, server));

// A process, and three treatments: of the quick tier `central/killed` has the crash.
if (isLong) {
  await t.test('a process that is killed while it treats leaves what can be gone on with', async (t) => {
    const state = await SmallState.on(base, rules);
    for (const id of ['1', '2'])
      await state.happens({
        kind: 'write',
        of: { source: 'AL', view: 'custodia', id },
        picks: [[0, 3]],
      });
    const killed = await treatedAndKilled(`postgres://postgres@127.0.0.1:${server.port}/base_shared`, 9);
    t.ok(killed, 'before it came to its end');
    await requireAsFromNothing(base, state);
  });
}
