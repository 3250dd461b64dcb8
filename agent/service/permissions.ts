import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { AgentConfig } from '../config/config.ts';
import type { Credential } from './credentials.ts';
import { giveFolder } from './give-folder.ts';
import { layout, serviceName } from './layout.ts';
import type { RunTool } from './run-tool.ts';
import { userCanRead } from './system-user.ts';

export interface Owned {
  readonly config: AgentConfig;
  readonly configFile: string;
  readonly credentials: readonly Credential[];
  readonly run: RunTool;
}

/**
 * Settings are root's and the service's user reads them; secrets are root's alone; the state is the user's alone.
 * Files outside of these folders keep the owner and mode that they have.
 */
export async function setPermissions({ config, configFile, credentials, run }: Owned): Promise<void> {
  const group = Number(await run('id', ['-g', serviceName]));
  mkdirSync(layout.credentials, { recursive: true });
  give(layout.settings, 0o750, group);
  give(layout.credentials, 0o700, 0);
  give(configFile, 0o640, group);
  for (const file of settingsOf(config)) if (isOurs(file)) give(file, 0o640, group);
  for (const { file } of credentials) {
    if (!existsSync(file)) throw new GuaritaError('secret-missing', `"${file}".`);
    if (isOurs(file) || dirname(file) === layout.credentials) give(file, 0o600, 0);
  }
  giveFolder(config.state, { uid: Number(await run('id', ['-u', serviceName])), gid: group });
}

/** Throws `config-invalid` for a file that the service's user could not read. */
export async function requireReadable({ config, configFile, run }: Owned): Promise<void> {
  for (const file of [configFile, ...settingsOf(config)]) {
    if (!(await userCanRead(run, file))) {
      throw new GuaritaError(
        'config-invalid',
        `O usuário "${serviceName}" não consegue ler "${file}": ponha-o em ${layout.settings}, ou dê permissão.`,
      );
    }
  }
}

/** Files beside the configuration that the agent reads itself. */
function settingsOf({ source }: AgentConfig): string[] {
  if (source.engine === 'sqlite') return [source.file];
  return 'tls' in source && source.tls.ca !== undefined ? [source.tls.ca] : [];
}

function isOurs(file: string): boolean {
  return dirname(file) === layout.settings;
}

function give(path: string, mode: number, group: number): void {
  if (lstatSync(path).isSymbolicLink()) return;
  chownSync(path, 0, group);
  chmodSync(path, mode);
}
