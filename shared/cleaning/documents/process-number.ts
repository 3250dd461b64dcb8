import { isValidProcessoJuridico } from '@brazilian-utils/brazilian-utils/is-valid-processo-juridico';
import type { Cleaner } from '../cleaner.ts';
import { isDigits, readDocument } from './read-document.ts';

/** NNNNNNN-DD.AAAA.J.TR.OOOO */
const length = 20;
/** No number from before 2010 has more; fewer are no number but a remark. */
const [shortest, longestLegacy] = [4, 15];

/**
 * Twenty digits, of which mod 97 holds and whose court there is. One in the numbering before 2010 stands in this mask
 * with zeros before it, as courts have kept them, and is noted as `legacy`.
 */
export const cleanProcessNumber: Cleaner = (given, note) => {
  if (isDigits(given, length) && isPresent(given)) return given;
  const text = readDocument(given, note);
  if (text === null) return null;
  const number = text.replace(/^(?:PROCESSO|PROC|AUTOS)?[ .:]*(?:N[Oº°]?[ .:]*)?(?=\d)/, '');
  const digits = number.replaceAll(/\D/g, '');
  if (!/^[\d ./,;-]+$/.test(number)) {
    note('unreadable');
    return null;
  }
  const padded = digits.padStart(length, '0');
  if (/^0+$/.test(digits)) note('placeholder');
  else if (isSeveral(number, digits) || padded.length > length) note('invalid');
  else if (isPresent(padded)) return padded;
  else if (!isLegacy(padded)) note('invalid');
  else {
    note('legacy');
    return padded;
  }
  return null;
};

/** In the present numbering, which has old processes too. */
function isPresent(digits: string): boolean {
  return isValidProcessoJuridico(digits) && hasYear(digits);
}

function hasYear(digits: string): boolean {
  const year = Number(digits.slice(9, 13));
  return year >= 1930 && year <= 2100;
}

/** A blank may be where a line ended, but only within a number that is whole. */
function isSeveral(number: string, digits: string): boolean {
  return /[,;]/.test(number) || (number.includes(' ') && digits.length !== length);
}

/**
 * It has no more digits than an old number had, and is none of the present numbering with a wrong digit: the check
 * digits, the year or the court are none. By what comes out alone, so that cleaning it again comes to the same.
 */
function isLegacy(padded: string): boolean {
  if (!padded.startsWith('0'.repeat(length - longestLegacy)) || Number(padded) < 10 ** (shortest - 1))
    return false;
  const check = Number(padded.slice(7, 9));
  return check < 2 || check > 98 || !hasYear(padded) || !isCourt(padded.slice(13, 16));
}

/** J.TR is that of a court: asked of the library by a number whose check digits are right. */
function isCourt(court: string): boolean {
  const rest = `${'0'.repeat(7)}2010${court}0001`;
  const check = 98 - Number((BigInt(rest) * 100n) % 97n);
  return isValidProcessoJuridico(`${rest.slice(0, 7)}${String(check).padStart(2, '0')}${rest.slice(7)}`);
}
