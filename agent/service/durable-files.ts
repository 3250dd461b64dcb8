import { closeSync, fsyncSync, linkSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Changes of files of which a kill leaves either nothing or the whole, and a power cut, too: what is renamed is on disk
 * before its name is.
 */
export function moveInPlace(from: string, to: string): void {
  flush(from);
  renameSync(from, to);
  flush(dirname(to));
}

/** Gives a file a second name, in the place of what had that name. */
export function nameAlso(file: string, name: string): void {
  const temporary = `${name}.tmp`;
  rmSync(temporary, { force: true });
  linkSync(file, temporary);
  // Where both are the same file already, the system leaves both names.
  renameSync(temporary, name);
  rmSync(temporary, { force: true });
  flush(dirname(name));
}

/** Removes a file that may be gone already. */
export function removeDurably(file: string): void {
  rmSync(file, { force: true });
  flush(dirname(file));
}

function flush(path: string): void {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
