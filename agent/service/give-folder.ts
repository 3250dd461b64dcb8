import { closeSync, constants, fchmodSync, fchownSync, fstatSync, opendirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import { type Owner, ownerOf } from '../state/as-owner.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/**
 * Gives a folder, with all that is in it, to a user: once. One that is this user's already stays as it is, since what
 * root would find there may be a second name of a file of its own. For the same reason anything but folders and files
 * of one name is refused. What is changed is what was looked at: it is held open from one to the other.
 * Throws `state-unsafe`.
 */
export function giveFolder(folder: string, owner: Owner): void {
  if (ownerOf(folder).uid === owner.uid) return;
  const handle = openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    giveAll(handle, folder, owner);
    fchmodSync(handle, 0o700);
  } finally {
    closeSync(handle);
  }
}

/** What is in a folder first, so that nobody but its owner so far is in it meanwhile. */
function giveAll(folder: number, path: string, owner: Owner): void {
  for (const name of namesIn(folder)) {
    const known = join(path, name);
    const handle = openWithin(folder, name, known);
    try {
      const found = fstatSync(handle);
      if (found.isDirectory()) giveAll(handle, known, owner);
      else if (found.isFile() && found.nlink === 1) fchownSync(handle, owner.uid, owner.gid);
      else throw new GuaritaError('state-unsafe', `"${known}".`);
    } finally {
      closeSync(handle);
    }
  }
  fchownSync(folder, owner.uid, owner.gid);
}

/** Throws `state-unsafe` for a link. */
function openWithin(folder: number, name: string, known: string): number {
  try {
    return openSync(`/proc/self/fd/${folder}/${name}`, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
  } catch (error) {
    throw new GuaritaError('state-unsafe', `"${known}".`, { cause: error });
  }
}

function namesIn(folder: number): string[] {
  const names: string[] = [];
  const entries = opendirSync(`/proc/self/fd/${folder}`);
  try {
    for (let entry = entries.readSync(); entry !== null; entry = entries.readSync()) names.push(entry.name);
  } finally {
    entries.closeSync();
  }
  return names;
}
