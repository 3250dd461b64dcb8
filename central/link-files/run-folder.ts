import { mkdir, open, opendir, readFile, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { GuaritaError } from '../../shared/errors.ts';
import { withWorkFolder } from './work-folder.ts';

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
 * whenever that is cut short, the folder is as it was, whole, or not there until the next run into it, which also clears
 * away what lies beside it.
 *
 * @param contents by the names of `runFiles`
 * @throws GuaritaError `option-invalid`
 */
export async function writeRunFolder(
  folder: string,
  contents: Readonly<Record<keyof typeof runFiles, Iterable<string>>>,
): Promise<void> {
  const place = resolve(folder);
  try {
    await withWorkFolder(place, async ({ run, old }) => {
      await mkdir(run, { mode: 0o700 });
      for (const key of ['persons', 'review', 'model', 'summary'] as const) {
        const handle = await open(join(run, runFiles[key]), 'wx', 0o600);
        await pipeline(Readable.from(contents[key]), handle.createWriteStream({ flush: true }));
      }
      await checkFolder(place);
      if ((await namesIn(place)) !== null) await rename(place, old);
      await rename(run, place);
    });
  } catch (error) {
    if (error instanceof GuaritaError && error.code === 'option-invalid') throw error;
    throw wrong(`não se pode gravar em "${folder}".`, error);
  }
}

function wrong(text: string, cause?: unknown): GuaritaError {
  return new GuaritaError('option-invalid', `--into: ${text}`, { cause });
}
