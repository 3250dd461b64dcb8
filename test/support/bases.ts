import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { PGliteBase } from '../../central/base/pglite.ts';
import { PostgresBase } from '../../central/base/postgres.ts';
import project from '../../package.json' with { type: 'json' };
import { cachedFolder } from './cached-folder.ts';
import { migrationsHash } from './migrations-hash.ts';
import { type TestPostgres, testPostgres } from './postgres.ts';
import { isLong } from './runs.ts';
import { temporaryParent } from './temporary-parent.ts';

/** A temporary folder, deleted when the test ends. */
export function testFolder(t: Test): string {
  const folder = mkdtempSync(join(temporaryParent(), 'guarita-test-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** One of the two bases that Guarita knows, opened as production opens it. */
export interface TestBases {
  readonly kind: 'PGlite' | 'PostgreSQL';
  /** Null on PGlite. */
  readonly server: TestPostgres | null;
  /** A migrated base, the same for all tests of the file: each test uses a source name of its own. */
  readonly shared: Base;
  readonly baseId: string;
  /** A base with nothing in it; called again with the same name it opens the same one. */
  open(name: string): Promise<Base>;
  /** A migrated base of somebody's own, closed when the test ends: much less than a server of their own. */
  fresh(t: Test, name: string): Promise<Base>;
}

/** Runs one and the same test on PGlite and on a real PostgreSQL. */
export function onEachBase(t: Test, test: (t: Test, bases: TestBases) => Promise<void>): void {
  void t.test('PGlite', async (t) => test(t, await pgliteBases(t)));
  void t.test('PostgreSQL', async (t) => test(t, await postgresBases(t, await testPostgres(t))));
}

/**
 * For a file that both tiers run: PostgreSQL in the quick one, which takes half of PGlite's processor time, and PGlite in
 * the long one.
 */
export async function tierBases(t: Test): Promise<TestBases> {
  return isLong ? pgliteBases(t) : postgresBases(t, await testPostgres(t));
}

export async function pgliteBases(t: Test): Promise<TestBases> {
  const folder = testFolder(t);
  const copied = async (name: string, template: () => Promise<string>) => {
    const data = join(folder, name, 'base');
    if (!existsSync(data)) cpSync(await template(), data, { recursive: true });
    return PGliteBase.open(data);
  };
  const open = (name: string) => copied(name, emptyPglite);
  const fresh = closedAtEnd((name) => copied(name, pgliteTemplate));
  const shared = await fresh(t, 'shared');
  return { kind: 'PGlite', server: null, shared, baseId: await migrateBase(shared), open, fresh };
}

/**
 * A PGlite folder as it is after its first start, made once and copied from then on: making it takes seconds, and it is
 * the same every time. Its 128 MB of buffers would be cleared at each start, which takes more than half of that.
 */
export function emptyPglite(): Promise<string> {
  return cachedFolder(`pglite-16MB-${project.dependencies['@electric-sql/pglite']}`, async (made) => {
    await (await PGliteBase.open(made)).close();
    appendFileSync(join(made, 'postgresql.conf'), 'shared_buffers = 16MB\n');
  });
}

/** The same with a base as this program makes it: migrating takes a second of the processor. All copies have one id. */
export function pgliteTemplate(): Promise<string> {
  return cachedFolder(
    `pglite-${project.dependencies['@electric-sql/pglite']}-${migrationsHash()}`,
    async (made) => {
      cpSync(await emptyPglite(), made, { recursive: true });
      const base = await PGliteBase.open(made);
      await migrateBase(base);
      await base.close();
    },
  );
}

/** @param prefix of the names of its databases: for a server that others have databases on, too */
export async function postgresBases(
  t: Test,
  server: TestPostgres,
  prefix = 'base',
): Promise<TestBases & { readonly server: TestPostgres }> {
  const made = new Map<string, Promise<unknown>>();
  const copied = async (name: string, template: string | null) => {
    const database = `${prefix}_${name}`;
    const ready = made.get(name) ?? server.admin(createDatabase(database, template));
    made.set(name, ready);
    await ready;
    return openPostgresBase(server, database);
  };
  const open = (name: string) => copied(name, null);
  const fresh = closedAtEnd(async (name) => {
    const base = await copied(name, server.migrated);
    await migrateBase(base);
    return base;
  });
  const shared = await fresh(t, 'shared');
  return { kind: 'PostgreSQL', server, shared, baseId: await migrateBase(shared), open, fresh };
}

function closedAtEnd(made: (name: string) => Promise<Base>): TestBases['fresh'] {
  return async (t, name) => {
    const base = await made(name);
    t.teardown(() => base.close());
    return base;
  };
}

const createDatabase = (name: string, template: string | null) =>
  template === null
    ? `CREATE DATABASE ${name}`
    : `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`;

/** The base on a database of the server; its password goes apart from the address, as in production. */
export function openPostgresBase(server: TestPostgres, database: string, password = 'admin'): PostgresBase {
  const url = `postgres://postgres@127.0.0.1:${server.port}/${database}`;
  return new PostgresBase({ url, password, connections: 4, timeoutSeconds: 30 });
}

/** A new database of the server, migrated: its address for central, and the base for the test to look into. */
export async function centralDatabase(t: Test, server: TestPostgres, name: string) {
  await server.admin(createDatabase(name, server.migrated));
  const base = openPostgresBase(server, name);
  t.teardown(() => base.close());
  return { name, base, url: `postgres://postgres@127.0.0.1:${server.port}/${name}` };
}

export function query<R extends object>(base: Base, sql: string, parameters: readonly unknown[] = []) {
  return base.transaction((tx) => tx.query<R>(sql, parameters));
}
