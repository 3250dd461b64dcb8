// Tier: quick. Seconds, on a PostgreSQL of its own.
import { inspect } from 'node:util';
import t, { type Test } from 'tap';
import type { Base } from '../../central/base/base.ts';
import { baseError } from '../../central/base/errors.ts';
import { migrateBase } from '../../central/base/migrate.ts';
import { openBase } from '../../central/base/open.ts';
import { freePort } from '../../scripts/demo/processes.ts';
import { describeError } from '../../shared/describe-error.ts';
import { openPostgresBase, query, testFolder } from '../support/bases.ts';
import { testPostgres } from '../support/postgres.ts';

const server = await testPostgres(t);
const secret = 'senha-muito-secreta';
const here = `127.0.0.1:${server.port}`;

/** Opens a base and asks it something; the error of whichever fails. */
async function errorOf(t: Test, url: string): Promise<unknown> {
  const options = { url, password: secret, folder: testFolder(t), connections: 2, timeoutSeconds: 5 };
  try {
    const base = await openBase(options);
    try {
      await query(base, 'SELECT 1');
    } finally {
      await base.close();
    }
  } catch (error) {
    return error;
  }
  return null;
}

void t.test('what keeps a base from being reached is said without its password', async (t) => {
  for (const [what, url, code] of [
    ['wrong password', `postgres://postgres@${here}/postgres`, 'base-unavailable'],
    ['unknown user', `postgres://ninguem@${here}/postgres`, 'base-unavailable'],
    ['nobody listens', `postgres://postgres@127.0.0.1:${await freePort()}/postgres`, 'base-unavailable'],
    ['no such host', 'postgres://postgres@base.invalid/postgres', 'base-unavailable'],
    ['no address at all', 'postgres://', 'base-unavailable'],
    ['not a port', 'postgres://postgres@127.0.0.1:99999/postgres', 'config-invalid'],
  ] as const) {
    const error = await errorOf(t, url);
    t.match(error, { code }, what);
    const everything =
      inspect(error, { depth: null, showHidden: true }) + JSON.stringify(describeError(error));
    t.notMatch(everything, secret, `${what}: no password`);
    t.notMatch(everything, encodeURIComponent(secret));
  }
});

void t.test('a broken pipe is the line, not the database', async (t) => {
  const broken = Object.assign(new Error('write EPIPE'), { code: 'EPIPE' });
  t.match(baseError(broken), { code: 'base-unavailable' });
});

void t.test('a password with characters that mean something in an address', async (t) => {
  const strange = `p@ss/wo?rd#:%41 "'é&`;
  await server.admin(`CREATE ROLE estranho LOGIN PASSWORD '${strange.replaceAll("'", "''")}'`);
  const options = { password: strange, folder: testFolder(t), connections: 1, timeoutSeconds: 5 };
  const base = await openBase({ ...options, url: `postgres://estranho@${here}/postgres` });
  t.strictSame(await query(base, 'SELECT current_user::text AS me'), [{ me: 'estranho' }]);
  await base.close();
});

void t.test('times are told in UTC, whatever the server prefers', async (t) => {
  await server.admin(`ALTER SYSTEM SET TimeZone = 'America/Maceio'`);
  await server.admin('SELECT pg_reload_conf()');
  const base = openPostgresBase(server, 'postgres');
  t.strictSame(await query(base, 'SHOW TimeZone'), [{ TimeZone: 'UTC' }]);
  await base.close();
});

await t.test('a server that is too old is refused before anything is done to it', async (t) => {
  const statements: string[] = [];
  const old: Base = {
    stepMilliseconds: 1,
    atOnce: 1,
    snapshot: () => Promise.reject(new Error('nothing is read of it')),
    transaction: (work) =>
      work({
        query: <R extends object>(sql: string) => {
          statements.push(sql);
          return Promise.resolve([{ encoding: 'UTF8', version: 140_012 }] as unknown as R[]);
        },
        rows: () => {
          throw new Error('nothing is read of it');
        },
        execute: (sql) => Promise.resolve(void statements.push(sql)),
        attempt: (part) => part(),
        copyIn: () => Promise.resolve(0),
      }),
    close: () => Promise.resolve(),
  };
  await t.rejects(migrateBase(old), { code: 'base-unsuitable', retry: 'no', detail: /14/ });
  t.equal(statements.length, 1);
});
