import { hash } from 'node:crypto';
import { join } from 'node:path';
import project from '../../../package.json' with { type: 'json' };

/** What the programs import that consists of very many files, and how they import it. */
export const packages = [
  ...['typebox', 'typebox/error', 'typebox/format', 'typebox/system', 'typebox/value'],
  ...['@peculiar/x509', 'undici', 'yaml'],
] as const;

/** The file of a package, in the folder of all. */
export const fileOf = (name: string): string => `${name.replaceAll('/', '.')}.mjs`;

const { dependencies, devDependencies } = project;
const version = hash('sha256', JSON.stringify([packages, dependencies, devDependencies.esbuild]), 'hex');

/** Where they are, by their versions; `npm run build:test` puts them there. */
export const folder = join(
  ...[import.meta.dirname, '..', '..', '..', 'node_modules', '.cache', 'guarita-test'],
  `one-file-${version.slice(0, 16)}`,
);
