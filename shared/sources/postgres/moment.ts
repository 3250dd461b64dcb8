import type { ClientBase } from 'pg';
import { Temporal } from 'temporal-polyfill';
import { GuaritaError } from '../../errors.ts';
import { postgresAddress } from '../postgres-client/address.ts';
import type { PostgresConfig } from '../source-config.ts';
import { readEpoch } from './catalog.ts';
import { type ReplicaState, readReplica } from './replica.ts';
import { lookAtServer } from './server-look.ts';

/** What is read before a transaction begins, so that its snapshot has everything that is told of here. */
export interface PostgresMoment {
  readonly epoch: string;
  /** The clock of the server, as an ISO 8601 instant in UTC. */
  readonly clock: string;
  /** Up to where a cycle that begins now reads: an instant, the settle time taken off. */
  readonly until: string;
  /**
   * What the next cycle may count on, where that is less than `until`: the instant up to which nothing can come late.
   * Null where `until` itself is; `-infinity` where nothing is known.
   */
  readonly settled: string | null;
  readonly replica: ReplicaState | null;
}

/** Throws `replica-behind`. */
export async function readMoment(
  client: ClientBase,
  { url, settleSeconds }: PostgresConfig,
): Promise<PostgresMoment> {
  const look = await lookAtServer(client);
  const epoch = await readEpoch(client, look);
  const settled = plus(look.clock, -settleSeconds);
  if (!look.isReplica) return { epoch, clock: look.clock, until: settled, settled: null, replica: null };
  const replica = await readReplica(client, look);
  const { replayed, isCurrent } = replica;
  if (replayed === null && !isCurrent) throw replicaBehind(url, 'it has replayed nothing since it started');
  return {
    epoch,
    clock: look.clock,
    until: untilOf(replica, settled),
    settled: replayed === null ? '-infinity' : plus(replayed, -settleSeconds),
    replica,
  };
}

/**
 * All that is replayed counts as seen. A second more than the last commit, whose own instant need not be the greatest:
 * rows may be dated in whole seconds, a checkpoint is, and commits that are at work together may change places.
 */
function untilOf({ replayed, isCurrent }: ReplicaState, settled: string): string {
  if (replayed === null) return settled;
  const seen = plus(replayed, 1);
  return isCurrent && Temporal.Instant.compare(settled, seen) > 0 ? settled : seen;
}

/** What a replica cannot answer yet; the next try may find that it has caught up. */
export function replicaBehind(url: string, why: string): GuaritaError {
  const address = postgresAddress(url);
  const name = address === null ? 'of this machine' : `${address.host}:${address.port}`;
  return new GuaritaError('replica-behind', `Replica ${name}: ${why}.`);
}

function plus(instant: string, seconds: number): string {
  return Temporal.Instant.from(instant).add({ seconds }).toString({ fractionalSecondDigits: 6 });
}
