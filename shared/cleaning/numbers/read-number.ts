const plain = /^([-+]?)(\d*)(?:([.,])(\d*))?$/;
// Groups of three digits, and a fraction behind the other sign: `1.234,5` and `1,234.5`.
const grouped = /^([-+]?)(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?$|^([-+]?)(\d{1,3}(?:,\d{3})+)\.(\d+)$/;

/**
 * A number as databases and people write it, in its shortest form: `12`, `-3`, `12.5`. One point is that of a decimal
 * number, as databases write it; of a whole one it groups, `1.234`, unless only zeros follow: `1.0` is one, `1.000` may
 * be a thousand and is nothing.
 *
 * @returns null where it is no number, or not a whole one
 */
export function readNumber(text: string, sort: 'whole' | 'decimal'): string | null {
  const single = plain.exec(text);
  if (single !== null) {
    const [, sign = '', whole = '', point, fraction = ''] = single;
    if (whole === '' && fraction === '') return null;
    const grouping = sort === 'whole' && point === '.' && fraction.length === 3 && whole.length <= 3;
    if (!grouping) return shortest(sign, whole, fraction, sort);
    return /^0*$/.test(fraction) || /^0*$/.test(whole) ? null : shortest(sign, whole + fraction, '', sort);
  }
  const [all, sign, whole, fraction, otherSign, otherWhole, otherFraction] = grouped.exec(text) ?? [];
  if (all === undefined) return null;
  const digits = (whole ?? otherWhole ?? '').replaceAll(/[.,]/g, '');
  return shortest(sign ?? otherSign ?? '', digits, fraction ?? otherFraction ?? '', sort);
}

function shortest(sign: string, whole: string, fraction: string, sort: 'whole' | 'decimal'): string | null {
  const digits = whole.replace(/^0+(?=\d)/, '') || '0';
  const end = lastDigit(fraction);
  if (end === 0) return sign === '-' && digits !== '0' ? `-${digits}` : digits;
  return sort === 'whole' ? null : `${sign === '-' ? '-' : ''}${digits}.${fraction.slice(0, end)}`;
}

/** How much of a fraction is there without the zeros at its end. */
function lastDigit(fraction: string): number {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end--;
  return end;
}
