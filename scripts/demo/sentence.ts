import type { Life } from './life.ts';
import type { State } from './state-rows.ts';

export interface Sentence {
  /** In days before today, as what follows; days to come are negative. */
  readonly begin: number;
  readonly end: number;
  readonly years: number;
  readonly months: number;
  readonly days: number;
  /** Days by work or study, of whom has worked or studied. */
  readonly remitted: number;
  /** Days held before the sentence. */
  readonly detraction: number;
  /** Days on the run. */
  readonly interruption: number;
  /** None was entered. */
  readonly isMissing: boolean;
}

/**
 * A condemned person's sentence, which lasts longer than the custody, and whose end follows from its beginning and term;
 * null for the others. Apart from the rest of a life: it is reckoned by the calendar, which costs more than all of that.
 *
 * @param isCounted whether what is wrong with it is counted: once, though several tables ask
 */
export function sentenceOf(
  state: State,
  { id, natureza, stays, isOpen }: Life,
  isCounted = false,
): Sentence | null {
  if (natureza !== 'condenacao') return null;
  const { clock, dirt } = state;
  const rng = state.rng('sentence', id);
  const has = isCounted ? dirt.has.bind(dirt) : dirt.silent.bind(dirt);
  const [from, length] = [stays[0].from, stays[0].from - (stays.at(-1)?.to ?? 0)];
  const works = rng.chance(0.35) && length > 120;
  const remitted = works ? Math.floor(length * (0.05 + rng.fraction() * 0.2)) : 0;
  const detraction = rng.chance(0.3) ? rng.integer(1, 300) : 0;
  const interruption = rng.chance(0.05) ? rng.integer(1, 60) : 0;
  const remaining = rng.integer(45, 3000);
  const isBeyond = isOpen && has(rng, 'held-beyond-sentence');
  const isMissing = isOpen && !isBeyond && has(rng, 'without-sentence');
  const wanted = length + (isBeyond ? -rng.integer(10, 60) : remaining);
  const term = Math.max(31, wanted + remitted + detraction - interruption);
  const months = Math.floor(term / 30.4375);
  const days = Math.floor(term - months * 30.4375);
  const last = clock.daysAgo(monthsLater(clock.day(from), months)) - days + 1;
  return {
    ...{ begin: from, end: last + remitted + detraction - interruption },
    ...{ years: Math.floor(months / 12), months: months % 12, days },
    ...{ remitted, detraction, interruption, isMissing },
  };
}

/** The same day of a later month; the next one, where that month has no such day. */
function monthsLater(day: string, months: number): string {
  const [year, month, of] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8, 10))];
  return new Date(Date.UTC(year, month - 1 + months, of)).toISOString().slice(0, 10);
}
