import { randomUUID } from 'node:crypto';
import { mkdir, opendir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { lockFolder } from '../../shared/state-file.ts';

/** Beside the folder that it is for, for its owner only: what is being written (`run`), and what was in its place (`old`). */
export interface WorkFolder {
  readonly run: string;
  readonly old: string;
}

type Lock = ReturnType<typeof lockFolder>;

const lockName = 'link';
const inside: readonly string[] = ['run', 'old', `${lockName}.lock`, `${lockName}.lock-journal`];
const uuid = '[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}';

/**
 * Has an action write into a work folder, which is gone afterwards. A process that dies meanwhile leaves it behind, but not
 * its lock: so whoever comes next knows that nobody needs it any more.
 */
export async function withWorkFolder(
  place: string,
  action: (work: WorkFolder) => Promise<void>,
): Promise<void> {
  await mkdir(dirname(place), { recursive: true });
  await clearLeftovers(place);
  const folder = `${place}.${randomUUID()}.new`;
  await mkdir(folder, { mode: 0o700 });
  let lock: Lock = null;
  try {
    lock = lockFolder(folder, lockName);
    const work = workIn(folder);
    try {
      await action(work);
    } finally {
      await putBack(work, place);
    }
  } finally {
    lock?.release();
    await rm(folder, { recursive: true, force: true });
  }
}

/** Removes the work folders of processes that died, and puts back what they had taken out of its place. */
async function clearLeftovers(place: string): Promise<void> {
  const parent = dirname(place);
  const start = `${basename(place)}.`;
  const rest = new RegExp(`^${uuid}\\.new$`);
  for await (const entry of await opendir(parent)) {
    const isNamedSo = entry.name.startsWith(start) && rest.test(entry.name.slice(start.length));
    if (isNamedSo && entry.isDirectory()) await clear(join(parent, entry.name), place);
  }
}

async function clear(folder: string, place: string): Promise<void> {
  let lock: Lock = null;
  try {
    // Whatever else is in it is not ours.
    for await (const { name } of await opendir(folder)) if (!inside.includes(name)) return;
    lock = lockFolder(folder, lockName);
    if (lock === null) return;
    await putBack(workIn(folder), place);
    await rm(folder, { recursive: true });
  } catch {
    // Another user's, or just being cleared by somebody else: no reason not to write.
  } finally {
    lock?.release();
  }
}

/** What was in a place is there again, unless something else is by now. */
async function putBack({ old }: WorkFolder, place: string): Promise<void> {
  await rename(old, place).catch(() => undefined);
}

function workIn(folder: string): WorkFolder {
  return { run: join(folder, 'run'), old: join(folder, 'old') };
}
