import { chmodSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readStateFile, stateVersion } from '../../shared/state-file.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { agentStateVersion, stateFiles } from '../state/state.ts';
import { moveInPlace, nameAlso, removeDurably } from './durable-files.ts';
import type { Layout } from './layout.ts';
import type { TrialMoment } from './trial-moments.ts';

/** What is written down of a trial, in the programs' own folder. */
interface Trial {
  readonly from: string;
  readonly to: string;
  /** The state folder of the agent. */
  readonly state: string;
}

type Places = Pick<Layout, 'binary' | 'previous' | 'trial'>;

/** From here on, whatever starts is on trial. A save of an earlier trial is nothing to go back to. */
export function beginTrial(places: Places, trial: Trial): void {
  asOwnerOf(trial.state, () => removeDurably(savedState(trial.state)));
  const temporary = `${places.trial}.tmp`;
  writeFileSync(temporary, `${JSON.stringify(trial)}\n`, { mode: 0o644 });
  moveInPlace(temporary, places.trial);
}

/** The trial under way; null when there is none. */
export function readTrial({ trial }: Pick<Places, 'trial'>): Trial | null {
  return existsSync(trial) ? (JSON.parse(readFileSync(trial, 'utf8')) as Trial) : null;
}

/**
 * A new version is on trial from when it is put in place until it has been ready once. What has to happen then is done
 * by the unit itself, with the version before (`guarita-agent.previous trial …`): so it happens whatever became of the
 * upgrade that began it, and after a power cut, too. Each moment may be cut short anywhere and comes again.
 *
 * - `before-start`: saves the state, which the new version may bring up to its own form as it starts.
 * - `ready`: the new version stays; the trial is over.
 * - `ended`: when the start has failed, puts the version before back, and the state that it knows. systemd then starts
 *   it again.
 *
 * Nothing when there is no trial. All of it in the agent's folder is done with the rights of the agent's user.
 * @param result what systemd says of the service that ended (`$SERVICE_RESULT`); `success`: it was told to stop
 */
export async function atMoment(moment: TrialMoment, places: Places, result?: string): Promise<void> {
  const trial = readTrial(places);
  if (trial === null) return;
  switch (moment) {
    case 'before-start':
      // The power was cut while it was rolled back: what starts now is the version before.
      if (asOwnerOf(trial.state, () => existsSync(goingBack(trial.state)))) rollBack(places, trial);
      else await asOwnerOf(trial.state, () => saveState(trial.state));
      return;
    case 'ready':
      endTrial(places, trial);
      return;
    case 'ended':
      if (result !== 'success') rollBack(places, trial);
  }
}

/** Puts the version before back in place, with the state that it knows, and ends the trial. */
export function rollBack(places: Places, trial: Trial): void {
  asOwnerOf(trial.state, () => restoreState(trial.state));
  if (existsSync(places.previous)) nameAlso(places.previous, places.binary);
  endTrial(places, trial);
}

/** The save last: without a trial, it is only a file that the next one removes. */
function endTrial({ trial: file }: Places, { state }: Trial): void {
  removeDurably(file);
  asOwnerOf(state, () => rmSync(savedState(state), { force: true }));
}

function savedState(folder: string): string {
  return `${stateFiles(folder).database}.before`;
}

/** A save that is there already is of this trial, from before its first start. */
async function saveState(folder: string): Promise<void> {
  const { database } = stateFiles(folder);
  const saved = savedState(folder);
  if (existsSync(saved)) return;
  const state = readStateFile(database);
  if (state === null) return;
  const temporary = `${saved}.tmp`;
  rmSync(temporary, { force: true });
  try {
    await state.backup(temporary);
  } finally {
    state.close();
  }
  // As private as what it is made from.
  chmodSync(temporary, 0o600);
  moveInPlace(temporary, saved);
}

/**
 * Only a state that this version does not know is exchanged: any other holds what was served meanwhile. Once that is
 * decided, it is done to its end: half way, the state cannot be told from a sound one any more.
 */
function restoreState(folder: string): void {
  const { database } = stateFiles(folder);
  const saved = savedState(folder);
  if (existsSync(saved) && isNewer(database)) moveInPlace(saved, goingBack(folder));
  if (!existsSync(goingBack(folder))) return;
  // They belong to the state that goes: left beside the other, they would be read into it.
  for (const suffix of ['-wal', '-shm']) removeDurably(`${database}${suffix}`);
  moveInPlace(goingBack(folder), database);
}

function goingBack(folder: string): string {
  return `${savedState(folder)}.back`;
}

/** What cannot be read at all is not known either. */
function isNewer(database: string): boolean {
  try {
    const state = readStateFile(database);
    if (state === null) return true;
    try {
      return stateVersion(state) > agentStateVersion;
    } finally {
      state.close();
    }
  } catch {
    return true;
  }
}
