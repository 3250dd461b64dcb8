import { execFile } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import type { Bundle } from './bundle.ts';
import { pkgHome } from './node-binaries.ts';
import { oneText } from './one-text.ts';
import { type Binary, root } from './programs.ts';

/** Of `pkg.config.json`, what is used here. */
export interface PkgConfig {
  /** `node24.21.0-linux-x64` and the like. */
  readonly targets: readonly string[];
  readonly outputPath: string;
  readonly seaConfig: object;
}

/** What `run-pkg.ts` is told. */
export interface PkgOrder {
  readonly main: string;
  readonly output: string;
  readonly nodeRange: string;
  readonly platform: 'linux' | 'win';
  readonly arch: string;
  readonly seaConfig: object;
}

export async function readPkgConfig(): Promise<PkgConfig> {
  return JSON.parse(await readFile(join(root, 'pkg.config.json'), 'utf8')) as PkgConfig;
}

/** Version of Node in a target for a platform. */
export function nodeVersion({ targets }: PkgConfig, { platform }: Binary): string {
  const target = targets.find((text) => text.endsWith(`-${platform}`));
  const version = /^node(\d+\.\d+\.\d+)-/.exec(target ?? '')?.[1];
  if (version === undefined) throw new Error(`pkg.config.json has no target node<version>-${platform}`);
  return version;
}

/**
 * Makes the program: Node, and in it the loader and all files, compressed. pkg runs in its plain mode for single
 * executables, which is Node's own; its other mode puts a file system of its own between the code and Node, which took
 * 6 MB more of an idle agent and leaves no way to give V8 its flags.
 */
export async function makeBinary(
  binary: Binary,
  bundle: Bundle,
  config: PkgConfig,
  output: string,
): Promise<void> {
  const work = await mkdtemp(join(pkgHome, 'work-'));
  try {
    const loader = await bundleLoader();
    await writeFile(join(work, 'loader.js'), loader);
    const assets: Record<string, string> = {};
    for (const [name, content] of await contents(binary, bundle)) {
      assets[name] = join(work, 'files', name);
      await mkdir(join(work, 'files'), { recursive: true });
      await writeFile(assets[name], content);
    }
    await runPkg(work, {
      main: join(work, 'loader.js'),
      output: join(work, binary.name),
      nodeRange: `node${nodeVersion(config, binary)}`,
      platform: binary.platform === 'win-x64' ? 'win' : 'linux',
      arch: 'x64',
      // Seen from the folder that pkg makes in ours: the path of the main file becomes part of the program.
      seaConfig: { ...config.seaConfig, main: '../loader.js', assets },
    });
    await put(join(work, binary.name), output);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/** In the place of an older one, which may be running. */
async function put(file: string, output: string): Promise<void> {
  const partial = `${output}.partial`;
  // Copied, as whoever installs it copies it. What pkg writes at once, Linux 6.18 holds in large pieces, and counts a
  // whole one for each page of it that a process uses: 18 MB more of an idle agent.
  await copyFile(file, partial);
  await rename(partial, output);
}

async function contents({ files, compressed }: Binary, { chunks }: Bundle): Promise<Map<string, Buffer>> {
  const all = new Map<string, Buffer>();
  for (const [name, text] of chunks) all.set(name, Buffer.from(text, 'latin1'));
  for (const [name, file] of Object.entries(files)) all.set(name, await readFile(join(root, file)));
  for (const [name, file] of Object.entries(compressed)) {
    all.set(name, compress(await readFile(join(root, file))));
  }
  return all;
}

function compress(content: Buffer): Buffer {
  return zstdCompressSync(content, { params: { [constants.ZSTD_c_compressionLevel]: 19 } });
}

async function bundleLoader(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, 'scripts', 'package', 'inside', 'main.ts')],
    ...oneText,
  });
  return outputFiles[0]?.text ?? '';
}

/** In a process of its own: pkg changes the working directory, and is to take our folders for home and temporary. */
async function runPkg(work: string, order: PkgOrder): Promise<void> {
  const { PATH } = process.env;
  const script = join(import.meta.dirname, 'run-pkg.ts');
  const env = { PATH, HOME: pkgHome, USERPROFILE: pkgHome, TMPDIR: work, TEMP: work };
  await promisify(execFile)(process.execPath, [script, JSON.stringify(order)], { env });
}
