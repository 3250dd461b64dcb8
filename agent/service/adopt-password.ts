import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import type { AgentConfig } from '../config/config.ts';
import { moveInPlace } from './durable-files.ts';
import { layout } from './layout.ts';

/**
 * A password that `init` was told lies in the state folder, which becomes the service's: it moves to where only root
 * reads it and systemd hands it over, and the configuration says so. True when it has moved.
 */
export function adoptPassword(configFile: string, config: AgentConfig): boolean {
  const { source, state } = config;
  const reference = 'password' in source ? source.password : undefined;
  if (reference === undefined) return false;
  if ('credential' in reference) {
    // Moved before, by an installation that was cut short here.
    if (existsSync(credentialFile(reference.credential))) {
      rmSync(join(state, reference.credential), { force: true });
    }
    return false;
  }
  if (!('file' in reference) || dirname(resolve(reference.file)) !== resolve(state)) return false;
  if (!existsSync(reference.file)) return false;
  const name = basename(reference.file);
  mkdirSync(layout.credentials, { recursive: true, mode: 0o700 });
  replace(credentialFile(name), 0o600, (temporary) => copyFileSync(reference.file, temporary));
  const settings = parseDocument(readFileSync(configFile, 'utf8'));
  settings.setIn(['source', 'password'], settings.createNode({ credential: name }));
  const { mode } = statSync(configFile);
  replace(configFile, mode, (temporary) => writeFileSync(temporary, settings.toString({ lineWidth: 0 })));
  rmSync(reference.file);
  return true;
}

function credentialFile(name: string): string {
  return join(layout.credentials, name);
}

/** Private from its first byte on. */
function replace(file: string, mode: number, write: (temporary: string) => void): void {
  const temporary = `${file}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, '', { mode: mode & 0o777 });
  write(temporary);
  moveInPlace(temporary, file);
}
