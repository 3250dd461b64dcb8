// Tier: quick. Reads the files of the project, nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseSync } from 'oxc-parser';
import t from 'tap';

/** The import rules of docs/architecture.md. */
const root = join(import.meta.dirname, '..', '..');
const folders = ['shared', 'agent', 'central', 'scripts', 'test'];

interface Source {
  /** Path from the root. */
  readonly name: string;
  readonly text: string;
  /** Files of this project that it imports, for their types or at run time, by path from the root. */
  readonly files: readonly string[];
  readonly packages: readonly string[];
  /** Modules of which it exports something again. */
  readonly reexports: number;
}

const sources: readonly Source[] = folders.flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readSource(join(folder, name))),
);
const production = sources.filter(({ name }) => !/^(test|scripts)\//.test(name));

function readSource(name: string): Source {
  const text = readFileSync(join(root, name), 'utf8');
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
    files: requests.filter(isFile).map((request) => relative(root, join(root, dirname(name), request))),
    packages: requests.filter((request) => !isFile(request)),
    reexports: new Set(reexported).size,
  };
}

function offenders(among: readonly Source[], breaks: (source: Source) => boolean): string[] {
  return among.filter(breaks).map(({ name }) => name);
}

const within = (folder: string) => production.filter(({ name }) => name.startsWith(`${folder}/`));
const imports =
  (...prefixes: string[]) =>
  (source: Source) =>
    source.files.some((file) => prefixes.some((prefix) => file.startsWith(prefix)));
const uses = (pattern: RegExp) => (source: Source) => source.packages.some((name) => pattern.test(name));

await t.test('the parser sees what it should', (t) => {
  t.ok(production.length > 50, 'it found the sources');
  const app = sources.find(({ name }) => name === 'agent/app.ts');
  t.ok(app?.files.includes('agent/http/access.ts'));
  t.ok(app?.files.includes('shared/sources/view-source.ts'), 'imports of types count');
  t.ok(app?.packages.includes('fastify'));
  const main = sources.find(({ name }) => name === 'agent/main.ts');
  t.ok(main?.files.includes('agent/cli.ts'), 'dynamic imports count');
  t.end();
});

await t.test('shared imports neither side, and the sides never import each other', (t) => {
  t.strictSame(offenders(within('shared'), imports('agent/', 'central/')), []);
  t.strictSame(offenders(within('agent'), imports('central/')), []);
  t.strictSame(offenders(within('central'), imports('agent/')), []);
  t.strictSame(offenders(production, imports('test/', 'scripts/')), []);
  t.end();
});

await t.test('collect, treat and console never import each other', (t) => {
  const parts = ['central/collect', 'central/treat', 'central/console'];
  for (const part of parts) {
    const others = parts.filter((other) => other !== part).map((other) => `${other}/`);
    t.strictSame(offenders(within(part), imports(...others)), [], part);
  }
  t.end();
});

await t.test('database clients stay in shared/sources and central/base', (t) => {
  const clients = uses(/^(pg|pg-.*|mssql|tedious|mysql2.*|node-firebird|@electric-sql\/.*|better-sqlite3)$/);
  // `state-file.ts` is the programs' own state, not a database of someone's; `log.ts` only recognises pg's errors.
  const allowed = /^(shared\/sources\/|central\/base\/|shared\/state-file\.ts$|shared\/log\.ts$)/;
  t.strictSame(
    offenders(production, (source) => clients(source) && !allowed.test(source.name)),
    [],
  );
  t.end();
});

await t.test('undici stays in central/sources and agent/photos', (t) => {
  const allowed = /^(central\/sources|agent\/photos)\//;
  t.strictSame(
    offenders(production, (source) => uses(/^undici$/)(source) && !allowed.test(source.name)),
    [],
  );
  t.end();
});

await t.test('only main.ts knows the environment and ends the process', (t) => {
  const touches = /process\s*\.\s*(env|exit|exitCode)\b|process\s*\[/;
  t.strictSame(
    offenders(production, ({ name, text }) => touches.test(text) && !/^\w+\/main\.ts$/.test(name)),
    [],
  );
  t.end();
});

await t.test('no barrels: a file of re-exports hides where things are', (t) => {
  t.strictSame(
    offenders(sources, ({ reexports }) => reexports > 1),
    [],
  );
  t.strictSame(
    offenders(sources, ({ name }) => name.endsWith('/index.ts')),
    [],
  );
  t.end();
});

await t.test('no module finds others by scanning the disk: a packaged binary cannot', (t) => {
  t.strictSame(
    offenders(production, ({ text }) => /\breaddir|\bglob\(/.test(text)),
    [],
  );
  t.end();
});

await t.test('no cycles', (t) => {
  t.strictSame(findCycle(sources), null);
  const made = ['a', 'b', 'c'].map((name, i, all) => ({ name, files: [all[(i + 1) % 3] ?? ''] }));
  t.strictSame(findCycle(made), ['a', 'b', 'c', 'a'], 'it would find one');
  t.end();
});

function findCycle(
  graph: readonly { readonly name: string; readonly files: readonly string[] }[],
): string[] | null {
  const edges = new Map(graph.map(({ name, files }) => [name, files]));
  const done = new Set<string>();
  const visit = (name: string, path: readonly string[]): string[] | null => {
    const start = path.indexOf(name);
    if (start !== -1) return [...path.slice(start), name];
    if (done.has(name)) return null;
    for (const next of edges.get(name) ?? []) {
      const cycle = visit(next, [...path, name]);
      if (cycle !== null) return cycle;
    }
    done.add(name);
    return null;
  };
  for (const name of edges.keys()) {
    const cycle = visit(name, []);
    if (cycle !== null) return cycle;
  }
  return null;
}
