import { daysLater, firstDay, lastDay } from './dates.ts';
import { type Custodia, sure } from './rows.ts';
import { thresholds } from './thresholds.ts';

/** First and last day. */
type Span = readonly [from: string, to: string];

/** Days, as spans that are apart and in order: asking is a binary search. */
export class Spans {
  readonly #spans: readonly Span[];

  constructor(spans: readonly Span[]) {
    const apart: [string, string][] = [];
    for (const [from, to] of [...spans].sort(([a], [b]) => (a < b ? -1 : Number(a > b)))) {
      const before = apart.at(-1);
      if (before === undefined || before[1] < from) apart.push([from, to]);
      else if (before[1] < to) before[1] = to;
    }
    this.#spans = apart;
  }

  covers(day: string): boolean {
    return this.meets(day, day);
  }

  /** Whether one of the days from the first to the last is among them. */
  meets(from: string, to: string): boolean {
    let [low, high] = [0, this.#spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const span = this.#spans[middle];
      if (span !== undefined && span[1] < from) low = middle + 1;
      else high = middle;
    }
    const span = this.#spans[low];
    return span !== undefined && span[0] <= to;
  }
}

/**
 * The days on which something may have lasted that began and ended on these: what is not known lies open. A day more on
 * either side, since what happens at night is written down by day.
 */
export function possibleDays(from: string | null, to: string | null): Span {
  const wrong = from !== null && to !== null && to < from;
  const slack = thresholds.slackDays.value;
  return [
    from === null || wrong ? firstDay : daysLater(from, -slack),
    to === null || wrong ? lastDay : daysLater(to, slack),
  ];
}

/** The same of a custody. Where a state keeps the present one only, the days before are not known. */
export function possibleSpan(custodia: Custodia): Span {
  const from = custodia.so_atual === true ? null : sure(custodia, 'entrada');
  return possibleDays(from, sure(custodia, 'saida'));
}
