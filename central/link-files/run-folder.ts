import { randomUUID } from 'node:crypto';
import { mkdir, open, opendir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GuaritaError } from '../../shared/errors.ts';

/** What is in a folder that an import made. */
export const runFiles = {
  persons: 'persons.csv',
  review: 'review.csv',
  model: 'model.json',
  summary: 'summary.json',
} as const;

/** Stands in the summary, and tells such a folder from any other. */
export const madeBy = 'guarita-central link import';

/** Whether all of a folder is what an import made. */
export async function isRunFolder(folder: string): Promise<boolean> {
  const names = await namesIn(folder);
  const own: readonly string[] = Object.values(runFiles);
  if (names === null || !own.every((name) => names.includes(name)) || names.length > own.length) return false;
  try {
    const summary: unknown = JSON.parse(await readFile(join(folder, runFiles.summary), 'utf8'));
    return (
      typeof summary === 'object' && summary !== null && 'madeBy' in summary && summary.madeBy === madeBy
    );
  } catch {
    return false;
  }
}

/**
 * Nothing is written over what something else has made: a folder that is not there, or empty, or an earlier import's.
 *
 * @throws GuaritaError `option-invalid`
 */
export async function checkFolder(folder: string): Promise<void> {
  const names = await namesIn(folder);
  if (names === null || names.length === 0 || (await isRunFolder(folder))) return;
  throw wrong(`"${folder}" já tem outras coisas. Diga uma pasta nova ou vazia.`);
}

/** Null where there is none. */
async function namesIn(folder: string): Promise<readonly string[] | null> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(folder)) names.push(name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw wrong(`"${folder}" não é uma pasta que se possa ler.`, error);
  }
  return names;
}

/**
 * Writes the files of a run, for their owner only, beside the folder, and puts them in its place when all are on disk:
 * whenever that is cut short, the folder is as it was, whole, or not there.
 *
 * @param contents by the names of `runFiles`
 * @throws GuaritaError `option-invalid`
 */
export async function writeRunFolder(
  folder: string,
  contents: Readonly<Record<keyof typeof runFiles, Iterable<string>>>,
): Promise<void> {
  const place = resolve(folder);
  const [made, old] = [`${place}.${randomUUID()}.new`, `${place}.${randomUUID()}.old`];
  try {
    await mkdir(dirname(place), { recursive: true });
    await mkdir(made, { mode: 0o700 });
    for (const key of ['persons', 'review', 'model', 'summary'] as const) {
      const handle = await open(join(made, runFiles[key]), 'wx', 0o600);
      await pipeline(Readable.from(contents[key]), handle.createWriteStream({ flush: true }));
    }
    await checkFolder(place);
    const isThere = (await namesIn(place)) !== null;
    if (isThere) await rename(place, old);
    await rename(made, place);
    if (isThere) await rm(old, { recursive: true });
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw wrong(`não se pode gravar em "${folder}".`, error);
  } finally {
    await rm(made, { recursive: true, force: true });
  }
}

function wrong(text: string, cause?: unknown): GuaritaError {
  return new GuaritaError('option-invalid', `--into: ${text}`, { cause });
}
