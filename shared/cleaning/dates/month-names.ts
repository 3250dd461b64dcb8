import { matchForm } from '../match-form.ts';

/** Also in English, as a database writes them that nobody told of Portuguese. */
const names = [
  'JANEIRO JANUARY JAN',
  'FEVEREIRO FEBRUARY FEV FEB',
  'MARCO MARCH MAR',
  'ABRIL APRIL ABR APR',
  'MAIO MAY MAI',
  'JUNHO JUNE JUN',
  'JULHO JULY JUL',
  'AGOSTO AUGUST AGO AUG',
  'SETEMBRO SEPTEMBER SET SEP SEPT',
  'OUTUBRO OCTOBER OUT OCT',
  'NOVEMBRO NOVEMBER NOV',
  'DEZEMBRO DECEMBER DEZ DEC',
];
const months = new Map(names.flatMap((all, at) => all.split(' ').map((name) => [name, at + 1])));

/** 1 to 12. */
export function monthOf(name: string): number | undefined {
  return months.get(matchForm(name));
}
