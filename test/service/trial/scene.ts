import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { beginTrial } from '../../../agent/service/trial.ts';
import type { TrialMoment } from '../../../agent/service/trial-moments.ts';
import { agentStateVersion, openAgentState, stateFiles } from '../../../agent/state/state.ts';
import { Journal } from '../../../shared/journal/journal.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';
import { readStateFile, stateVersion } from '../../../shared/state-file.ts';
import { temporaryFolder } from '../../support/sqlite-views.ts';

const support = join(import.meta.dirname, '..', '..', 'support');
const cutter = ['--import', join(support, 'cut-files.ts')];

/** Runs a moment to its end, or to the change of this number. True when it came to its end. */
export function moment(name: TrialMoment, folder: string, cutAt = Infinity, result = 'exit-code'): boolean {
  const args = [...cutter, join(support, 'trial-moment.ts'), name, folder, result];
  const env = { ...process.env, CUT_AT: String(cutAt) };
  const { status, signal, stderr } = spawnSync(process.execPath, args, { env, encoding: 'utf8' });
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr);
  return status === 0;
}

/** A folder with a new program in place, the one before kept, and a state with one entry in its journal. */
export function onTrial(t: Test): string {
  const folder = temporaryFolder(t);
  const state = join(folder, 'state');
  mkdirSync(state);
  writeDown(state);
  writeFileSync(join(folder, 'program'), 'new');
  writeFileSync(join(folder, 'previous'), 'old');
  const places = { binary: join(folder, 'program'), previous: join(folder, 'previous') };
  beginTrial({ ...places, trial: join(folder, 'trial.json') }, { from: '1.0.0', to: '1.1.0', state });
  return folder;
}

const key = generateKeyPair();

/** One entry more in the journal, by one and the same agent. */
export function writeDown(state: string): void {
  const db = openAgentState(state);
  new Journal(db, 'AL', () => key).event({ event: 'of-a-test' });
  db.close();
}

/** What the new version does as it starts. */
export function migrate(folder: string): void {
  const { database } = stateFiles(join(folder, 'state'));
  spawnSync(process.execPath, [join(support, 'newer-state.ts'), database, 'die']);
}

export function stateOf(folder: string): { version: number; entries: number; isSound: boolean } {
  const db = readStateFile(stateFiles(join(folder, 'state')).database);
  if (db === null) throw new Error('no state');
  try {
    return {
      version: stateVersion(db),
      entries: Number(db.prepare('SELECT count(*) FROM journal_entry').pluck().get()),
      isSound: db.pragma('integrity_check', { simple: true }) === 'ok',
    };
  } finally {
    db.close();
  }
}

/** Its entries are the journal's first one, and the one that was written down. */
export const sound = { version: agentStateVersion, entries: 2, isSound: true };

export function requireTakenBack(t: Test, folder: string, what: string): void {
  t.equal(readFileSync(join(folder, 'program'), 'utf8'), 'old', what);
  t.notOk(existsSync(join(folder, 'trial.json')));
  t.strictSame(stateOf(folder), sound);
  requireTidy(t, folder);
}

export function requireTidy(t: Test, folder: string): void {
  const names = [...readdirSync(folder), ...readdirSync(join(folder, 'state'))];
  t.strictSame(
    names.filter((name) => /before|back|tmp|trial/.test(name)),
    [],
    'nothing is left lying about',
  );
}

/** A copy for each cut, from what one moment begins with; the number of cuts until it comes to its end. */
export function eachCut(
  t: Test,
  from: string,
  name: TrialMoment,
  check: (folder: string, at: number) => void,
): void {
  for (let at = 0; ; at++) {
    const copy = join(temporaryFolder(t), 'copy');
    cpSync(from, copy, { recursive: true });
    // The trial names its state folder.
    const trial = JSON.parse(readFileSync(join(copy, 'trial.json'), 'utf8')) as object;
    writeFileSync(join(copy, 'trial.json'), JSON.stringify({ ...trial, state: join(copy, 'state') }));
    const isDone = moment(name, copy, at);
    check(copy, at);
    if (!isDone) continue;
    t.ok(at > 1, `${at} changes`);
    return;
  }
}
