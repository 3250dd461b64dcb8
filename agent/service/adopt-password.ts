import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { parseDocument } from 'yaml';
import { GuaritaError } from '../../shared/errors.ts';
import { readTextFile } from '../../shared/text-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { asOwnerOf } from '../state/as-owner.ts';
import { moveInPlace } from './durable-files.ts';
import { layout } from './layout.ts';

/**
 * A password that `init` was told lies in the state folder, which becomes the service's: it moves to where only root
 * reads it and systemd hands it over, and the configuration says so. True when it has moved. It is read as who owns the
 * state folder: by a link there, root would hand over any file of its own. Throws `secret-missing`.
 * @param folder of the credentials
 */
export function adoptPassword(
  configFile: string,
  config: AgentConfig,
  folder: string = layout.credentials,
): boolean {
  const { source, state } = config;
  const reference = 'password' in source ? source.password : undefined;
  if (reference === undefined) return false;
  if ('credential' in reference) {
    // Moved before, by an installation that was cut short here.
    if (existsSync(join(folder, reference.credential))) {
      asOwnerOf(state, () => rmSync(join(state, reference.credential), { force: true }));
    }
    return false;
  }
  if (!('file' in reference) || dirname(resolve(reference.file)) !== resolve(state)) return false;
  const { file } = reference;
  const password = readAsOwner(state, file);
  if (password === null) return false;
  const name = basename(file);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  replace(join(folder, name), 0o600, (temporary) => writeFileSync(temporary, password));
  const settings = parseDocument(readTextFile(configFile));
  settings.setIn(['source', 'password'], settings.createNode({ credential: name }));
  const { mode } = statSync(configFile);
  replace(configFile, mode, (temporary) => writeFileSync(temporary, settings.toString({ lineWidth: 0 })));
  asOwnerOf(state, () => rmSync(file, { force: true }));
  return true;
}

/** Null when there is none. Throws `secret-missing` for what the owner of the folder cannot read. */
function readAsOwner(state: string, file: string): Buffer | null {
  try {
    return asOwnerOf(state, () => (existsSync(file) ? readFileSync(file) : null));
  } catch (error) {
    throw new GuaritaError('secret-missing', `Arquivo "${file}".`, { cause: error });
  }
}

/** Private from its first byte on. */
function replace(file: string, mode: number, write: (temporary: string) => void): void {
  const temporary = `${file}.tmp`;
  rmSync(temporary, { force: true });
  writeFileSync(temporary, '', { mode: mode & 0o777 });
  write(temporary);
  moveInPlace(temporary, file);
}
