/** What a day is to a kind of dates. */
export type DaySort = 'right' | 'default' | 'none' | 'invalid';

/** Which of the days that systems write for none are meant, and in which century a year of two digits lies. */
export interface DayKind {
  /** A year of two digits from here on is one of 19xx. Fixed, since treating again must come to the same. */
  readonly pivot: number;
  /** Beside those that stand for none anywhere. */
  readonly none: ReadonlySet<string>;
  /** The first of January is a day on which somebody may be born, and the one that is written where none is known. */
  readonly firstOfYear: boolean;
}

/** From 30 on those who are grown up, before it the children who visit. */
export const birthDays: DayKind = { pivot: 30, none: new Set(), firstOfYear: true };

/**
 * Of custody, processes and sentences, whose ends may lie far ahead. 1900-01-01 is what SQL Server makes of an empty
 * text, 1970-01-01 (and the evening before it, in Brazil) what others make of a zero: as the end of a custody either
 * would be worse than none.
 */
export const otherDays: DayKind = {
  pivot: 70,
  none: new Set(['1900-01-01', '1970-01-01', '1969-12-31']),
  firstOfYear: false,
};

/** Day zero of Delphi and Excel, of Windows, of SQL Server, of the VMS: nobody in custody was born before 1900. */
const zeros = new Set(['1899-12-30', '1899-12-31', '1601-01-01', '1753-01-01', '1858-11-17']);
/** Years that stand for "never" on their first or last day; no sentence lasts until then. */
const never = new Set([2099, 2199, 2222, 2500, 2999, 3000, 4712, 8888, 9998, 9999]);
const [first, last] = [1800, 2899];

/** Whether these numbers are a day, and one that stands for itself. */
export function sortOf(kind: DayKind, year: number, month: number, day: number): DaySort {
  if (day === 0 && month === 0) return year === 0 ? 'none' : 'invalid';
  if (month < 1 || month > 12 || day < 1 || day > lengthOf(year, month)) return 'invalid';
  const edge = (month === 1 && day === 1) || (month === 12 && day === 31);
  // In nearly all cases the day is no special one.
  if (year > 1900 && year < 2099) {
    if (!edge) return 'right';
    if (kind.none.has(dayText(year, month, day))) return 'none';
    return kind.firstOfYear && month === 1 ? 'default' : 'right';
  }
  if (year < 2 || (edge && never.has(year))) return 'none';
  if (year < first || year > last) return zeros.has(dayText(year, month, day)) ? 'none' : 'invalid';
  const text = dayText(year, month, day);
  if (zeros.has(text) || kind.none.has(text)) return 'none';
  return kind.firstOfYear && month === 1 && day === 1 ? 'default' : 'right';
}

/** A year of two digits in full. */
export function yearOf(kind: DayKind, year: number): number {
  return year + (year < kind.pivot ? 2000 : 1900);
}

const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function lengthOf(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return lengths[month - 1] ?? 0;
}

const two = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** `1990-01-31`. */
export function dayText(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${two[month]}-${two[day]}`;
}

/** `13:45:00`. */
export function timeText(hour: number, minute: number, second: number): string {
  return `${two[hour]}:${two[minute]}:${two[second]}`;
}
