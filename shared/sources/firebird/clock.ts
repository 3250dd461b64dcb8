import { Temporal } from 'temporal-polyfill';
import { GuaritaError } from '../../errors.ts';
import { offsetSeconds } from '../../time-zone.ts';
import type { FirebirdTransaction } from './attachment.ts';

/**
 * The clock of the server when a transaction began. Firebird has a local clock only, and before version 4 no word for
 * its zone. How many whole hours it lies from UTC is told by the clock of this machine: up to half an hour between
 * the two does not matter, and every zone of the country is of whole hours.
 */
export interface ServerClock {
  /** As the server writes a TIMESTAMP. */
  readonly local: string;
  /** Hours from UTC. */
  readonly offset: number;
}

const hour = 3_600_000;

export async function readClock(transaction: FirebirdTransaction): Promise<ServerClock> {
  const [row] = await transaction.rows(
    'SELECT CAST(CAST(CURRENT_TIMESTAMP AS TIMESTAMP) AS VARCHAR(24) CHARACTER SET ASCII) FROM RDB$DATABASE',
  );
  const local = row?.[0];
  if (typeof local !== 'string') throw new GuaritaError('source-failed', 'O servidor não tem relógio.');
  return { local, offset: Math.round((millisOf(local) - Date.now()) / hour) };
}

/** As an ISO 8601 instant. */
export function instantOf({ local, offset }: ServerClock): string {
  return new Date(millisOf(local) - offset * hour).toISOString();
}

/** As the server would call it. */
export function zoneName({ offset }: ServerClock): string {
  return `UTC${offset < 0 ? '-' : '+'}${String(Math.abs(offset)).padStart(2, '0')}:00`;
}

/** Seconds from the server's local clock to that of a zone: 0 where the server's is set to it. */
export function secondsTo(zone: string, clock: ServerClock): number {
  return offsetSeconds(zone, Temporal.Instant.from(instantOf(clock))) - clock.offset * 3600;
}

/** Of a local time, as if it were of UTC. */
function millisOf(local: string): number {
  return Date.parse(`${local.replace(' ', 'T')}Z`);
}
