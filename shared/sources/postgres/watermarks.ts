import { offsetSeconds } from '../../time-zone.ts';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { PostgresConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import type { PostgresColumn } from './catalog.ts';

/** On a replica, what has been replayed is what can be bounded: its clock runs ahead of its data. */
const instant = `CASE WHEN pg_is_in_recovery()
  THEN least(now(), coalesce(pg_last_xact_replay_timestamp(), '-infinity')) ELSE now() END`;

/** The least value of a type: the overlap may be wider than the type is. */
const leastOf: Readonly<Record<string, string | null>> = {
  smallint: '-32768',
  integer: '-2147483648',
  bigint: '-9223372036854775808',
  numeric: null,
};

/** How watermarks of a type are bounded, or why they cannot be. */
export function postgresWatermark({ cast }: PostgresColumn, config: PostgresConfig): WatermarkKind | string {
  const least = leastOf[cast];
  if (least !== undefined) return number(cast, config, least);
  if (cast === 'timestamp with time zone') return clock(cast, config, instant, false);
  if (cast !== 'timestamp without time zone' && cast !== 'date') return 'its type has no bound.';
  if (config.timeZone === undefined) return 'source.timeZone is not declared.';
  const ahead = `${offsetSeconds(config.timeZone)} * interval '1 second'`;
  return clock(cast, config, `(${instant}) AT TIME ZONE 'UTC' + ${ahead}`, true);
}

function clock(cast: string, config: PostgresConfig, now: string, isLocal: boolean): WatermarkKind {
  const less = (from: string, seconds: number) =>
    `CAST((${from}) - ${seconds} * interval '1 second' AS ${cast})`;
  const overlap = effectiveOverlap(config.overlapSeconds, isLocal);
  return { now: less(now, config.settleSeconds), before: (bound) => less(bound, overlap) };
}

function number(cast: string, { overlapCount }: PostgresConfig, least: string | null): WatermarkKind {
  const less = (bound: string) => `${bound} - ${overlapCount}::numeric`;
  const before = (bound: string) => (least === null ? less(bound) : `greatest(${less(bound)}, ${least})`);
  return { now: null, before: (bound) => `CAST(${before(bound)} AS ${cast})` };
}
