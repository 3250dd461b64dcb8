import { readdirSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { parseSync } from 'oxc-parser';

/** A file of this project, and what it imports, for types or at run time. */
export interface Source {
  /** Path from the root. */
  readonly name: string;
  readonly text: string;
  /** Files of this project, by path from the root. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  /** Modules of which it exports something again. */
  readonly reexports: number;
}

export const root = join(import.meta.dirname, '..', '..');

/** Every source below these folders of the root. */
export function readSources(...folders: readonly string[]): Source[] {
  return readTexts(...folders).map(readSource);
}

/** The same, of which nobody wants to know what it imports: nothing is parsed. */
export function readTexts(...folders: readonly string[]): Pick<Source, 'name' | 'text'>[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.ts'))
      .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
      .sort()
      .map((name) => ({ name, text: readFileSync(join(root, name), 'utf8') })),
  );
}

function readSource({ name, text }: Pick<Source, 'name' | 'text'>): Source {
  const { module, errors } = parseSync(name, text);
  if (errors.length > 0) throw new Error(`${name}: ${errors[0]?.message}`);
  const reexported = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap((entry) => (entry.moduleRequest === null ? [] : [entry.moduleRequest.value])),
  );
  const dynamic = module.dynamicImports.map(({ moduleRequest }) =>
    text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"]|['"]$/g, ''),
  );
  const requests = [
    ...module.staticImports.map((entry) => entry.moduleRequest.value),
    ...reexported,
    ...dynamic,
  ];
  const isFile = (request: string) => request.startsWith('.');
  return {
    name,
    text,
    files: requests.filter(isFile).map((request) => posix.join(posix.dirname(name), request)),
    packages: requests.filter((request) => !isFile(request)),
    reexports: new Set(reexported).size,
  };
}
