import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import 'reflect-metadata';
import { build } from 'esbuild';
import { fileOf, folder, packages } from './packages.ts';

// Puts each package of `packages.ts` into one file. They share what they have in common, as they do where they come from.

/** A file that gives on all that a package gives. */
async function entry(name: string): Promise<string> {
  const given = Object.keys((await import(name)) as object).filter((each) => /^[\w$]+$/.test(each));
  return `export { ${given.join(', ')} } from '${name}';\n`;
}

if (!existsSync(folder)) {
  mkdirSync(dirname(folder), { recursive: true });
  const made = mkdtempSync(join(dirname(folder), 'new-'));
  for (const name of packages) writeFileSync(join(made, fileOf(name)), await entry(name));
  await build({
    entryPoints: packages.map((name) => join(made, fileOf(name))),
    ...{ bundle: true, splitting: true, format: 'esm', platform: 'node', target: 'node24' },
    ...{ outdir: made, outExtension: { '.js': '.mjs' }, allowOverwrite: true, logLevel: 'warning' },
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
  });
  try {
    renameSync(made, folder);
  } catch {
    // Another one was faster; what it made is as good.
    rmSync(made, { recursive: true });
  }
}
