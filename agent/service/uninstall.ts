import { chmodSync, chownSync, existsSync, opendirSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentConfig } from '../config/config.ts';
import { credentialsOf } from './credentials.ts';
import { layout, serviceName } from './layout.ts';
import { type RunTool, succeeds } from './run-tool.ts';
import { removeUser } from './system-user.ts';
import { reloadUnits, removeService } from './systemd.ts';

interface Uninstallation {
  readonly config: AgentConfig;
  readonly configFile: string;
  readonly run: RunTool;
  /** Saves what was served out of the state folder's database; null when nothing ever was. */
  readonly keepJournal: (config: AgentConfig) => string | null;
}

/**
 * Removes all that there is but the journal, which it returns. The journal is saved first, so that nothing is lost if it
 * cannot be; the configuration goes last, so that what was cut short can be done again.
 */
export async function removeEverything(options: Uninstallation): Promise<string | null> {
  const { config, configFile, run } = options;
  if (existsSync(layout.unit)) await removeService(run);
  const journal = options.keepJournal(config);
  for (const path of [layout.unit, layout.unitChanges]) rmSync(path, { recursive: true, force: true });
  await reloadUnits(run);
  await succeeds(run, 'systemctl', ['reset-failed', serviceName]);
  emptyBut(config.state, journal);
  await removeUser(run);
  for (const path of [layout.link, layout.folder]) rmSync(path, { recursive: true, force: true });
  for (const file of secretsOf(config)) rmSync(file, { force: true });
  rmSync(configFile, { force: true });
  rmSync(layout.settings, { recursive: true, force: true });
  return journal;
}

function emptyBut(folder: string, kept: string | null): void {
  if (!existsSync(folder)) return;
  const entries = opendirSync(folder);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) {
      const path = join(folder, entry.name);
      if (path !== kept) rmSync(path, { recursive: true, force: true });
    }
  } finally {
    entries.closeSync();
  }
  if (kept === null) {
    rmdirSync(folder);
    return;
  }
  // Its owner so far goes, too.
  chownSync(folder, 0, 0);
  chmodSync(folder, 0o700);
}

/** Those that lie outside of the agent's own folders, too: they were put there for it. */
function secretsOf(config: AgentConfig): string[] {
  try {
    return credentialsOf(config).map(({ file }) => file);
  } catch {
    // It names none that the service could have had.
    return [];
  }
}
