import { existsSync, opendirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { AgentConfig } from '../config/config.ts';
import { credentialsOf } from './credentials.ts';
import { takeOver } from './keep-journal.ts';
import { layout, serviceName } from './layout.ts';
import { type RunTool, succeeds } from './run-tool.ts';
import { removeUser } from './system-user.ts';
import { reloadUnits, removeService } from './systemd.ts';

export interface Uninstalled {
  /** The file that the journal is in now; null when there was none. */
  readonly journal: string | null;
  /** Files that the configuration named and that are not the agent's to remove. */
  readonly left: readonly string[];
}

interface Uninstallation {
  readonly config: AgentConfig;
  readonly configFile: string;
  readonly run: RunTool;
  /** Saves what was served out of the state folder's database; null when nothing ever was. */
  readonly keepJournal: (config: AgentConfig) => string | null;
}

/**
 * Removes all that there is but the journal. The journal is saved first, so that nothing is lost if it cannot be; the
 * state folder is emptied once its user is gone, so that nobody leads elsewhere what root removes; the configuration goes
 * last, so that what was cut short can be done again. Of what is not in a folder of the agent's own nothing is removed.
 */
export async function removeEverything(options: Uninstallation): Promise<Uninstalled> {
  const { config, configFile, run } = options;
  if (existsSync(layout.unit)) await removeService(run);
  const journal = options.keepJournal(config);
  for (const path of [layout.unit, layout.unitChanges]) rmSync(path, { recursive: true, force: true });
  await reloadUnits(run);
  await succeeds(run, 'systemctl', ['reset-failed', serviceName]);
  await removeUser(run);
  emptyBut(config.state, journal);
  for (const path of [layout.link, layout.folder]) rmSync(path, { recursive: true, force: true });
  const left = othersFiles(config);
  rmSync(configFile, { force: true });
  emptySettings(left);
  return { journal, left };
}

/** A folder goes with what was put into it for the agent, but never a file that is not the agent's own. */
function emptySettings(left: readonly string[], folder: string = layout.settings): void {
  if (!existsSync(folder)) return;
  const kept = left.filter((file) => dirname(file) === folder);
  if (kept.length === 0) {
    rmSync(folder, { recursive: true, force: true });
    return;
  }
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    // What belongs to a database lies beside it, under a longer name.
    if (!kept.some((file) => path.startsWith(file))) rmSync(path, { recursive: true, force: true });
  }
}

function emptyBut(folder: string, kept: string | null): void {
  if (!existsSync(folder)) return;
  takeOver(folder);
  for (const name of namesIn(folder)) {
    const path = join(folder, name);
    if (path !== kept) rmSync(path, { recursive: true, force: true });
  }
  if (kept === null) rmdirSync(folder);
}

function namesIn(folder: string): string[] {
  const names: string[] = [];
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) names.push(entry.name);
  } finally {
    entries.closeSync();
  }
  return names;
}

/**
 * What the configuration refers to and stays: the state's own database, wherever it is, and a secret outside of the
 * agent's folders, which may be somebody else's, too.
 */
export function othersFiles(config: AgentConfig): string[] {
  const { source, state } = config;
  const own = [layout.credentials, layout.settings, resolve(state)];
  const secrets = secretsOf(config).filter((file) => !own.includes(dirname(file)));
  const databases = source.engine === 'sqlite' ? [resolve(source.file)] : [];
  return [...databases, ...secrets].filter((file) => existsSync(file));
}

function secretsOf(config: AgentConfig): string[] {
  try {
    return credentialsOf(config).map(({ file }) => resolve(file));
  } catch {
    // It names none that the service could have had.
    return [];
  }
}
