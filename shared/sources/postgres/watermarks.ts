import { Temporal } from 'temporal-polyfill';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { PostgresConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import type { PostgresColumn } from './catalog.ts';
import type { PostgresMoment } from './moment.ts';

/** The least value of a type: the overlap may be wider than the type is. */
const leastOf: Readonly<Record<string, string | null>> = {
  smallint: '-32768',
  integer: '-2147483648',
  bigint: '-9223372036854775808',
  numeric: null,
};

/** How watermarks of a type are bounded, or why they cannot be. */
export function postgresWatermark(
  { cast }: PostgresColumn,
  config: PostgresConfig,
  moment: PostgresMoment,
): WatermarkKind | string {
  const least = leastOf[cast];
  if (least !== undefined) return number(cast, config, least);
  if (cast === 'timestamp with time zone') return clock(cast, config, moment, null);
  if (cast !== 'timestamp without time zone' && cast !== 'date') return 'o tipo dela não tem limite.';
  if (config.timeZone === undefined) return 'falta source.timeZone.';
  return clock(cast, config, moment, config.timeZone);
}

/** @param zone of local instants; null for those that have their own */
function clock(
  cast: string,
  config: PostgresConfig,
  { until, settled }: PostgresMoment,
  zone: string | null,
): WatermarkKind {
  const overlap = effectiveOverlap(config.overlapSeconds, zone !== null);
  const literal = (instant: string) =>
    `CAST('${zone === null ? instant : localText(instant, zone)}' AS ${cast})`;
  const sure = (bound: string) => (settled === null ? bound : `least(${bound}, ${literal(settled)})`);
  return {
    now: literal(until),
    before: (bound) => `CAST(${sure(bound)} - ${overlap} * interval '1 second' AS ${cast})`,
  };
}

/** What the clocks of a zone show at an instant. */
function localText(instant: string, zone: string): string {
  if (instant === '-infinity') return instant;
  return Temporal.Instant.from(instant).toZonedDateTimeISO(zone).toPlainDateTime().toString();
}

function number(cast: string, { overlapCount }: PostgresConfig, least: string | null): WatermarkKind {
  return {
    now: null,
    before: (bound, times = 1) => {
      const less = `${bound} - ${times * overlapCount}::numeric`;
      return `CAST(${least === null ? less : `greatest(${less}, ${least})`} AS ${cast})`;
    },
  };
}
