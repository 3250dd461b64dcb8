import {
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  lstatSync,
  mkdirSync,
  opendirSync,
  openSync,
  realpathSync,
  statSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import { asOwnerOf, type Owner, ownerOf } from '../state/as-owner.ts';
import { layout } from './layout.ts';

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants;

/**
 * Gives a folder, with all that is in it, to a user: once; it is made when there is none. One that is this user's
 * already stays as it is, since what root would find there may be a second name of a file of its own. For the same
 * reason anything but folders and files of one name is refused, and a folder that lies in that of a third user, or in one
 * where everybody may rename what is others', who could exchange it at any moment. What is changed is what was looked at: it is held open from one to the other.
 * Throws `state-unsafe`.
 */
export function giveFolder(path: string, owner: Owner): void {
  if (ownerOf(path).uid === owner.uid) {
    asOwnerOf(path, () => mkdirSync(path, { recursive: true, mode: 0o700 }));
    return;
  }
  const within = dirname(resolve(path));
  if (ownerOf(within).uid !== 0) {
    throw new GuaritaError(
      'state-unsafe',
      `"${within}" é de outro usuário: use uma pasta de root, como ${layout.state}.`,
    );
  }
  const open = openToAll(within);
  if (open !== null) {
    throw new GuaritaError(
      'state-unsafe',
      `Em "${open}" outros podem trocar o que não é deles: chmod o-w,g-w, ou use ${layout.state}.`,
    );
  }
  mkdirSync(path, { recursive: true, mode: 0o700 });
  const folder = ofRootsLink(path);
  const handle = openSync(folder, O_RDONLY | O_DIRECTORY | O_NOFOLLOW);
  try {
    giveAll(handle, folder, owner);
    fchmodSync(handle, 0o700);
  } finally {
    closeSync(handle);
  }
}

/** The first folder on the way, as it is, in which others than root may rename what is not theirs; null without one. */
function openToAll(path: string): string | null {
  const found = statSync(path, { throwIfNoEntry: false });
  const sticky = 0o1000;
  // Those of root's own group are root.
  const others = found?.gid === 0 ? 0o002 : 0o022;
  if (found !== undefined && (found.mode & others) !== 0 && (found.mode & sticky) === 0) return path;
  const parent = dirname(found === undefined ? path : realpathSync(path));
  return parent === path ? null : openToAll(parent);
}

/** Where a link of root's own leads, which nobody else can exchange. Throws `state-unsafe` for anybody else's. */
function ofRootsLink(path: string): string {
  const found = lstatSync(path);
  if (!found.isSymbolicLink()) return path;
  const real = realpathSync(path);
  if (found.uid !== 0 || ownerOf(dirname(real)).uid !== 0)
    throw new GuaritaError('state-unsafe', `"${path}".`);
  return real;
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
