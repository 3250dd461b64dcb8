import { Client } from 'pg';
import type { Test } from 'tap';
import { pgbouncer } from '../../support/pgbouncer.ts';
import type { TestPostgres } from '../../support/postgres.ts';
import { postgresHarness } from '../../support/postgres-harness.ts';
import { digestsOf } from '../../support/read-answers.ts';

/**
 * Everything that would render values otherwise, or let more happen than may, left in the session by somebody else. What
 * the pooler itself asks of a session has to come to its end under it, too, so a column shows the time that is left.
 */
const left = `SET extra_float_digits = -15; SET bytea_output = 'escape'; SET IntervalStyle = 'postgres_verbose';
  SET DateStyle = 'SQL, DMY'; SET TimeZone = 'America/Maceio'; SET lc_monetary = 'C.UTF-8'; SET xmlbinary = 'hex';
  SET search_path = pg_temp; SET quote_all_identifiers = on; SET standard_conforming_strings = off;
  SET default_transaction_read_only = off; SET default_transaction_isolation = 'serializable';
  SET statement_timeout = '7s'; SET client_encoding = 'LATIN1'`;

/** A pooler may put another session of the server, of which anything can be true, behind each transaction. */
export async function pooled(t: Test, program: string, server: TestPostgres): Promise<void> {
  const port = await pgbouncer(t, program, server);
  const harness = await postgresHarness(t, server, { database: 'emprestada', port });
  await harness.execute(`CREATE TABLE guardados (id int PRIMARY KEY, marca timestamptz, f float8, r real, b bytea,
    i interval, d date, z timestamptz, m money, t text, c regclass)`);
  await harness.execute(`INSERT INTO guardados SELECT n, '2026-01-01', 0.1::float8 + 0.2::float8, 1.1::real + n, '\\x00ff5c',
    n * interval '1 day 1 second', date '2026-01-02' + n, timestamptz '2026-01-02 03:04:05Z', 1234.5::money, 'ção', 'guardados'
    FROM generate_series(1, 50) n`);
  await harness.execute(`CREATE VIEW valores AS
    SELECT *, current_setting('statement_timeout') AS prazo FROM guardados`);
  const source = harness.openEngine({ views: [{ name: 'valores', key: ['id'], watermark: 'marca' }] });
  t.teardown(() => source.close());
  const read = async () => ({
    lines: (await source.page('valores', { after: null, until: null })).lines.toString('utf8'),
    digests: await digestsOf(source, 'valores', 4),
  });
  const first = await read();
  t.match(first.lines, /\t0\.30000000000000004\t/);
  t.match(first.lines, /\tP1DT1S\t/);
  t.match(first.lines, /\t30s\n/);
  t.match(first.lines, /\t2026-01-02 03:04:05\+00\t/);

  await t.test('with settings that were left in it', async (t) => {
    const other = new Client({
      host: '127.0.0.1',
      port,
      user: 'leitor',
      password: 'leitura',
      database: 'emprestada',
    });
    await other.connect();
    await other.query(left);
    await other.end();
    const [state] = await server.admin(
      `SELECT count(*)::int AS sessions FROM pg_stat_activity WHERE datname = 'emprestada' AND usename = 'leitor'`,
    );
    t.equal(state?.['sessions'], 1, 'it is the same session');
    t.strictSame(await read(), first);
    t.strictSame(await source.proveReadOnly(), []);
  });

  await t.test('that is replaced', async (t) => {
    await server.admin(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'leitor'`);
    // The pooler hands the end of its session on to who asks next.
    await source.describe().catch((error: unknown) => t.match(error, { code: 'source-unavailable' }));
    t.strictSame(await read(), first);
  });
}
