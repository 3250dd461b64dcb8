import { cleanProcessNumber } from '../../../shared/cleaning/documents/process-number.ts';
import { type Purpose, purposes } from '../access/purposes.ts';

/** Longest reference, in characters. */
export const longestReference = 120;

export type ReadReference = { readonly reference: string } | { readonly fault: string };

/**
 * What a purpose refers to, as somebody typed it: in the one form that it has where one is known (0001234-56.2026.8.02.0001),
 * or what is wrong with it, in words for whoever typed it.
 */
export function readReference(purpose: Purpose, typed: string): ReadReference {
  const text = typed.normalize('NFC').replace(/\s+/g, ' ').trim();
  if (text === '') return { fault: 'Falta preencher.' };
  if (text.length > longestReference) return { fault: `Escreva no máximo ${longestReference} caracteres.` };
  const words = purposes[purpose];
  if ('form' in words) return readProcessNumber(text);
  // A dash, a dot, one letter: somebody wanted to be done with it.
  const isSomething = /\d/.test(text) || (text.match(/\p{L}/gu)?.length ?? 0) >= 3;
  return isSomething ? { reference: text } : { fault: 'Escreva o número ou o nome do documento.' };
}

const digitsOfProcess = 20;

/** By its digits alone, whatever stands between and before them. */
function readProcessNumber(text: string): ReadReference {
  const digits = text.normalize('NFKC').replaceAll(/\D/g, '');
  if (digits.length !== digitsOfProcess) {
    const has = digits === '' ? 'nenhum' : String(digits.length);
    return {
      fault: `O número de um processo tem ${digitsOfProcess} algarismos (NNNNNNN-DD.AAAA.J.TR.OOOO), e este tem ${has}.`,
    };
  }
  // One in the numbering before 2010, filled up with zeros, has no check digits by which it could be held.
  let isLegacy = false;
  const number = cleanProcessNumber(digits, (note) => {
    isLegacy ||= note === 'legacy';
  });
  if (number !== null && !isLegacy) return { reference: masked(number) };
  return { fault: 'O número não confere: algum algarismo está trocado. Copie-o de novo do processo.' };
}

/** NNNNNNN-DD.AAAA.J.TR.OOOO */
function masked(digits: string): string {
  return digits.replace(/^(\d{7})(\d{2})(\d{4})(\d)(\d{2})(\d{4})$/, '$1-$2.$3.$4.$5.$6');
}
