import type { ClientBase } from 'pg';
import { Temporal } from 'temporal-polyfill';
import type { ReplicaFacts } from '../engine.ts';
import { instantText, type ServerLook } from './server-look.ts';

/** How far a replica follows its primary, as far as its user may see that. */
export interface ReplicaState extends ReplicaFacts {
  /** Whether it receives, and all that it was told of is replayed: then what is not here, the primary had not either. */
  readonly isCurrent: boolean;
}

/**
 * Without `pg_read_all_stats` only that there is a receiver can be seen, and not up to where the primary has written:
 * while a replica makes up for a long break it may then look current. So no more than freshness is told by that; where
 * the next cycle begins is told by what was replayed. When nothing was replayed since the start, all commits lie before
 * the checkpoint that it started from.
 */
const statement = (started: string) => `
  SELECT coalesce(${instantText('pg_last_xact_replay_timestamp()')}, ${started}) AS replayed,
         receiver.connected,
         receiver.connected AND coalesce(pg_last_wal_replay_lsn() >= receiver.written, false) AS current
    FROM (SELECT coalesce(bool_or(coalesce(status, 'streaming') = 'streaming'), false) AS connected,
                 greatest(max(latest_end_lsn), pg_last_wal_receive_lsn()) AS written
            FROM pg_stat_wal_receiver) receiver`;

interface Row {
  readonly replayed: string | null;
  readonly connected: boolean;
  readonly current: boolean;
}

const checkpoint = `(SELECT ${instantText('checkpoint_time')} FROM pg_control_checkpoint())`;

export async function readReplica(
  client: ClientBase,
  { clock, maySeeCheckpoint }: ServerLook,
): Promise<ReplicaState> {
  const { rows } = await client.query<Row>(statement(maySeeCheckpoint ? checkpoint : 'NULL'));
  const { replayed, connected, current } = rows[0] ?? { replayed: null, connected: false, current: false };
  const age = replayed === null ? 0 : Temporal.Instant.from(replayed).until(clock).total('seconds');
  return {
    ...{ replayed, isConnected: connected, isCurrent: current },
    behindSeconds: current ? 0 : Math.max(0, age),
  };
}
