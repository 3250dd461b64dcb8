import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Bundle } from './bundle.ts';
import { type Binary, root } from './programs.ts';

/** A package of which something is inside a program. */
export interface Package {
  readonly name: string;
  readonly version: string;
  /** Its folder, from the root. */
  readonly folder: string;
}

/** Packages by their folders, which may hold another version of one that is elsewhere too. */
export function packagesIn(binary: Binary, bundle: Bundle): readonly Package[] {
  const inside = [...Object.values(binary.files), ...Object.values(binary.compressed)];
  const files = [...bundle.inputs, ...inside, ...binary.madeOf];
  const packages = files.filter((file) => file.startsWith('node_modules/')).map(packageOf);
  const byFolder = new Map(packages.map((found) => [found.folder, found]));
  return [...byFolder.values()].toSorted((a, b) => (a.folder < b.folder ? -1 : 1));
}

/** Packages have folders of other module kinds inside, with a `package.json` that names nothing. */
function packageOf(file: string): Package {
  for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) {
    const found = manifest(folder);
    if (found !== null) return { ...found, folder };
  }
  throw new Error(`${file} is of no package`);
}

function manifest(folder: string): { name: string; version: string } | null {
  const file = join(root, folder, 'package.json');
  if (!existsSync(file)) return null;
  const { name, version } = JSON.parse(readFileSync(file, 'utf8')) as Partial<Package>;
  return name === undefined || version === undefined ? null : { name, version };
}
