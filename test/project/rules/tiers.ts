import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import { parse } from 'yaml';
import { packages } from '../../support/one-file/packages.ts';
import { programEnvironment } from '../../support/program-process.ts';

// Every test file says which tier it is in, and is in one: a file that no command names would never run.

const root = join(import.meta.dirname, '..', '..', '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');
const matching = (patterns: readonly string[]) =>
  globSync([...patterns], { cwd: root })
    .map((file) => file.replaceAll('\\', '/'))
    .sort();

const files = matching(['test/**/*.test.ts']);
const { include } = parse(read('.taprc')) as { include: string[] };
const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };

/** What has to be there for a test to run, by the module that asks for it. */
const switches: Readonly<Record<string, string>> = {
  'support/mysql.ts': 'GUARITA_TEST_MYSQL_URL',
  'support/firebird.ts': 'GUARITA_TEST_FIREBIRD_URL',
  'support/sqlserver.ts': 'GUARITA_TEST_MSSQL_URL',
  'support/postgres-standby.ts': 'GUARITA_TEST_POSTGRES_BIN',
  'support/postgres-older.ts': 'GUARITA_TEST_POSTGRES_BIN',
  'support/packaged.ts': 'GUARITA_TEST_BINARIES',
  'browser/scene.ts': 'GUARITA_TEST_CHROMIUM',
  'flows/scene.ts': 'GUARITA_TEST_CHROMIUM',
  'support/service-scene.ts': 'GUARITA_TEST_SYSTEMD',
};

export async function tiers(t: Test): Promise<void> {
  await t.test('the first line of a test file names its tier, why, and what it needs', async (t) => {
    for (const file of files) {
      const text = read(file);
      const [first = ''] = text.split('\n', 1);
      const tier = file.endsWith('.long.test.ts') ? 'long' : 'quick';
      t.match(first, new RegExp(`^// Tier: ${tier}\\. [A-Z].*\\.$`), file);
      for (const [module, name] of Object.entries(switches)) {
        if (text.includes(`/${module}'`)) t.ok(first.includes(name), `${file} needs ${name}`);
      }
    }
  });

  await t.test('every test file is in one tier, and the commands run both', async (t) => {
    const [, pattern = ''] = / tap (?:--\S+ )*(\S+)$/.exec(scripts['test:long'] ?? '') ?? [];
    const [quick, long] = [matching(include), matching([pattern])];
    t.ok(quick.length > 0 && long.length > 0);
    t.same([...quick, ...long].sort(), files, 'each once');
    t.match(scripts['test'], / tap$/, 'npm test: what .taprc includes');
    t.equal(scripts['test:all'], 'npm test && npm run test:long');
    t.match(read('.ci/run'), /^if ! npm run test:all \|/m);
  });

  await t.test(
    'nothing is waited for between the tests of a file: those before could end, and the file with them',
    (t) => {
      for (const file of files) {
        const [, ...rest] = read(file).split(/^void t\.test\(/m);
        const waited = rest.flatMap((text) => text.match(/^(?! ).*\bawait (?!t\.test\().*$/gm) ?? []);
        const isWaited = (line: string) => !/^['"`(].*async \(t\) =>/.test(line);
        t.same(waited.filter(isWaited), [], file);
      }
      t.end();
    },
  );

  await t.test('docs/testing.md has every switch of the tests', async (t) => {
    const guide = read('docs/testing.md');
    const names = matching(['test/**/*.ts', 'scripts/soak.ts'])
      .flatMap((file) => [
        ...read(file).matchAll(/GUARITA_(?:TEST|SOAK|FUZZ)_[A-Z_]+|GUARITA_(?:SEED|PATH)\b/g),
      ])
      .map(([name]) => name);
    for (const name of new Set(names)) t.ok(guide.includes(`\`${name}\``), name);
  });

  await t.test(
    'no process of a test is recorded for coverage, which takes a quarter of a second each',
    (t) => {
      const recorder = Symbol.for('@tapjs/processinfo.ProcessInfoNodeData');
      t.notOk(recorder in globalThis, 'test/support/unrecorded.ts knows the recorder by its path');
      t.end();
    },
  );

  await t.test(
    'what programs import of very many files is one file, here and in processes that a test starts',
    (t) => {
      const { NODE_OPTIONS } = process.env;
      // Without tap there is neither.
      if (NODE_OPTIONS !== undefined) {
        t.match(NODE_OPTIONS, /^--import=\S+\/one-file\/use\.ts$/);
        for (const name of packages) {
          t.match(import.meta.resolve(name), '/one-file-', `${name}: npm run build:test puts it there`);
        }
      }
      t.match(programEnvironment(), NODE_OPTIONS === undefined ? {} : { NODE_OPTIONS });
      t.end();
    },
  );
}
