import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { build, type Plugin, transform } from 'esbuild';
import { ascii } from './ascii.ts';
import { bundleWorker } from './bundle-worker.ts';
import { type Binary, root } from './programs.ts';

export interface Bundle {
  /** File of the code that starts the program, among `chunks`. */
  readonly main: string;
  /** CommonJS, by file name: what is loaded together is one file, what `import()` loads later another. */
  readonly chunks: ReadonlyMap<string, string>;
  /** Files of which something is inside, by path from the root. */
  readonly inputs: readonly string[];
}

/** What is said to the code about the program that it is in (`shared/version.ts`, `agent/service/release.ts`). */
export interface Facts {
  readonly version: string;
  /** Public JWK. */
  readonly releaseKey: object | null;
}

/**
 * The code of a program, only what it uses. Split as ES modules, so that an engine's driver costs nothing until it is
 * asked for; then each chunk turned into CommonJS, which the program's loader can run out of memory (`inside/main.ts`).
 */
export async function bundle({ entry, platform, workers }: Binary, facts: Facts): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    entryPoints: { main: entry },
    absWorkingDir: root,
    outdir: 'dist',
    write: false,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    define: {
      GUARITA_VERSION: JSON.stringify(facts.version),
      GUARITA_RELEASE_KEY: JSON.stringify(facts.releaseKey),
      // A parameter that the loader gives each chunk: all of them are where the program is.
      'import.meta.url': '__url',
      'import.meta.dirname': '__dirname',
    },
    // The entry of the package that names the prebuilt addon, instead of looking for it on the disk.
    alias: { 'better-sqlite3': `better-sqlite3/${platform === 'win-x64' ? 'win32-x64' : platform}` },
    plugins: [addons, plainRequire],
    // Used by a package where they are, and here only because those for development bring them.
    external: ['supports-color', 'ws'],
    // Names stay, so that a stack trace can be read.
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'none',
    metafile: true,
    logLevel: 'error',
  });
  const chunks = new Map<string, string>();
  for (const { path, text } of outputFiles) chunks.set(basename(path), await asCommonJs(text));
  const inputs = Object.values(metafile.outputs).flatMap((output) =>
    Object.entries(output.inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  for (const [name, entry] of Object.entries(workers)) {
    const worker = await bundleWorker(entry);
    chunks.set(name, worker.text);
    inputs.push(...worker.inputs);
  }
  return { main: 'main.js', chunks, inputs: [...new Set(inputs)].toSorted() };
}

/** A native addon is a file of its own inside the program; its loader knows what to do with one. */
const addons: Plugin = {
  name: 'addons',
  setup(build) {
    build.onResolve({ filter: /\.node$/ }, () => ({ path: './better-sqlite3.node', external: true }));
  },
};

/** PGlite's code makes itself a `require` where there may be none; it would hide that of the loader. */
const plainRequire: Plugin = {
  name: 'plain-require',
  setup(build) {
    build.onLoad({ filter: /@electric-sql[\\/]pglite[\\/]dist[\\/].*\.js$/ }, async ({ path }) => ({
      contents: (await readFile(path, 'utf8')).replaceAll(
        /let\{createRequire:(\w+)\}=await import\("node:module"\);var require=\1\(import\.meta\.url\)/g,
        '',
      ),
    }));
  },
};

async function asCommonJs(text: string): Promise<string> {
  const { code } = await transform(text.replace(/^#!.*\n/, ''), {
    format: 'cjs',
    platform: 'node',
    target: 'node24',
    minifySyntax: true,
    minifyWhitespace: true,
    // As the loader is one of CommonJS, `import()` becomes its `require`, at the same moment.
    supported: { 'dynamic-import': false },
  });
  return ascii(code);
}
