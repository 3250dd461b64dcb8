import { join } from 'node:path';
import type { Environment } from '../../shared/options/environment.ts';

/** Where the agent is put unless somebody says otherwise: the places of the operating system for services. */
export function defaultFolders(environment: Environment): {
  readonly config: string;
  readonly state: string;
} {
  if (process.platform === 'win32') {
    const base = join(environment['ProgramData'] ?? 'C:\\ProgramData', 'Guarita');
    return { config: join(base, 'agent.yaml'), state: join(base, 'estado') };
  }
  return { config: '/etc/guarita-agent/agent.yaml', state: '/var/lib/guarita-agent' };
}
