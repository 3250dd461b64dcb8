import { readSecret } from '../options/read-config.ts';
import type { ProgramContext } from '../program.ts';
import type { Engine } from './engine.ts';
import { openEngine } from './registry.ts';
import type { AgentConfig } from '../../agent/config/config.ts';

/** The state database that a configuration names; nothing is connected to yet. Throws `secret-missing`. */
export function openConfigured(
  { source, views, pages }: AgentConfig,
  { environment }: Pick<ProgramContext, 'environment'>,
): Promise<Engine> {
  const password = 'password' in source ? readSecret(source.password, environment) : null;
  return openEngine({ source, views, pages, password });
}

/** Whether the configuration accepts a user that can write. */
export function allowsWritable({ source }: AgentConfig): boolean {
  return 'allowWritableUser' in source && source.allowWritableUser;
}
