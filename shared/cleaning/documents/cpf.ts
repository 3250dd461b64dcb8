import { isValidCpf } from '@brazilian-utils/brazilian-utils/is-valid-cpf';
import type { Cleaner } from '../cleaner.ts';
import { digitsOf, isDigits, readDocument } from './read-document.ts';

/** A number loses the zeros before it; of one that is shorter, too little is left to be told by two check digits. */
const [shortest, length] = [8, 11];

/** Eleven digits. */
export const cleanCpf: Cleaner = (given, note) => {
  if (isDigits(given, length) && isValidCpf(given)) return given;
  const text = readDocument(given, note);
  if (text === null) return null;
  const digits = digitsOf(text);
  if (digits === null) {
    note('unreadable');
    return null;
  }
  if (digits.length >= shortest && isValidCpf(digits.padStart(length, '0')))
    return digits.padStart(length, '0');
  note(/^0*$/.test(digits) ? 'placeholder' : 'invalid');
  return null;
};
