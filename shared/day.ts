import { Temporal } from 'temporal-polyfill';

/** Agreements are dated in Brasília, and so is all that is told of days. */
export const zone = 'America/Sao_Paulo';

/** The day of an instant, as it is written in Brazil: 29/05/2023. */
export const writtenDay = writtenBy({});

/** A day as the base has it (2023-05-29, or an instant that begins so) as it is written in Brazil: 29/05/2023. */
export function dayText(day: string): string {
  return day.replace(/^(\d{4,})-(\d\d)-(\d\d).*$/, '$3/$2/$1');
}

/** An instant as it is written in Brazil, to the minute, in Brasília: 29/05/2023, 18:04. */
export const writtenMoment = writtenBy({ dateStyle: 'short', timeStyle: 'short' });

/** The day some days ago, as `--begin` takes it: YYYY-MM-DD. */
export function daysAgo(days: number): string {
  return Temporal.Now.plainDateISO(zone).subtract({ days }).toString();
}

/** The day of an instant in Brasília, as the base knows it: YYYY-MM-DD. */
export function dayOf(instant: Date): string {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toString();
}

/** When the day of an instant began in Brasília. */
export function startOfDay(instant: Date): Date {
  const local = Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(zone);
  return new Date(local.startOfDay().epochMilliseconds);
}

/** An instant as people read it, to the second: 29/05/2023, 14:05:00. */
export const writtenInstant = writtenBy({
  ...{ day: '2-digit', month: '2-digit', year: 'numeric' },
  ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
});

/** A format costs a hundred times what it writes, so each is made once, when it is first needed. */
function writtenBy(options: Intl.DateTimeFormatOptions): (instant: Date | string) => string {
  let format: Intl.DateTimeFormat | undefined;
  return (instant) => {
    const date = new Date(instant);
    if (Number.isNaN(date.getTime())) return String(date);
    format ??= new Intl.DateTimeFormat('pt-BR', { timeZone: zone, ...options });
    return format.format(date);
  };
}

/** A day as people write it (29/05/2023) or as commands take it (2023-05-29): YYYY-MM-DD; null for what is none. */
export function readDay(text: string): string | null {
  const [, d, m, y] = /^(\d{1,2})\/(\d{1,2})\/(\d{4})$/.exec(text.trim()) ?? [];
  const iso =
    d === undefined || m === undefined ? text.trim() : `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`;
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return null;
  try {
    return Temporal.PlainDate.from(iso, { overflow: 'reject' }).toString();
  } catch {
    return null;
  }
}

/** The first instant of a day, and that of the day behind it; ISO 8601. @param day YYYY-MM-DD, one that there is */
export function boundsOf(day: string): { readonly from: string; readonly until: string } {
  const date = Temporal.PlainDate.from(day);
  const start = (of: Temporal.PlainDate) =>
    new Date(of.toZonedDateTime(zone).epochMilliseconds).toISOString();
  return { from: start(date), until: start(date.add({ days: 1 })) };
}

/** @param day YYYY-MM-DD, one that there is */
export function dayAfter(day: string, days: number): string {
  return Temporal.PlainDate.from(day).add({ days }).toString();
}

/** Days from one day to another; below zero where that was before. @param day YYYY-MM-DD, one that there is */
export function daysBetween(day: string, other: string): number {
  return Temporal.PlainDate.from(day).until(Temporal.PlainDate.from(other), { largestUnit: 'day' }).days;
}
