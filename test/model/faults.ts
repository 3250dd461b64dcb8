import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import { sourcesOf } from '../support/deployment.ts';
import type { PostgresPair } from '../support/postgres-standby.ts';
import { runs } from '../support/runs.ts';
import { sameAsSource, Witness } from './checks.ts';
import { type Change, views } from './state-database.ts';
import { type Fault, World } from './world.ts';

/** The seed that a failure is told with, and the path of fast-check to it: they repeat a case. */
const seed = Number(process.env['GUARITA_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
const path = process.env['GUARITA_PATH'];

type Action =
  | { readonly do: 'write' | 'write-late'; readonly changes: readonly Change[] }
  | {
      readonly do:
        | 'commit-late'
        | 'roll-back-late'
        | 'save'
        | 'lose-checkpoints'
        | 'kill-agent'
        | 'replace-sessions';
    }
  | { readonly do: 'down-over-schedules' | 'restart-replica' }
  | { readonly do: 'set-clock'; readonly hours: number }
  | { readonly do: 'restore'; readonly said: boolean }
  | { readonly do: 'collect' | 'reconcile'; readonly fault: Fault | null };

const change: fc.Arbitrary<Change> = fc.record({
  view: fc.constantFrom(...views),
  id: fc.integer({ min: 1, max: 40 }),
  kind: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom('insert', 'update', 'delete') },
    { weight: 3, arbitrary: fc.constantFrom('update-silently', 'unmark', 'postdate', 'backdate', 'tie') },
    { weight: 1, arbitrary: fc.constantFrom('repeat', 'keyless') },
  ),
});
const changes = fc.array(change, { minLength: 1, maxLength: 12 });

const fault: fc.Arbitrary<Fault> = fc.oneof(
  fc.record({
    line: fc.constant('agent'),
    bytes: fc.integer({ min: 1, max: 30_000 }),
    what: fc.constantFrom(
      'kill-central',
      'kill-agent',
      'cut',
      'truncate',
      'alter',
      'delay',
      'empty-view',
      'replace-sessions',
    ),
  }),
  fc.record({
    line: fc.constant('base'),
    bytes: fc.integer({ min: 300, max: 12_000 }),
    what: fc.constantFrom('kill-central', 'kill-central', 'cut', 'delay'),
  }),
);

const actionsOn = (replica: PostgresPair | null): fc.Arbitrary<Action> =>
  fc.oneof(
    { weight: replica === null ? 0 : 3, arbitrary: fc.record({ do: fc.constant('restart-replica') }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('write'), changes }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('write-late'), changes }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constantFrom(
          'commit-late',
          'roll-back-late',
          'save',
          'lose-checkpoints',
          'kill-agent',
          'replace-sessions',
        ),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant('set-clock'), hours: fc.integer({ min: -40, max: 40 }) }),
    },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restore'), said: fc.boolean() }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('down-over-schedules') }) },
    {
      weight: 6,
      arbitrary: fc.record({
        do: fc.constantFrom('collect', 'collect', 'reconcile'),
        fault: fc.option(fault, { freq: 3 }),
      }),
    },
  );

async function act(world: World, action: Action, witness: Witness): Promise<void> {
  const { state } = world;
  switch (action.do) {
    case 'write':
      return state.write(action.changes);
    case 'write-late':
      return state.writeLate(action.changes);
    case 'commit-late':
      return state.commitLate();
    case 'roll-back-late':
      return state.rollBackLate();
    case 'save':
      return state.save();
    case 'lose-checkpoints':
      for (const end of ['', '-wal', '-shm']) {
        rmSync(join(world.centralFolder, `central.sqlite${end}`), { force: true });
      }
      return;
    case 'kill-agent':
      return world.killAgent();
    case 'restart-replica':
      return world.restartReplica();
    case 'replace-sessions':
      return world.replaceSessions();
    case 'down-over-schedules':
      await world.downOverSchedules();
      return witness.look();
    case 'set-clock':
      state.hours = action.hours;
      return;
    case 'restore':
      return world.restore(action.said);
    case 'collect':
    case 'reconcile':
      await world.central([action.do, '--json'], action.fault);
      return witness.look();
  }
}

/** Whatever is open is closed, whatever waits for a person is accepted: a run without faults ends well. */
async function settle(world: World, witness: Witness): Promise<void> {
  await world.state.commitLate();
  for (let tries = 0; tries < 8; tries++) {
    const { code, errors, output } = await world.central(['reconcile', '--json']);
    await witness.look();
    if (code === 0) return;
    if (!output.includes('needs-attention')) throw new Error(`central failed: ${errors}${output}`);
    const refs = sourcesOf(output).flatMap(({ attention }) => attention.map(({ ref }) => ref));
    await world.central(['attention', 'accept', 'AL', ...refs]);
    witness.believeNext();
  }
  throw new Error('doubts without end');
}

async function scenario(world: World, actions: readonly Action[]): Promise<void> {
  await world.reset(30);
  const witness = new Witness(world);
  for (const action of actions) await act(world, action, witness);
  await settle(world, witness);
  await sameAsSource(world);
  const { code, output } = await world.central(['reconcile', '--json']);
  const again = sourcesOf(output)[0]?.views ?? [];
  const written = again.filter((view) => view.new + view.changed + view.removed > 0);
  if (code !== 0 || written.length > 0) throw new Error(`nothing happened, yet: ${output}`);
  await witness.look();
}

/**
 * Anything may happen to a state, its agent, its line and central, in any order: once the dust has settled the base
 * equals the source, row by row; the same where the agent reads a replica, which may begin anew. `npm run test:soak` runs many more cases (`GUARITA_SOAK_RUNS`, `GUARITA_SEED`).
 */
export async function faults(t: Test, numRuns: number, replica: PostgresPair | null = null): Promise<void> {
  t.setTimeout(1_800_000);
  const world = await World.create(t, replica);
  await t.test(
    `I3, I4, I5, C6, C7 whatever happens, the base ends equal to the source: ${numRuns} cases`,
    async (t) => {
      t.comment(`GUARITA_SEED=${seed}`);
      const cases = fc.asyncProperty(
        fc.array(actionsOn(replica), { minLength: 4, maxLength: runs(8, 12) }),
        (actions) => scenario(world, actions),
      );
      await fc.assert(cases, {
        numRuns,
        seed,
        endOnFailure: path === undefined,
        ...(path === undefined ? {} : { path }),
      });
      t.pass(`${numRuns} cases`);
    },
  );
}
