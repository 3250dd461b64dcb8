import { effectiveOverlap } from '../reading/local-clock.ts';
import type { FirebirdConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import type { FirebirdColumn } from './catalog.ts';
import { type ServerClock, secondsTo } from './clock.ts';

/** How watermarks of a type are bounded, or why they cannot be. */
export function firebirdWatermark(
  column: FirebirdColumn,
  config: FirebirdConfig,
  clock: ServerClock,
): WatermarkKind | string {
  if (column.kind === 'integer') return number(column, config);
  if (column.kind !== 'timestamp' && column.kind !== 'date') return 'o tipo dela não tem limite.';
  if (config.timeZone === undefined) return 'falta source.timeZone.';
  return time(column, config, secondsTo(config.timeZone, clock) - config.settleSeconds, clock);
}

function time(
  { cast }: FirebirdColumn,
  { overlapSeconds }: FirebirdConfig,
  fromClock: number,
  { local }: ServerClock,
): WatermarkKind {
  const first = `CAST('0001-01-01 00:00:00' AS TIMESTAMP)`;
  const overlap = effectiveOverlap(overlapSeconds, true);
  const before = (bound: string) => {
    const instant = `CAST(${bound} AS TIMESTAMP)`;
    // The year 1 is the first that there is.
    return `CASE WHEN ${instant} < DATEADD(SECOND, ${overlap}, ${first}) THEN ${first}
      ELSE DATEADD(SECOND, ${-overlap}, ${instant}) END`;
  };
  return {
    now: `CAST(DATEADD(SECOND, ${fromClock}, CAST('${local}' AS TIMESTAMP)) AS ${cast})`,
    before: (bound) => `CAST(${before(bound)} AS ${cast})`,
  };
}

function number({ cast, range, scale }: FirebirdColumn, { overlapCount }: FirebirdConfig): WatermarkKind {
  const [least = 0n] = range ?? [];
  const digits = (least < 0n ? -least : least).toString().padStart(scale + 1, '0');
  const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  const floor = `CAST('-${text}' AS ${cast})`;
  return {
    now: null,
    before: (bound, times = 1) => {
      const count = times * overlapCount;
      return `CASE WHEN ${bound} < ${floor} + ${count} THEN ${floor} ELSE ${bound} - ${count} END`;
    },
  };
}
