import type { Sight } from '../../base/sight/sight.ts';

/** For whom links are looked up, and of which days. */
export interface AskedLinks {
  readonly sight: Sight;
  /** Up to which day somebody is where they are who has not left: YYYY-MM-DD, as all days here. */
  readonly today: string;
  /** Null: from the first day on. */
  readonly from: string | null;
  /** That day, too; null: to the last one. */
  readonly until: string | null;
}

/** A day as SQL has it. */
export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Error('no day');
  return `date '${text}'`;
}

/** Conditions on a span of days, of which either may not be known: what does not say when it was is not left out. */
export function within(start: string, end: string, { from, until }: AskedLinks): string {
  const parts = [
    ...(until === null ? [] : [`(${start} IS NULL OR ${start} <= ${day(until)})`]),
    ...(from === null ? [] : [`(${end} IS NULL OR ${end} >= ${day(from)})`]),
  ];
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}
