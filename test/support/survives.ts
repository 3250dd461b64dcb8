import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { createRng } from '../../scripts/demo/rng.ts';
import { type CentralProcess, collected, type TestCentral, type TestState } from './deployment.ts';
import { loadsOf, type StoredRow, sameAsSource, sameChanges, storedRows } from './stored-rows.ts';

/** The test's own look into a base that central has left; on PGlite only one process may have it open. */
export type Look = <T>(work: (base: Base) => Promise<T>) => Promise<T>;

/** Kills central after so many bytes from the agent, wherever that finds it; false when it ended before. */
async function killAfter(bytes: number, state: TestState, central: CentralProcess): Promise<boolean> {
  state.proxy.onReceived = (total) => {
    if (total < bytes) return;
    central.child.kill('SIGKILL');
    state.proxy.cut();
  };
  await central.ended;
  state.proxy.cut();
  state.proxy.reset();
  return central.child.signalCode === 'SIGKILL';
}

export interface Victim {
  readonly state: TestState;
  readonly central: TestCentral;
  readonly look: Look;
  readonly kills: number;
  readonly mostBytes: number;
}

/** Kill after kill with changes at the source in between; then one run to the end. */
export async function survives(t: Test, { state, central, look, kills, mostBytes }: Victim): Promise<void> {
  const seed = Number(process.env['GUARITA_TEST_SEED'] ?? Math.floor(Math.random() * 1e9));
  t.comment(`GUARITA_TEST_SEED=${seed}`);
  const rng = createRng(seed, 'kills');
  let before = new Map<string, StoredRow>();
  let killed = 0;
  for (let turn = 1; turn <= kills; turn++) {
    const bytes = rng.integer(2000, mostBytes);
    if (await killAfter(bytes, state, central.collect())) killed++;
    const { stored, loads } = await look(async (base) => ({
      stored: await storedRows(base, 'AL'),
      loads: await loadsOf(base, 'AL'),
    }));
    t.comment(`killed after ${bytes} bytes: ${loads} pages and ${stored.size} rows in the base`);
    t.ok((central.checkpoint('AL')?.loads ?? 0) <= loads, 'the checkpoint is not ahead of the base');
    sameChanges(t, before, stored);
    before = stored;
    state.change(turn, 97, 20);
  }
  t.ok(killed >= kills - 1, `${killed} of ${kills} found it at work`);
  const checkpoints = join(central.folder, 'central.sqlite');
  cpSync(checkpoints, `${checkpoints}.before`);
  await collected(t, central.collect());
  const stored = await look((base) => storedRows(base, 'AL'));
  sameAsSource(t, stored, state);
  sameChanges(t, before, stored);
  // The checkpoints of before that run: what many pages without a checkpoint would have left behind.
  cpSync(`${checkpoints}.before`, checkpoints);
  t.match(await collected(t, central.collect()), { new: 0, changed: 0 }, 'nothing was left over');
  sameChanges(t, stored, await look((base) => storedRows(base, 'AL')));
}
