import { offsetSeconds } from '../../time-zone.ts';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { MysqlConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import type { MysqlColumn } from './types.ts';

const bits: Readonly<Record<string, number>> = {
  tinyint: 8,
  smallint: 16,
  mediumint: 24,
  int: 32,
  bigint: 64,
};

/** How watermarks of a type are bounded, or why they cannot be. */
export function mysqlWatermark(column: MysqlColumn, config: MysqlConfig): WatermarkKind | string {
  const { kind } = column;
  if (kind === 'integer' || kind === 'decimal') return number(column, config);
  if (kind === 'timestamp') return clock(config, 0, false, 'DATETIME(6)');
  if (kind !== 'datetime' && kind !== 'date') return 'o tipo dela não tem limite.';
  if (config.timeZone === undefined) return 'falta source.timeZone.';
  return clock(config, offsetSeconds(config.timeZone), true, kind === 'date' ? 'DATE' : 'DATETIME(6)');
}

/**
 * By the server's clock in UTC. Its tables of time zones are often not there (`CONVERT_TZ` is then NULL): what a local
 * clock is ahead is known here. In full precision whatever the column's, since the server rounds to fewer digits.
 */
function clock(
  config: MysqlConfig,
  aheadSeconds: number,
  isLocal: boolean,
  type: 'DATE' | 'DATETIME(6)',
): WatermarkKind {
  const overlap = effectiveOverlap(config.overlapSeconds, isLocal);
  const least = `CAST('0000-01-01 00:00:00' AS ${type})`;
  return {
    now: `CAST(UTC_TIMESTAMP(6) + INTERVAL ${aheadSeconds - config.settleSeconds} SECOND AS ${type})`,
    // Before the year 0 there is nothing: the server makes NULL of it.
    before: (bound) => `IFNULL(CAST(${bound} - INTERVAL ${overlap} SECOND AS ${type}), ${least})`,
  };
}

function number({ base, isUnsigned }: MysqlColumn, { overlapCount }: MysqlConfig): WatermarkKind {
  const width = bits[base];
  // A number of the scale that it has, without limits.
  if (width === undefined && base !== 'year')
    return { now: null, before: (bound, times = 1) => `${bound} - ${times * overlapCount}` };
  const least = isUnsigned || width === undefined ? '0' : `-${2n ** BigInt(width - 1)}`;
  // As a decimal: of an unsigned integer, less than nothing is an error.
  const less = (bound: string, count: number) => `CAST(${bound} AS DECIMAL(30)) - ${count}`;
  return {
    now: null,
    before: (bound, times = 1) => `GREATEST(${less(bound, times * overlapCount)}, ${least})`,
  };
}
