import type { Test } from 'tap';
import { findCircle, foldersOf, roomsIn } from '../../../scripts/docs/rooms.ts';
import { readSources, type Source } from '../../../scripts/docs/sources.ts';

export async function importRules(t: Test): Promise<void> {
  /** The import rules of docs/architecture.md. */
  const sources = readSources('shared', 'agent', 'central', 'scripts', 'test');
  const production = sources.filter(({ name }) => !/^(test|scripts)\//.test(name));

  /** A file that does not exist, to see that a rule would find it. */
  function made(name: string, imported: { files?: string[]; packages?: string[]; text?: string }): Source {
    return { name, text: '', files: [], packages: [], reexports: 0, ...imported };
  }

  /** What of the sources a rule forbids, as `file -> what it must not import`. */
  type Rule = (among: readonly Source[]) => string[];

  /** Holds a rule against the project, and against files made up so that it must find each of them. */
  function rule(name: string, broken: Rule, offenders: readonly Source[]): void {
    void t.test(name, (t) => {
      t.strictSame(broken(production), []);
      for (const offender of offenders) {
        t.not(broken([...production, offender]).length, 0, `it would find ${offender.name}`);
      }
      t.end();
    });
  }

  /** No file below `from` imports one of these; prefixes of paths. */
  const never =
    (from: string, ...to: readonly string[]): Rule =>
    (among) =>
      among
        .filter(({ name }) => name.startsWith(from))
        .flatMap(({ name, files }) =>
          files
            .filter((file) => to.some((prefix) => file.startsWith(prefix)))
            .map((file) => `${name} -> ${file}`),
        );

  /** Of all that is below `within`, files below `from` import only these and what lies beside them. */
  const only =
    (from: string, within: string, ...to: readonly string[]): Rule =>
    (among) =>
      among
        .filter(({ name }) => name.startsWith(from))
        .flatMap(({ name, files }) =>
          files
            .filter(
              (file) => file.startsWith(within) && ![from, ...to].some((prefix) => file.startsWith(prefix)),
            )
            .map((file) => `${name} -> ${file}`),
        );

  /** Files outside of a folder import of it only what is named. */
  const entered =
    (folder: string, ...by: readonly string[]): Rule =>
    (among) =>
      among
        .filter(({ name }) => !name.startsWith(folder))
        .flatMap(({ name, files }) =>
          files
            .filter((file) => file.startsWith(folder) && !by.includes(file.slice(folder.length)))
            .map((file) => `${name} -> ${file}`),
        );

  /** A package is imported below these alone. */
  const stays =
    (packages: RegExp, ...places: readonly string[]): Rule =>
    (among) =>
      among
        .filter(({ name }) => !places.some((place) => name.startsWith(place)))
        .flatMap(({ name, packages: used }) =>
          used.filter((request) => packages.test(request)).map((request) => `${name} -> ${request}`),
        );

  const all =
    (...rules: readonly Rule[]): Rule =>
    (among) =>
      rules.flatMap((each) => each(among));

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

  rule(
    'shared imports neither side, the sides never import each other, nothing imports test or scripts',
    all(
      never('shared/', 'agent/', 'central/'),
      never('agent/', 'central/'),
      never('central/', 'agent/'),
      never('', 'test/', 'scripts/'),
    ),
    [
      made('shared/x.ts', { files: ['agent/home.ts'] }),
      made('agent/x.ts', { files: ['central/config.ts'] }),
      made('central/x.ts', { files: ['agent/home.ts'] }),
      made('agent/y.ts', { files: ['scripts/docs.ts'] }),
    ],
  );

  const engines = ['postgres', 'sqlserver', 'mysql', 'firebird', 'sqlite'];

  rule(
    "an engine's folder is entered by its source.ts only, and engines know nothing of each other",
    all(
      ...engines.map((engine) => entered(`shared/sources/${engine}/`, 'source.ts')),
      ...engines.map((engine) =>
        never(
          `shared/sources/${engine}/`,
          ...engines.filter((other) => other !== engine).map((other) => `shared/sources/${other}/`),
        ),
      ),
    ),
    [
      made('agent/doctor/x.ts', { files: ['shared/sources/mysql/errors.ts'] }),
      made('shared/sources/reading/x.ts', { files: ['shared/sources/postgres/lines.ts'] }),
      made('shared/sources/mysql/x.ts', { files: ['shared/sources/postgres/source.ts'] }),
    ],
  );

  void t.test('every engine has the rooms that the rules speak of', (t) => {
    for (const engine of engines) {
      t.ok(
        sources.some(({ name }) => name === `shared/sources/${engine}/source.ts`),
        engine,
      );
    }
    t.end();
  });

  rule(
    'what every source does alike knows neither SQL nor engines; what speaks SQL knows no engine',
    all(
      never('shared/sources/reading/', 'shared/sources/sql/', ...engines.map((e) => `shared/sources/${e}/`)),
      never('shared/sources/sql/', ...engines.map((e) => `shared/sources/${e}/`)),
      // Lines, their digests and stubs, and what a snapshot is are told to others; the rest is how.
      (among) =>
        entered(
          'shared/sources/reading/',
          ...['lines.ts', 'row-digest.ts', 'stub-line.ts', 'view-snapshot.ts'],
        )(among.filter(({ name }) => !name.startsWith('shared/sources/'))),
      (among) =>
        entered('shared/sources/sql/')(among.filter(({ name }) => !name.startsWith('shared/sources/'))),
    ),
    [
      made('shared/sources/reading/x.ts', { files: ['shared/sources/sql/view.ts'] }),
      made('shared/sources/sql/x.ts', { files: ['shared/sources/sqlite/source.ts'] }),
      made('central/collect/x.ts', { files: ['shared/sources/reading/cursor.ts'] }),
      made('agent/http/x.ts', { files: ['shared/sources/sql/bound.ts'] }),
    ],
  );

  /** What treatment judges by, and what it says of who is who: people are shown the same by the console. */
  const judging = [
    ...['link/', 'names/', 'rules/', 'persons/', 'linking/explain-person.ts', 'linking/review.ts'],
    ...['linking/model-in-force.ts', 'linking/linker.ts'],
  ].map((place) => `central/treat/${place}`);

  /** Where a row came from, and the words for it: told at the terminal as on pages. */
  const told = ['central/trace/', 'central/words/'];

  rule(
    "collect, treat and console never import each other, but for what treatment judges by; treat and console reach the base through central/base, central's memory through central/state; commands and pages share words and codes",
    all(
      never('central/collect/', 'central/treat/', 'central/console/'),
      never('central/treat/', 'central/collect/', 'central/console/'),
      never('central/console/', 'central/collect/'),
      only('central/treat/', 'central/', 'central/base/', 'central/state/'),
      // How states are is told by the status and by the console, in the same words.
      only(
        'central/console/',
        'central/',
        ...['central/base/', 'central/state/', 'central/status/', 'central/codes/'],
        ...told,
        ...judging,
      ),
      // What people are told is the same in a terminal and on a page.
      only('central/words/', 'central/', 'central/base/', 'central/trace/', ...judging),
      only('central/codes/', 'central/', 'central/base/'),
    ),
    [
      made('central/collect/x.ts', { files: ['central/treat/steps.ts'] }),
      made('central/treat/x.ts', { files: ['central/collect/collector.ts'] }),
      made('central/console/x.ts', { files: ['central/treat/steps.ts'] }),
      made('central/treat/y.ts', { files: ['central/status/row.ts'] }),
      made('central/console/y.ts', { files: ['central/service/scheduler.ts'] }),
      made('central/words/x.ts', { files: ['central/commands/wrapped.ts'] }),
      made('central/codes/x.ts', { files: ['central/treat/rules/all.ts'] }),
    ],
  );

  /** The layers of the base, each above those before it. */
  const layers = ['source', 'published', 'decided', 'national', 'access'].map(
    (name) => `central/base/${name}-layer/`,
  );

  rule(
    'the base, what central remembers and how it tells of that know nothing of who uses them; no layer of the base knows one above it',
    all(
      only('central/base/', 'central/'),
      only('central/state/', 'central/'),
      only('central/status/', 'central/', 'central/state/'),
      only('central/tables/', 'central/'),
      ...layers.map((layer, place) => never(layer, ...layers.slice(place + 1))),
      only('agent/state/', 'agent/'),
    ),
    [
      made('central/base/x.ts', { files: ['central/state/state.ts'] }),
      made('central/state/x.ts', { files: ['central/collect/collector.ts'] }),
      made('central/status/x.ts', { files: ['central/service/runner.ts'] }),
      made('central/tables/x.ts', { files: ['central/treat/link/link.ts'] }),
      made('central/base/source-layer/x.ts', { files: ['central/base/national-layer/persons.ts'] }),
      made('central/base/source-layer/y.ts', { files: ['central/base/published-layer/tables.ts'] }),
      made('central/base/published-layer/x.ts', { files: ['central/base/decided-layer/answers.ts'] }),
      made('central/base/decided-layer/x.ts', { files: ['central/base/national-layer/persons.ts'] }),
      made('central/base/national-layer/x.ts', { files: ['central/base/access-layer/audit.ts'] }),
      made('agent/state/x.ts', { files: ['agent/home.ts'] }),
    ],
  );

  void t.test('every layer has its place among them', (t) => {
    const found = production.flatMap(({ name }) => /^central\/base\/[a-z]+-layer\//.exec(name) ?? []);
    t.strictSame(
      [...new Set(found)].filter((layer) => !layers.includes(layer)),
      [],
    );
    t.end();
  });

  rule(
    'the collector cannot tell how the data reach it',
    never(
      'central/collect/',
      'central/sources/',
      'central/enrolment/',
      'central/service/',
      'shared/protocol/',
    ),
    [made('central/collect/x.ts', { files: ['central/sources/agent.ts'] })],
  );

  rule(
    'a database client stays with its engine and in central/base',
    all(
      stays(/^pg(-.*)?$/, 'shared/sources/postgres/', 'shared/sources/postgres-client/', 'central/base/'),
      stays(/^(mssql|tedious)(\/|$)/, 'shared/sources/sqlserver/'),
      stays(/^mysql2/, 'shared/sources/mysql/'),
      stays(/^node-firebird/, 'shared/sources/firebird/'),
      stays(/^@electric-sql\//, 'central/base/pglite.ts', 'central/base/pglite-texts.ts'),
      // The programs' own state is no database of someone's.
      stays(/^better-sqlite3/, 'shared/sources/sqlite/', 'shared/state-file.ts'),
    ),
    [
      made('shared/log.ts', { packages: ['pg'] }),
      made('central/collect/x.ts', { packages: ['pg-copy-streams'] }),
      made('shared/sources/sql/x.ts', { packages: ['mssql'] }),
      made('agent/x.ts', { packages: ['mysql2/promise'] }),
      made('shared/sources/sqlite/x.ts', { packages: ['node-firebird'] }),
      made('central/treat/x.ts', { packages: ['@electric-sql/pglite'] }),
      made('central/state/x.ts', { packages: ['better-sqlite3'] }),
    ],
  );

  rule(
    'undici stays in central/sources, agent/photos and where notices leave, mail where letters do',
    all(
      stays(/^undici$/, 'central/sources/', 'central/outbox/webhook.ts', 'agent/photos/'),
      stays(/^nodemailer(\/|$)/, 'central/outbox/smtp.ts'),
    ),
    [
      made('central/collect/x.ts', { packages: ['undici'] }),
      made('central/console/x.ts', { packages: ['nodemailer'] }),
    ],
  );

  rule(
    'only main.ts knows the environment and ends the process',
    (among) =>
      among
        .filter(
          ({ name, text }) =>
            !/^\w+\/main\.ts$/.test(name) && /process\s*\.\s*(env|exit|exitCode)\b|process\s*\[/.test(text),
        )
        .map(({ name }) => name),
    [
      made('agent/x.ts', { text: 'process.env.HOME' }),
      made('central/x/main.ts', { text: 'process.exit(1)' }),
    ],
  );

  rule(
    'the locks of the base that belong to no row have their numbers in one place',
    (among) =>
      among
        .filter(({ name, text }) => name !== 'central/base/locks.ts' && /pg_(try_)?advisory/.test(text))
        .map(({ name }) => name),
    [made('central/base/national-layer/x.ts', { text: "tx.query('SELECT pg_advisory_xact_lock(7)')" })],
  );

  void t.test('no two of them have one number', (t) => {
    const text = sources.find(({ name }) => name === 'central/base/locks.ts')?.text ?? '';
    const numbers = [...text.matchAll(/^ {2}\w+: ([\d_]+),$/gm)].map(([, number]) => number);
    t.ok(numbers.length > 1, 'it finds them');
    t.equal(new Set(numbers).size, numbers.length);
    t.end();
  });

  rule(
    'no module finds others by scanning the disk: a packaged binary cannot',
    (among) => among.filter(({ text }) => /\breaddir|\bglob\(/.test(text)).map(({ name }) => name),
    [made('agent/x.ts', { text: 'readdirSync(here)' })],
  );

  void t.test('no barrels: a file of re-exports hides where things are', (t) => {
    const barrels = sources.filter(({ name, reexports }) => reexports > 1 || name.endsWith('/index.ts'));
    t.strictSame(
      barrels.map(({ name }) => name),
      [],
    );
    t.end();
  });

  void t.test('no circle of files', (t) => {
    t.strictSame(findCircle(new Map(sources.map(({ name, files }) => [name, files]))), null);
    const ring = ['a', 'b', 'c'].map((name, i, names) => [name, [names[(i + 1) % 3] ?? '']] as const);
    t.strictSame(findCircle(new Map(ring)), ['a', 'b', 'c', 'a'], 'it would find one');
    t.end();
  });

  void t.test(
    'no circle of folders: what stands in a folder, each folder in it seen as one, stands above what it uses',
    (t) => {
      const circleIn = (folder: string, among: readonly Source[]) =>
        findCircle(new Map(roomsIn(folder, among).map(({ name, uses }) => [name, uses])));
      for (const folder of foldersOf(sources)) t.strictSame(circleIn(folder, sources), null, folder);
      const back = made('shared/sources/x.ts', { files: ['shared/protocol/messages.ts'] });
      t.strictSame(
        new Set(circleIn('shared', [...sources, back])),
        new Set(['shared/protocol/', 'shared/sources/']),
        'it would find one, wherever it is entered',
      );
      t.end();
    },
  );
}
