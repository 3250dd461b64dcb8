import { randomUUID } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { GuaritaError } from './errors.ts';

/**
 * Writes a file that only its owner can read; it appears whole or not at all, in the place of an earlier one, and is
 * on disk when this returns. Its folder is made when there is none. Throws `state-unwritable`.
 */
export function writePrivateFile(file: string, text: string): void {
  put(file, text, (temporary) => renameSync(temporary, file));
}

/**
 * The same, but never in the place of another: where one is there already, or another process is first, that one stays.
 * Throws `state-unwritable`.
 */
export function createPrivateFile(file: string, text: string): void {
  if (existsSync(file)) return;
  put(file, text, (temporary) => {
    try {
      linkSync(temporary, file);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  });
}

/**
 * Another text for a file that there is, whole or not at all, on disk when this returns. Who may read it, and whose it is,
 * stays as it was. Throws `state-unwritable`.
 */
export function rewriteFile(file: string, text: string): void {
  const own = realpathSync(file);
  put(own, text, (temporary) => {
    const { mode, uid, gid } = statSync(own);
    const made = statSync(temporary);
    if (made.uid !== uid || made.gid !== gid) chownSync(temporary, uid, gid);
    chmodSync(temporary, mode & 0o7777);
    renameSync(temporary, own);
  });
}

function put(file: string, text: string, intoPlace: (temporary: string) => void): void {
  // Not named by the process id: in a container it is the same after each start, also after one that was killed here.
  const temporary = `${file}.${randomUUID()}.new`;
  try {
    // What else comes to lie in a folder that is made here is as private.
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(temporary, text, { mode: 0o600, flag: 'wx', flush: true });
      intoPlace(temporary);
      syncFolder(dirname(file));
    } finally {
      rmSync(temporary, { force: true });
    }
  } catch (error) {
    throw new GuaritaError('state-unwritable', `Arquivo "${file}".`, { cause: error });
  }
}

/** Whether others than the owner may do anything with a file or folder; not to be told on Windows. */
export function isOpenToOthers(path: string): boolean {
  return process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0;
}

/** The name is on disk, too; Windows keeps folders by itself and lets nobody open them. */
function syncFolder(folder: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
