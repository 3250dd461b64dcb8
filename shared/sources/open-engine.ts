import type { Environment } from '../options/environment.ts';
import { readSecret } from '../options/secrets.ts';
import type { Engine, EngineOptions } from './engine.ts';
import { openEngine } from './registry.ts';

/** The state database that a configuration names; nothing is connected to yet. Throws `secret-missing`. */
export function openConfigured(
  { source, views, pages }: Pick<EngineOptions, 'source' | 'views' | 'pages'>,
  { environment }: { readonly environment: Environment },
): Promise<Engine> {
  const password = 'password' in source ? readSecret(source.password, environment) : null;
  return openEngine({ source, views, pages, password });
}

/** Whether the configuration accepts a user that can write. */
export function allowsWritable({ source }: Pick<EngineOptions, 'source'>): boolean {
  return 'allowWritableUser' in source && source.allowWritableUser;
}
