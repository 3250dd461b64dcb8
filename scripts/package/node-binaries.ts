import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { withoutSignature } from './pe.ts';
import { type Platform, root } from './programs.ts';

const run = promisify(execFile);
const cache = join(root, 'node_modules', '.cache', 'guarita-package');

/** Taken for the user's home by pkg, which keeps what it packages in a folder there. */
export const pkgHome = join(cache, 'home');

/** A file that the lock file knows: its integrity is what npm would check when it installs it. */
interface LockFile {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly integrity?: string }>>;
}

/**
 * Puts Node itself, of the version that a target of `pkg.config.json` names, where pkg looks before it downloads:
 * nothing is fetched but from npm, where the lock file says what it has to be. Returns the note on what was not done.
 */
export async function provideNode(platform: Platform, version: string): Promise<string | null> {
  const name = `node-v${version}-${platform}`;
  const archives = join(pkgHome, '.pkg-cache', 'sea');
  const windows = platform === 'win-x64';
  const archive = join(archives, `${name}.${windows ? 'zip' : 'tar.gz'}`);
  const binary = windows ? join(archives, `${name}.exe`) : join(archives, name, 'bin', 'node');
  await mkdir(dirname(binary), { recursive: true });
  const source = await nodeOf(platform, version);
  let note: string | null = null;
  if (windows) await writeFile(binary, withoutSignature(await readFile(source)));
  else note = await strip(source, binary);
  // pkg takes what has such a marker for complete; of an archive whose content is there it reads nothing.
  for (const file of [archive, `${archive}.ok`, `${binary}.ok`]) await writeFile(file, '');
  return note;
}

/** Node of a platform: as installed, or fetched where npm does not install it because this is another platform. */
async function nodeOf(platform: Platform, version: string): Promise<string> {
  const name = `node-${platform}`;
  const file = platform === 'win-x64' ? 'node.exe' : 'node';
  const locked = await lockedPackage(name);
  if (locked.version !== version) {
    throw new Error(`pkg.config.json asks for ${name} ${version}, package.json for ${locked.version}`);
  }
  const installed = join(root, 'node_modules', name, 'bin', file);
  if (await exists(installed)) return installed;
  const folder = join(cache, `${name}-${version}`);
  const fetched = join(folder, 'package', 'bin', file);
  if (!(await exists(fetched))) await fetchPackage(name, version, locked.integrity, folder);
  return fetched;
}

async function fetchPackage(name: string, version: string, integrity: string, folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true });
  await run('npm', ['pack', '--silent', '--pack-destination', partial, `${name}@${version}`], { cwd: root });
  const archive = join(partial, `${name}-${version}.tgz`);
  const digest = createHash('sha512')
    .update(await readFile(archive))
    .digest('base64');
  if (`sha512-${digest}` !== integrity)
    throw new Error(`${name} ${version} is not what package-lock.json names`);
  await run('tar', ['-xzf', archive, '-C', partial]);
  await rm(archive);
  await rename(partial, folder);
}

async function lockedPackage(name: string): Promise<{ version: string; integrity: string }> {
  const lock = JSON.parse(await readFile(join(root, 'package-lock.json'), 'utf8')) as LockFile;
  const { version, integrity } = lock.packages[`node_modules/${name}`] ?? {};
  if (version === undefined || integrity === undefined) throw new Error(`package-lock.json has no ${name}`);
  return { version, integrity };
}

/** Node comes with symbols for debuggers, 18 MB of it; what addons need of them lies elsewhere. */
async function strip(source: string, target: string): Promise<string | null> {
  try {
    await run('strip', ['--strip-all', '-o', target, source]);
    return null;
  } catch {
    await copyFile(source, target);
    return 'no `strip` for this platform here (package binutils): the Linux programs are 18 MB larger';
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
