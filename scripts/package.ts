import { mkdir, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { softwareVersion } from '../shared/version.ts';
import { bundle } from './package/bundle.ts';
import { provideNode } from './package/node-binaries.ts';
import { makeBinary, nodeVersion, readPkgConfig } from './package/pkg.ts';
import { binaries, root } from './package/programs.ts';

/** `npm run package`: the programs as single files, in `dist`. */
const names = binaries.map(({ name }) => name);
const options = new Command('npm run package --')
  .addOption(new Option('--only <name...>', 'make these').choices(names))
  .option('--version-override <version>', 'make them as this version', softwareVersion)
  .option('--out <folder>', 'where to put them')
  .parse()
  .opts<{ only?: string[]; versionOverride: string; out?: string }>();

const config = await readPkgConfig();
const folder = resolve(root, options.out ?? config.outputPath);
await mkdir(folder, { recursive: true });
for (const binary of binaries.filter(({ name }) => options.only?.includes(name) ?? true)) {
  const note = await provideNode(binary.platform, nodeVersion(config, binary));
  if (note !== null) process.stdout.write(`! ${note}\n`);
  const code = await bundle(binary, { version: options.versionOverride, releaseKey: null });
  const output = join(folder, binary.name);
  await makeBinary(binary, code, config, output);
  process.stdout.write(`${binary.name}  ${((await stat(output)).size / 1e6).toFixed(1)} MB\n`);
}
