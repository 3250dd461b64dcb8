import { Temporal } from 'temporal-polyfill';

/** Seconds that a clock is ahead of UTC, by seconds since 1970. */
export type Clock = (epoch: number) => number;

interface Span {
  readonly from: number;
  readonly to: number;
  readonly ahead: number;
}

/**
 * The clock of an IANA zone, as of `±hh:mm` and `UTC`. Asked for millions of instants: it keeps the spans between its
 * changes, of which a zone has few.
 */
export function clockOf(timeZone: string): Clock {
  const spans: Span[] = [];
  let span: Span = { from: 0, to: 0, ahead: 0 };
  return (epoch) => {
    if (epoch < span.from || epoch >= span.to) {
      const known = spans.find(({ from, to }) => epoch >= from && epoch < to);
      span = known ?? spanAround(timeZone, epoch);
      if (known === undefined) spans.push(span);
    }
    return span.ahead;
  };
}

function spanAround(timeZone: string, epoch: number): Span {
  const there = Temporal.Instant.fromEpochMilliseconds(epoch * 1000).toZonedDateTimeISO(timeZone);
  const next = there.getTimeZoneTransition('next');
  // A moment later, so that a change at this very second is found as the one before.
  const before = there.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: before === null ? -Infinity : before.epochMilliseconds / 1000,
    to: next === null ? Infinity : next.epochMilliseconds / 1000,
    ahead: there.offsetNanoseconds / 1e9,
  };
}
