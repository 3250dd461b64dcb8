// Tier: long. What was packaged, large files. Needs GUARITA_TEST_BINARIES.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import t, { type Test } from 'tap';
import { readRelease } from '../../agent/service/release.ts';
import { type Bundle, bundle } from '../../scripts/package/bundle.ts';
import { type Binary, binaries, root } from '../../scripts/package/programs.ts';
import { softwareVersion } from '../../shared/version.ts';
import { packagedFolder } from '../support/packaged.ts';

// What lies beside the packaged programs, and what is inside them. The program for Windows cannot run here: of it, only
// this is tested.

const folder = packagedFolder(t);
const read = (name: string) => readFileSync(join(folder ?? '', name));
/** Node has packages inside as well. */
const nodesOwn = modulesIn(readFileSync(process.execPath));
const digest = (content: Buffer) => createHash('sha256').update(content).digest('hex');

if (folder !== null) {
  await t.test('SHA256SUMS has the digest of every other file', (t) => {
    const sums = [
      ...read('SHA256SUMS')
        .toString('utf8')
        .matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm),
    ];
    const named = sums.map(([, , name = '']) => name);
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    const others = files.map(({ name }) => name).filter((name) => name !== 'SHA256SUMS');
    t.same(named.toSorted(), others.toSorted());
    for (const [, sum, name = ''] of sums) t.equal(digest(read(name)), sum, name);
    t.end();
  });
  for (const binary of binaries) {
    await t.test(binary.name, async (t) => {
      const content = read(binary.name);
      t.ok(content.length <= 130e6, `${content.length} bytes are at most 130 MB`);
      isProgram(t, binary, content);
      tellsNoPlace(t, content);
      const made = await bundle(binary, { version: softwareVersion, releaseKey: null });
      isDescribed(t, binary, content, made);
      isReleased(t, binary, content, made);
    });
  }
}

function isProgram(t: Test, { platform }: Binary, content: Buffer): void {
  t.ok(
    content.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1'),
    'Node looks for a program inside',
  );
  t.ok(content.includes('Um erro não previsto') || content.includes('Um erro n\\xE3o previsto'), 'ours is');
  if (platform === 'linux-x64') {
    t.equal(content.toString('latin1', 0, 4), '\x7fELF');
    return;
  }
  const header = content.readUInt32LE(0x3c);
  t.equal(content.toString('latin1', 0, 2), 'MZ');
  t.equal(content.toString('latin1', header, header + 4), 'PE\0\0');
  t.equal(content.readUInt16LE(header + 4), 0x8664, 'for x64');
  const optional = header + 24;
  t.equal(content.readBigUInt64LE(optional + 112 + 4 * 8), 0n, 'no signature that would not hold');
  t.ok(content.includes(Buffer.from('NODE_SEA_BLOB', 'utf16le')), 'with a resource as Node looks for it');
}

function tellsNoPlace(t: Test, content: Buffer): void {
  t.notOk(content.includes(root), 'no path of where it was made');
  // Where that is the root's home, its path is too short to be told from others.
  if (homedir().length > 8) t.notOk(content.includes(homedir()), 'nor of who made it');
}

interface Sbom {
  readonly bomFormat: string;
  readonly metadata: { readonly component: { readonly name: string; readonly version: string } };
  readonly components: readonly { readonly name: string; readonly version: string }[];
}

/** Every package of the bundle, found by its paths, is a component, of the version that the lock file has there. */
function isDescribed(t: Test, binary: Binary, content: Buffer, { inputs }: Bundle): void {
  const sbom = JSON.parse(read(`${binary.name}.sbom.json`).toString('utf8')) as Sbom;
  t.match(sbom, { bomFormat: 'CycloneDX', metadata: { component: { name: binary.program } } });
  t.equal(sbom.metadata.component.version, softwareVersion);
  const components = new Set(sbom.components.map(({ name, version }) => `${name}@${version}`));
  t.ok(components.has('node@24.21.0'));
  t.ok([...components].some((name) => name.startsWith('better-sqlite3@')));
  const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string; dev?: boolean }>;
  };
  const inside = new Set(inputs.flatMap(packagePlace));
  t.ok(inside.size > 30);
  for (const place of inside) {
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const { version = '', dev = false } = lock.packages[place] ?? {};
    t.ok(components.has(`${name}@${version}`), `${name} ${version} is named`);
    t.notOk(dev, `${name} is not only for development`);
  }
  const licences = read(`${binary.name}.licences.txt`).toString('utf8');
  for (const place of new Set(binary.madeOf.flatMap(packagePlace))) {
    const name = place.slice('node_modules/'.length);
    const title = `${name} ${lock.packages[place]?.version ?? ''}`;
    t.ok(components.has(title.replace(' ', '@')), `${title} is named`);
    t.ok(licences.includes(`\n${title}\n====`), `with its licence`);
  }
  const called = modulesIn(content);
  t.ok(called.size > 50);
  const strange = [...called].filter((place) => !inside.has(place) && !nodesOwn.has(place));
  t.same(strange, [], 'nothing else is inside');
}

/** Modules of CommonJS are called by their paths in the code itself. */
function modulesIn(content: Buffer): Set<string> {
  const paths = content.toString('latin1').matchAll(/"(node_modules\/[^"]{1,200})"\((?:exports|module|__)/g);
  return new Set([...paths].flatMap(([, path = '']) => packagePlace(path)));
}

/** Folder of the package that a file is of. */
function packagePlace(file: string): string[] {
  return /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(file)?.slice(0, 1) ?? [];
}

function isReleased(t: Test, { name, program, platform }: Binary, content: Buffer, { inputs }: Bundle): void {
  const file = `${name}.release.json`;
  if (!existsSync(join(folder ?? '', file))) {
    process.stderr.write(`${file}: not tested: these programs were made without GUARITA_RELEASE_KEY\n`);
    return;
  }
  const { document, key } = readRelease(read(file).toString('utf8'), file);
  const { released, ...rest } = document;
  const sha256 = digest(content);
  const own = { kind: 'guarita-release', program, version: softwareVersion, platform };
  t.same(rest, { ...own, sha256, bytes: content.length });
  t.ok(Date.parse(released) > Date.parse('2025-01-01'));
  // It is where the program reads it.
  if (inputs.includes('agent/service/release.ts'))
    t.ok(content.includes(key.jwk.x), 'the key that signed is inside');
}
