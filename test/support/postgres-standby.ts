import type { Test } from 'tap';
import { until } from './deferred.ts';
import { type OwnPostgres, postgresPrograms } from './postgres-programs.ts';

/** A primary and a replica that streams from it, both of this test's own; idle but for what the test does. */
export interface PostgresPair {
  readonly primary: OwnPostgres;
  readonly standby: OwnPostgres;
  /** Resolves when the replica has what the primary has. */
  readonly caughtUp: () => Promise<void>;
  /** Resolves when the replica has a connection to the primary, or has none. */
  readonly connected: (is: boolean) => Promise<void>;
}

/** No work of its own may write to the log that a replica follows; whoever lost the other one looks again at once. */
const settings = `
  listen_addresses = '127.0.0.1'
  unix_socket_directories = ''
  fsync = off
  autovacuum = off
  wal_keep_size = '256MB'
  wal_retrieve_retry_interval = '100ms'
  shared_buffers = '16MB'
`;

/** With the programs of the folder that the environment names, else null: then the test is skipped, loudly. */
export async function postgresPair(t: Test): Promise<PostgresPair | null> {
  const programs = postgresPrograms(t, 'no replica is tested');
  if (programs === null) return null;
  const primary = await programs.server('primary');
  const standby = await programs.server('standby');
  programs.initialise(primary, settings);
  primary.start();
  const from = ['--host=127.0.0.1', `--port=${primary.port}`, '--username=postgres'];
  programs.run('pg_basebackup', ['-D', standby.data, ...from, '-R', '-c', 'fast', '--no-sync']);
  standby.start();

  const valueOf = async (of: OwnPostgres, expression: string) =>
    (await of.admin(`SELECT ${expression} AS value`))[0]?.['value'];
  return {
    primary,
    standby,
    caughtUp: async () => {
      const written = String(await valueOf(primary, 'pg_current_wal_flush_lsn()'));
      await until('the replica has all', async () =>
        Boolean(await valueOf(standby, `pg_last_wal_replay_lsn() >= '${written}'`)),
      );
    },
    connected: (is) =>
      until('the connection of the replica', async () => {
        const found = await valueOf(standby, 'EXISTS (SELECT FROM pg_stat_wal_receiver)');
        return found === is;
      }),
  };
}
