import type { Test } from 'tap';
import { asTestServer, fast, type TestPostgres } from './postgres.ts';
import { postgresPrograms } from './postgres-programs.ts';

const settings = ["listen_addresses='127.0.0.1'", "unix_socket_directories=''", ...fast].join('\n');

/**
 * A server of this test's own, by the programs of the folder that the environment names: those of the oldest version that
 * a base may have. Null without it; then the test is skipped, loudly.
 */
export async function olderPostgres(t: Test): Promise<TestPostgres | null> {
  const programs = postgresPrograms(t, 'no base on the oldest version of PostgreSQL is tested');
  if (programs === null) return null;
  const server = await programs.server('older');
  programs.initialise(server, settings);
  server.start();
  return asTestServer({ ...server, stop: async () => server.stop() });
}
