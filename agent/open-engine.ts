import { readSecret } from '../shared/options.ts';
import type { ProgramContext } from '../shared/program.ts';
import type { Engine } from '../shared/sources/engine.ts';
import { openEngine } from '../shared/sources/registry.ts';
import type { AgentConfig } from './config.ts';

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
