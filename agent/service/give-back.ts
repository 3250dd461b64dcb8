import { existsSync, statSync } from 'node:fs';
import type { Environment } from '../../shared/options.ts';
import { readAgentConfig } from '../read-config.ts';
import { toolRunner } from './run-tool.ts';

/**
 * What root's commands have made in a state folder that belongs to another user, the service's, becomes that user's,
 * who could not use it otherwise. Nothing for anybody but root.
 */
export async function giveBack(configFile: string, environment: Environment): Promise<void> {
  if (process.getuid?.() !== 0 || !existsSync(configFile)) return;
  const { state } = readAgentConfig(configFile, environment);
  if (!existsSync(state)) return;
  const { uid, gid } = statSync(state);
  if (uid === 0) return;
  const run = toolRunner(environment);
  await run('chown', ['--recursive', '--no-dereference', '--from=0', `${uid}:${gid}`, state]);
}
