import { birthDays, yearOf } from '../../../../shared/cleaning/dates/days.ts';

const parts = /YYYY|YY|MM|DD/g;
/** Means something in a pattern. */
const syntax = /[$()*+./?[\\\]^{|}]/;

/**
 * Reads dates that are written in one form only, as `DD/MM/YYYY`: any order of year (`YYYY`, `YY`), `MM` and `DD`, each
 * once, with what stands between them. A time behind the date is left out.
 *
 * @returns null where it is no form; else what makes `1980-01-31` of a text, null of one in another form
 */
export function dateForm(form: string): ((text: string) => string | null) | null {
  const order = (form.match(parts) ?? []).map((part) => part[0]);
  const between = form.split(parts);
  const hasEach = order.length === 3 && new Set(order).size === 3;
  if (!hasEach || between.some((text) => /[\p{L}\p{N}]/u.test(text))) return null;
  // Digits that stand next to each other cannot do without their zeros.
  const isTight = between.slice(1, -1).includes('');
  const found = form.replace(/YYYY|YY|MM|DD|[^]/gu, (part) => {
    if (part === 'YYYY') return String.raw`(\d{4})`;
    if (part === 'YY') return String.raw`(\d{2})`;
    if (part === 'MM' || part === 'DD') return isTight ? String.raw`(\d{2})` : String.raw`(\d{1,2})`;
    return syntax.test(part) ? `\\${part}` : part;
  });
  const whole = new RegExp(String.raw`^${found}(?:[ T]\d.*)?$`, 'u');
  const [year, month, day] = ['Y', 'M', 'D'].map((part) => 1 + order.indexOf(part)) as [
    number,
    number,
    number,
  ];
  return (text) => {
    const told = whole.exec(text);
    if (told === null) return null;
    const written = told[year] ?? '';
    const full = written.length === 2 ? String(yearOf(birthDays, Number(written))) : written;
    return `${full}-${(told[month] ?? '').padStart(2, '0')}-${(told[day] ?? '').padStart(2, '0')}`;
  };
}
