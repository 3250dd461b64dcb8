import { mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Command, Option } from 'commander';
import { softwareVersion } from '../shared/version.ts';
import { buildConsole } from './console/build.ts';
import { bundle } from './package/bundle.ts';
import { licencesOf } from './package/licences.ts';
import { measure } from './package/measure.ts';
import { sourceMoment } from './package/moment.ts';
import { provideNode } from './package/node-binaries.ts';
import { packagesIn } from './package/packages.ts';
import { makeBinary, nodeVersion, readPkgConfig } from './package/pkg.ts';
import { type Binary, binaries, root } from './package/programs.ts';
import { readReleaseKey, releaseDocument } from './package/release.ts';
import { installedSbom, sbomOf } from './package/sbom.ts';
import { writeSums } from './package/sums.ts';

/** `npm run package`: the programs as single files, with what belongs to a release of them, in `dist`. */
const names = binaries.map(({ name }) => name.replace(/^guarita-|\.exe$/g, ''));
const options = new Command('npm run package --')
  .addOption(new Option('--only <name...>', 'make these only').choices(names))
  .option('--version-override <version>', 'make them as this version, to test upgrades', softwareVersion)
  .option('--out <folder>', 'where to put them; otherwise as pkg.config.json says')
  .option('--measure', 'measure those that run here')
  .parse()
  .opts<{ only?: string[]; versionOverride: string; out?: string; measure?: boolean }>();

const config = await readPkgConfig();
const folder = resolve(root, options.out ?? config.outputPath);
const key = await readReleaseKey(process.env);
const released = await sourceMoment();
const installed = await installedSbom();
const version = options.versionOverride;

await mkdir(folder, { recursive: true });
const wanted = binaries.filter((_, index) => options.only?.includes(names[index] ?? '') ?? true);
await buildConsole(join(root, 'dist', 'console'));
for (const binary of wanted) await make(binary);
await writeSums(folder);
if (key === null) {
  say(
    '! NOT SIGNED: neither GUARITA_RELEASE_KEY nor GUARITA_RELEASE_KEY_FILE is set, so there are no release',
  );
  say('  documents, and these programs know no key that an upgrade could be checked with.');
}
if (options.measure === true) for (const binary of wanted) await measure(binary, folder, say);

async function make(binary: Binary): Promise<void> {
  const node = nodeVersion(config, binary);
  const note = await provideNode(binary.platform, node);
  if (note !== null) say(`! ${note}`);
  const code = await bundle(binary, { version, releaseKey: key?.jwk ?? null });
  const file = join(folder, binary.name);
  await makeBinary(binary, code, config, file);
  const packages = packagesIn(binary, code);
  await writeFile(`${file}.sbom.json`, sbomOf(installed, binary, { version, node, released, packages }));
  await writeFile(`${file}.licences.txt`, licencesOf(packages, node));
  const document = `${file}.release.json`;
  // One of an earlier making would be of another file.
  if (key === null) await rm(document, { force: true });
  else await writeFile(document, await releaseDocument(binary, { file, version, released, key }));
  say(
    `${binary.name} ${version}: ${((await stat(file)).size / 1e6).toFixed(1)} MB, ${packages.length} packages`,
  );
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}
