// Tier: quick. In this process, on a PostgreSQL of its own: the base is another program's, or is being migrated by one.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { atVersion } from '../../central/base/at-version.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { migrations } from '../../central/base/migrations.ts';
import { rules } from '../../central/treat/rules/all.ts';
import { treat } from '../../central/treat/treat.ts';
import { openPostgresBase, query, testFolder } from '../support/bases.ts';
import { runCommand } from '../support/commands.ts';
import { deferred } from '../support/deferred.ts';
import { testPostgres } from '../support/postgres.ts';
import { runs } from '../support/runs.ts';
import { given, today } from '../treat/bad-input/given.ts';
import { BesideBase } from '../treat/small-state/beside.ts';

const server = await testPostgres(t);
const folder = testFolder(t);
const config = join(folder, 'central.yaml');
const options = { base: { password: { env: 'SENHA' } }, log: { level: 'silent' } };
writeFileSync(config, JSON.stringify({ state: join(folder, 'state'), ...options }));
const base = openPostgresBase(server, 'postgres');
const other = openPostgresBase(server, 'postgres');
t.teardown(() => Promise.all([base.close(), other.close()]));
await migrateBase(base);
const people = await given(base, 'AL', 'custodiado', ['id', 'nome', 'sexo'], [['1', 'Ana', 'QQ']]);

const url = `postgres://postgres@127.0.0.1:${server.port}/postgres`;
const command = (...args: readonly string[]) =>
  runCommand('central', ['-c', config, '--base', url, ...args], {
    environment: { SENHA: 'admin', SUDO_USER: 'maria' },
  });
const commands = [
  ['treat'],
  ['findings'],
  ['findings', 'export', 'AL'],
  ['codes'],
  ['codes', 'map', 'AL', 'custodiado.sexo', 'QQ', 'feminino'],
  ['trace', 'AL', 'custodiado', '1'],
];

/** All that stands in the base. */
async function content(): Promise<unknown> {
  const tables = await query<{ name: string }>(
    base,
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
      WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1`,
  );
  const each = tables.map(
    ({ name }) => `SELECT '${name}' AS name, md5(string_agg(t::text, ' ' ORDER BY t::text)) FROM ${name} t`,
  );
  return query(base, each.join(' UNION ALL '));
}

/** Another program has migrated the base beyond what this one knows, until the work is done. */
async function whileNewer(work: () => Promise<void>): Promise<void> {
  await query(other, 'INSERT INTO guarita.migration (version) VALUES ($1)', [migrations.length + 1]);
  await work();
  await query(other, 'DELETE FROM guarita.migration WHERE version > $1', [migrations.length]);
}

/** Takes the lock under which the base is migrated, whatever the version. */
const migrating = 'SELECT pg_advisory_xact_lock(4871266310)';

/** Another program is at migrating, until the work is done. */
async function whileMigrated(work: () => Promise<void>): Promise<void> {
  const [held, done] = [deferred(), deferred()];
  const taken = other.transaction(async (tx) => {
    await tx.query(migrating);
    await tx.query('INSERT INTO guarita.migration (version) VALUES ($1)', [migrations.length + 1]);
    held.resolve();
    await done.promise;
    throw new Error('taken back');
  });
  await held.promise;
  await work();
  done.resolve();
  await taken.catch(() => {});
}

for (const [when, during, code] of [
  ['newer', whileNewer, 'base-newer'],
  ['being migrated', whileMigrated, 'base-migrating'],
] as const) {
  await t.test(`where the base is ${when}, each command says so and changes nothing`, async (t) => {
    const before = await content();
    await during(async () => {
      for (const args of commands) {
        const { code: exit, output, errors } = await command(...args);
        const name = args.join(' ');
        t.not(exit, 0, name);
        t.match(errors, `[${code}]`, name);
        t.match(errors, /→/, `${name}: with what to do`);
        t.equal(output, '', name);
      }
    });
    t.strictSame(await content(), before);
  });
}

for (const [when, code] of [
  ['is migrated', 'base-newer'],
  ['is being migrated', 'base-migrating'],
] as const) {
  await t.test(`where it ${when} in the middle of a treatment, that ends there`, async (t) => {
    let places = 0;
    for (let came = true; came; places += runs(6, 1)) {
      came = false;
      await people.load([['1', 'Ana', `${code} ${places}`]]);
      const [held, done] = [deferred(), deferred()];
      let work: Promise<unknown> = Promise.resolve();
      let before: unknown;
      // One part at a time: what is under way beside it ends as it began.
      const guarded = { ...atVersion(base), atOnce: 1 };
      const beside = new BesideBase(guarded, async (transaction) => {
        if (transaction !== places) return;
        came = true;
        before = await content();
        const during = code === 'base-newer' ? whileNewer : whileMigrated;
        work = during(() => {
          held.resolve();
          return done.promise;
        });
        await held.promise;
      });
      const ended = await treat(beside, { rules, today, sources: ['AL'] }).then(
        ([result]) => result?.problem ?? result?.typed[0]?.problem,
        (error: unknown) => (error as { code?: string }).code,
      );
      done.resolve();
      await work;
      if (!came) break;
      t.equal(ended, code, `before transaction ${places}`);
      t.strictSame(await content(), before, 'and changes nothing more');
    }
    t.ok(places > 10, `${places} places`);
  });
}

await t.test('who has to migrate, too, waits for who is at it, but not for ever', async (t) => {
  await server.admin('CREATE DATABASE fresh');
  const [one, two] = [openPostgresBase(server, 'fresh'), openPostgresBase(server, 'fresh')];
  await one.transaction(async (tx) => {
    await tx.query(migrating);
    await t.rejects(migrateBase(two, { waitMilliseconds: 1 }), { code: 'base-migrating', retry: 'later' });
  });
  t.ok(await migrateBase(two), 'then it can');
  await Promise.all([one.close(), two.close()]);
});
