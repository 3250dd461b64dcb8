import type { Cleaner } from '../cleaner.ts';
import { isRun, readDocument } from './read-document.ts';
import { ufOf } from './uf-table.ts';

/** Longer than any state's number, with its letters and check digit. */
const longest = 20;

/** Who issues identity cards, as it is written behind their number. */
const issuers = new Set(
  (
    'SSP SSPDS SSDS SESP SEJUSP SEJSP SDS SJS SJSP SJTC SPTC DETRAN DIC DGPC IFP IIPM IGP ITEP IPF II IIRGD ' +
    'PC PM PF DPF POLITEC CGPI MAER MEX MMA CBM CRM OAB CTPS'
  ).split(' '),
);

/** Letters and digits in capitals, without who issued it: that has columns of its own. */
export const cleanRg: Cleaner = (given, note) => {
  const text = readDocument(given, note);
  if (text === null) return null;
  const written = parted(text.replace(/^([A-Z. ]*)\bN[º°]/, '$1')).number;
  const number = written.replaceAll(/[^\dA-Z]/g, '').replace(/^(?:RG|CI)(?=\d)/, '');
  if (!/\d/.test(number) || /[^\x20-\x7eºª°]/.test(text)) {
    note('unreadable');
    return null;
  }
  if (number.length > longest) {
    note('too-long');
    return null;
  }
  // A number all of one digit is written where there has to be one.
  if (/^0+$/.test(number) || (number.length > 4 && isRun(number))) {
    note('placeholder');
    return null;
  }
  return number;
};

/** The state whose authority issued it, where it is written behind the number: `AL` of `12345 SSP/AL`. */
export function ufOfRg(text: string): string | null {
  return parted(text.toUpperCase()).uf;
}

function parted(text: string): { readonly number: string; readonly uf: string | null } {
  const words = text.split(/[ /-]/).filter((word) => word !== '');
  const uf = words.length < 3 ? null : ufOf(words.at(-1) ?? '');
  const issuer = words.length - (uf === null ? 1 : 2);
  if (issuer < 1 || !issuers.has((words[issuer] ?? '').replaceAll('.', '')))
    return { number: text, uf: null };
  return { number: words.slice(0, issuer).join(''), uf };
}
