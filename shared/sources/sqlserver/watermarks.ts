import { Temporal } from 'temporal-polyfill';
import { offsetSeconds } from '../../time-zone.ts';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { SqlServerConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import { firstDay, leastInteger } from './literals.ts';
import type { SqlServerMoment } from './moment.ts';
import { bytesLiteral } from './text.ts';
import type { SqlServerColumn } from './types.ts';

/** How watermarks of a type are bounded, or why they cannot be. */
export function sqlServerWatermark(
  column: SqlServerColumn,
  config: SqlServerConfig,
  moment: SqlServerMoment,
): WatermarkKind | string {
  const { base } = column;
  if (base === 'timestamp') return rowversion(moment);
  const least = leastNumber(column);
  if (least !== null) return number(column, config, least);
  if (base === 'datetimeoffset') return clock(column, config, moment, null);
  if (!['datetime2', 'datetime', 'smalldatetime', 'date'].includes(base))
    return 'o tipo dela não tem limite.';
  if (config.timeZone === undefined) return 'falta source.timeZone.';
  return clock(column, config, moment, config.timeZone);
}

/**
 * A `rowversion` grows with every change in the database. The bound lies just before the first one that a transaction
 * still open may bring, so that everything up to it is committed and nothing can come later: no settle time, and the
 * next cycle begins there. Where the user's own transactions stay open for hours, so long does the bound stand still.
 */
function rowversion({ leastActiveRowversion }: SqlServerMoment): WatermarkKind {
  const last = leastActiveRowversion > 0n ? leastActiveRowversion - 1n : 0n;
  const hexadecimal = last.toString(16).padStart(16, '0');
  return { now: `CONVERT(binary(8), ${bytesLiteral(hexadecimal)})`, before: (bound) => bound };
}

/**
 * The server rounds an instant to the precision of a type; rounded up, a bound would pass over what is still to be
 * written at that very instant. So a bound is one such step earlier, as DATEADD takes it.
 */
function stepBack({ base, scale }: SqlServerColumn): string {
  if (base === 'date') return 'second, 0';
  if (base === 'smalldatetime') return 'second, -60';
  if (base === 'datetime') return 'millisecond, -4';
  return scale === 0 ? 'second, -1' : `nanosecond, -${10 ** (9 - scale)}`;
}

/** @param zone of local instants; null for those that have their own */
function clock(
  column: SqlServerColumn,
  config: SqlServerConfig,
  { clock: utc }: SqlServerMoment,
  zone: string | null,
): WatermarkKind {
  const { base, type } = column;
  const at = Temporal.Instant.from(`${utc.replace(' ', 'T')}Z`);
  const offset = zone === null ? 0 : offsetSeconds(zone, at);
  const settled = `DATEADD(second, ${offset - config.settleSeconds}, CONVERT(datetime2(7), N'${utc}', 121))`;
  const exact = `DATEADD(${stepBack(column)}, ${settled})`;
  const overlap = effectiveOverlap(config.overlapSeconds, zone !== null);
  // A date takes no seconds: as many days as the overlap touches.
  const [part, count] = base === 'date' ? ['day', Math.ceil(overlap / 86_400)] : ['second', overlap];
  const first = base === 'date' ? firstDay(base) : `${firstDay(base)} 00:00:00`;
  const least = `CONVERT(${type}, N'${first}${base === 'datetimeoffset' ? ' +00:00' : ''}', ${base === 'date' ? 23 : 121})`;
  return {
    now:
      base === 'datetimeoffset'
        ? `CONVERT(${type}, TODATETIMEOFFSET(${exact}, 0))`
        : `CONVERT(${type}, ${exact})`,
    before: (bound) =>
      `CASE WHEN ${bound} < DATEADD(${part}, ${count}, ${least}) THEN ${least} ELSE DATEADD(${part}, -${count}, ${bound}) END`,
  };
}

/** The least value of a type of numbers that grow, in units of its last place; null for any other type. */
function leastNumber({ base, precision }: SqlServerColumn): bigint | null {
  if (base === 'decimal' || base === 'numeric') return 1n - 10n ** BigInt(precision);
  return base === 'bit' ? null : leastInteger(base);
}

function number(
  { type, scale }: SqlServerColumn,
  { overlapCount }: SqlServerConfig,
  least: bigint,
): WatermarkKind {
  const unit = 10n ** BigInt(scale);
  const before = (bound: string, times = 1) => {
    const count = times * overlapCount;
    const within = decimalText(least + BigInt(count) * unit, scale);
    return `CASE WHEN ${bound} < ${within} THEN CAST(${decimalText(least, scale)} AS ${type}) ELSE CAST(${bound} - ${count} AS ${type}) END`;
  };
  return { now: null, before };
}

/** A number of units of the last place, written with its decimals: a literal of T-SQL. */
function decimalText(units: bigint, scale: number): string {
  const sign = units < 0n ? '-' : '';
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
