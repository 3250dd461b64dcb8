import { existsSync, statSync } from 'node:fs';
import type { Environment } from '../../shared/options/environment.ts';
import { readAgentConfig } from '../config/read-config.ts';
import { toolRunner } from './run-tool.ts';

/**
 * What root's commands have made in a state folder that belongs to another user, the service's, becomes that user's,
 * who could not use it otherwise. Nothing for anybody but root.
 */
export async function giveBack(configFile: string, environment: Environment): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync(configFile)) return;
  const state = stateNamed(configFile, environment);
  if (state === null || !existsSync(state)) return;
  const { uid, gid } = statSync(state);
  if (uid === 0) return;
  const run = toolRunner(environment);
  await run('chown', ['--recursive', '--no-dereference', '--from=0', `${uid}:${gid}`, state]);
}

/** Null when the configuration names none: `support` looks into what is broken, too. */
function stateNamed(configFile: string, environment: Environment): string | null {
  try {
    return readAgentConfig(configFile, environment).state;
  } catch {
    return null;
  }
}
