import { offsetSeconds } from '../../time-zone.ts';
import { effectiveOverlap } from '../reading/local-clock.ts';
import type { SqliteConfig } from '../source-config.ts';
import type { WatermarkKind } from '../sql/snapshot.ts';
import { quoteText, type SqliteColumn } from './values.ts';

const defaultFormat = '%Y-%m-%d %H:%M:%f';

/**
 * How watermarks of a column are bounded, or why they cannot be. SQLite has no type for instants, so the configuration
 * says how the view writes them (strftime); a column declared as a number and given no format is bounded by its
 * greatest value.
 * @param declared how its instants are written, where that is declared
 */
export function sqliteWatermark(
  { type }: SqliteColumn,
  declared: string | undefined,
  config: SqliteConfig,
): WatermarkKind | string {
  const isNumber = /INT|REAL|FLOA|DOUB|NUM|DEC/.test(type.toUpperCase());
  if (isNumber && declared === undefined) {
    return { now: null, before: (bound, times = 1) => `${bound} - ${times * config.overlapCount}` };
  }
  const format = declared ?? defaultFormat;
  const isEpoch = format === '%s';
  // Text sorts as time only from the year on.
  if (!isEpoch && !format.startsWith('%Y')) return `o formato "${format}" não se ordena pelo tempo.`;
  const isLocal = !isEpoch && !format.endsWith('Z');
  if (isLocal && config.timeZone === undefined) return 'falta source.timeZone.';
  const overlap = effectiveOverlap(config.overlapSeconds, isLocal);
  return {
    // Only when it is asked for: not every question is about the present.
    get now() {
      const ahead = isLocal ? offsetSeconds(config.timeZone ?? 'UTC') : 0;
      return instant(format, `'now', '-${config.settleSeconds} seconds', '${ahead} seconds'`);
    },
    before: (bound) => instant(format, `${isEpoch ? `${bound}, 'unixepoch'` : bound}, '-${overlap} seconds'`),
  };
}

/** An epoch count (`%s`) is compared as the integer that the column holds, all else as text. */
function instant(format: string, moment: string): string {
  const text = `strftime(${quoteText(format)}, ${moment})`;
  return format === '%s' ? `CAST(${text} AS INTEGER)` : text;
}
