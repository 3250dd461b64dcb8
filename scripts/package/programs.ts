import { join } from 'node:path';
import { helpPictures } from '../../central/console/help/articles.ts';
import { designSystem, fontFile } from '../console/made-of.ts';
import { iconFolder } from '../docs/icons.ts';
import { outlinesFile } from '../docs/outlines.ts';

export const root = join(import.meta.dirname, '..', '..');

export type Platform = 'linux-x64' | 'win-x64';

/** A file that `npm run package` makes: one program for one platform. */
export interface Binary {
  /** Of the file in `dist`, and on Windows with `.exe`. */
  readonly name: string;
  readonly program: 'guarita-agent' | 'guarita-central';
  readonly platform: Platform;
  /** From the root. */
  readonly entry: string;
  /** Files that go inside beside the code, by their names there. */
  readonly files: Readonly<Record<string, string>>;
  /** Entries of threads, from the root, by the names of their code inside: each is whole by itself. */
  readonly workers: Readonly<Record<string, string>>;
  /** More of them, for `packagedFile` of `central/base/packaged-file.ts`. */
  readonly compressed: Readonly<Record<string, string>>;
  /** Files of packages, from the root, of which something is in what was made for it: their authors are named. */
  readonly madeOf: readonly string[];
}

/** Prebuilt by its authors for each platform; the name inside is that of its `require` (`bundle.ts`). */
const sqlite = (platform: string) => ({
  'better-sqlite3.node': `node_modules/better-sqlite3/prebuilds/${platform}.node`,
});

/** PostgreSQL in process, the national base of a central without a server. */
const pglite = Object.fromEntries(
  ['pglite.wasm', 'initdb.wasm', 'pglite.data'].map((name) => [
    name,
    `node_modules/@electric-sql/pglite/dist/${name}`,
  ]),
);

/** What the console's pages refer to, as `buildConsole` of `scripts/console/` makes it. */
const pages = Object.fromEntries(
  ['estilo.css', 'guarita.js', 'guarita.svg', 'raleway.woff2', ...helpPictures].map((name) => [
    name,
    `dist/console/${name}`,
  ]),
);

export const binaries: readonly Binary[] = [
  {
    name: 'guarita-agent-linux-x64',
    program: 'guarita-agent',
    platform: 'linux-x64',
    entry: 'agent/main.ts',
    files: sqlite('linux-x64'),
    workers: {},
    compressed: {},
    madeOf: [],
  },
  {
    name: 'guarita-agent-win-x64.exe',
    program: 'guarita-agent',
    platform: 'win-x64',
    entry: 'agent/main.ts',
    files: sqlite('win32-x64'),
    workers: {},
    compressed: {},
    madeOf: [],
  },
  {
    name: 'guarita-central-linux-x64',
    program: 'guarita-central',
    platform: 'linux-x64',
    entry: 'central/main.ts',
    files: sqlite('linux-x64'),
    workers: { 'link-worker.js': 'central/treat/link/threads/worker.ts' },
    compressed: { ...pglite, ...pages },
    madeOf: [designSystem, fontFile, `${iconFolder}/house.svg`, outlinesFile],
  },
];
