// Tier: long. A process that treats is killed after each number of steps, on PGlite and on PostgreSQL.
import { join } from 'node:path';
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { linking } from '../../central/base/national-layer/subject.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { postgresBases, testFolder } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';
import { requireAsFromNothing } from './incremental.ts';
import { treatedAndKilled } from './killed/kill.ts';
import { SmallState } from './small-state/small-state.ts';

t.setTimeout(1_800_000);

type Open = () => Promise<{
  readonly base: Base;
  readonly where: string;
  readonly close: () => Promise<void>;
}>;

/** Rows that have been something else, and a process killed after more and more steps until it comes to its end. */
async function killedEverywhere(t: Test, open: Open): Promise<void> {
  for (let steps = 1, killed = true; killed; steps += 4) {
    killed = await killedAfter(open, steps);
    t.pass(`${steps} steps`);
  }
}

/** The same in each part of linkage, as it begins and in its midst. */
async function killedInLinkage(t: Test, open: Open): Promise<void> {
  for (const part of linking) {
    for (const steps of [1, 2, 3]) t.ok(await killedAfter(open, steps, `link ${part}`), `${part}, ${steps}`);
  }
}

/** Returns whether it was killed; what follows comes to the right end in any case. */
async function killedAfter(open: Open, steps: number, of?: string): Promise<boolean> {
  const { base, where, close } = await open();
  const state = await SmallState.on(base, rules);
  for (const pick of [3, 1]) {
    await state.happens({
      kind: 'write',
      of: { source: 'AL', view: 'custodia', id: '1' },
      picks: [
        [0, pick],
        [6, pick],
      ],
    });
  }
  await close();
  const killed = await treatedAndKilled(where, steps, of);
  const again = await open();
  await requireAsFromNothing(again.base, SmallState.again(again.base, rules));
  await again.close();
  return killed;
}

await t.test('PostgreSQL', async (t) => {
  const server = await testPostgres(t);
  const { shared: base } = await postgresBases(t, server);
  const where = `postgres://postgres@127.0.0.1:${server.port}/base_shared`;
  const open: Open = async () => ({ base, where, close: async () => undefined });
  await killedInLinkage(t, open);
  await killedEverywhere(t, open);
});

await t.test('PGlite', async (t) => {
  const where = join(testFolder(t), 'base');
  const open: Open = async () => {
    const base = await PGliteBase.open(where);
    await migrateBase(base);
    return { base, where, close: () => base.close() };
  };
  await killedInLinkage(t, open);
  await killedEverywhere(t, open);
});
