import { Temporal } from 'temporal-polyfill';

/** Agreements are dated in Brasília, and so is all that is told of days. */
export const zone = 'America/Sao_Paulo';

/** The day of an instant, as it is written in Brazil: 29/05/2023. */
export function writtenDay(instant: Date | string): string {
  return new Date(instant).toLocaleDateString('pt-BR', { timeZone: zone });
}

/** An instant as it is written in Brazil, to the minute, in Brasília: 29/05/2023, 18:04. */
export function writtenMoment(instant: Date | string): string {
  return new Date(instant).toLocaleString('pt-BR', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'short',
  });
}

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
