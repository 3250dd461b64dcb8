import type { Comparison } from './comparison.ts';

/** Up to `near`, both may be one date; at `sameYear` also, of which only the year is known. */
export const birthLevel = { same: 1, near: 5, sameYear: 6 } as const;

/** The date of birth, as a number YYYYMMDD. */
export const compareBirth: Comparison = {
  name: 'birth',
  field: 'birth',
  levels: [
    { name: 'same', m: 0.8, u: 0.00008 },
    { name: 'same, inferred', m: 0.01, u: 0.00005 },
    { name: 'day and month swapped', m: 0.03, u: 0.00005 },
    { name: 'one digit', m: 0.06, u: 0.002 },
    { name: 'a day or a year apart', m: 0.01, u: 0.0005 },
    { name: 'same year, inferred', m: 0.02, u: 0.001 },
    { name: 'same year', m: 0.01, u: 0.03 },
    { name: 'different', m: 0.05, u: 0.96 },
  ],
  bind: ({ birth, birthInferred }) => {
    return (a, b) => {
      const [one, other] = [birth[a] as number, birth[b] as number];
      if (one === 0 || other === 0) return 0;
      const inferred = birthInferred[a] === 1 || birthInferred[b] === 1;
      if (one === other) return inferred ? 2 : birthLevel.same;
      const [aYear, bYear] = [Math.floor(one / 10_000), Math.floor(other / 10_000)];
      const [aDay, bDay] = [one % 100, other % 100];
      const [aMonth, bMonth] = [Math.floor(one / 100) % 100, Math.floor(other / 100) % 100];
      if (aYear === bYear && aDay === bMonth && aMonth === bDay) return 3;
      const isYear = aYear === bYear;
      if (inferred) return isYear ? 6 : 8;
      if (digitsApart(one, other) === 1) return 4;
      const isDay = aMonth === bMonth && aDay === bDay;
      if (isDay && Math.abs(aYear - bYear) === 1) return 5;
      if (Math.abs(dayOf(aYear, aMonth, aDay) - dayOf(bYear, bMonth, bDay)) === 1) return 5;
      return isYear ? 7 : 8;
    };
  },
};

function digitsApart(a: number, b: number): number {
  let [one, other, apart] = [a, b, 0];
  while (one !== other) {
    if (one % 10 !== other % 10) apart++;
    one = Math.floor(one / 10);
    other = Math.floor(other / 10);
  }
  return apart;
}

/** Days since some day, by the calendar that is proleptic. */
function dayOf(year: number, month: number, day: number): number {
  const [y, m] = month > 2 ? [year, month - 3] : [year - 1, month + 9];
  return 365 * y + (y >> 2) - Math.floor(y / 100) + Math.floor(y / 400) + Math.floor((153 * m + 2) / 5) + day;
}
