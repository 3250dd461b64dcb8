import { lstatSync, readlinkSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { loadSqlite } from '../../shared/state-file.ts';

/** A user and a group of the system, by number. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** As whom the process works now, where root has lent itself to another; null: as who started it. */
let lent: Owner | null = null;

/**
 * Does something in a folder with the rights of who owns it: what root does in a folder of another user, that user could
 * lead elsewhere by a link, at any moment. So everything that touches the agent's folder is done as the agent's user,
 * who gains nothing by it. For anybody but root, and in a folder of root's own, it is done as it is.
 *
 * The whole process is that user until `work` has ended: nothing else goes on meanwhile, and what is root's alone, such
 * as a password or a file to be written elsewhere, is opened before or by `asCaller`.
 */
export function asOwnerOf<T>(folder: string, work: () => T): T {
  if (!isOfAnother(folder)) return work();
  // What is read when it is first used, from where perhaps only root may look.
  loadSqlite();
  const groups = process.getgroups?.() ?? [];
  become(ownerOf(folder));
  let result: T;
  try {
    result = work();
  } catch (error) {
    comeBack(groups);
    throw error;
  }
  if (result instanceof Promise) return result.finally(() => comeBack(groups)) as T;
  comeBack(groups);
  return result;
}

/** Within `asOwnerOf`: does something at once as who called it. */
export function asCaller<T>(work: () => T): T {
  const owner = lent;
  if (owner === null) return work();
  const groups = process.getgroups?.() ?? [];
  comeBack(groups);
  try {
    return work();
  } finally {
    become(owner);
  }
}

/** Whether a folder is another user's than who runs this. */
export function isOfAnother(folder: string): boolean {
  return process.geteuid?.() === 0 && ownerOf(folder).uid !== 0;
}

/** Of nobody: of root's group are files of root's that the owner may not read. */
const noGroup = 65_534;

function become(owner: Owner): void {
  const group = owner.gid === 0 ? noGroup : owner.gid;
  process.setgroups?.([group]);
  process.setegid?.(group);
  process.seteuid?.(owner.uid);
  lent = owner;
}

function comeBack(groups: number[]): void {
  process.seteuid?.(0);
  process.setegid?.(process.getgid?.() ?? 0);
  process.setgroups?.(groups);
  lent = null;
}

const root: Owner = { uid: 0, gid: 0 };

/**
 * Who decides what a path leads to: the first on the way who is not root. Behind what is theirs everything may be led
 * elsewhere, so what comes then does not matter. Root's own links are followed; of what is not there, root decides.
 */
export function ownerOf(path: string): Owner {
  let way = resolve(path).split(sep).filter(Boolean);
  let at: string = sep;
  for (let links = 0; way.length > 0; ) {
    const [name = '', ...rest] = way;
    const next = join(at, name);
    const found = lstatSync(next, { throwIfNoEntry: false });
    if (found === undefined) return root;
    if (found.uid !== 0) return { uid: found.uid, gid: found.gid };
    if (found.isSymbolicLink()) {
      if (++links > 40) return root;
      const target = resolve(dirname(next), readlinkSync(next));
      way = [...target.split(sep).filter(Boolean), ...rest];
      at = sep;
      continue;
    }
    at = next;
    way = rest;
  }
  return root;
}
