import type { Cleaner } from '../cleaner.ts';
import { municipalityByCode, municipalityByName } from './municipality-table.ts';
import { isRun, readDocument } from './read-document.ts';
import { ufOf } from './uf-table.ts';

/**
 * Seven digits of the IBGE. A name is one only together with its state: many are repeated, and Barcelona is a
 * municipality, but not that in which a prisoner from Spain was born.
 */
export const cleanMunicipality: Cleaner = (given, note) => {
  const text = readDocument(given, note);
  if (text === null) return null;
  const digits = text.replace(/[.-]/g, '');
  if (/^\d+$/.test(digits)) {
    const code = municipalityByCode(digits);
    if (code === null) note(isNone(digits) ? 'placeholder' : 'invalid');
    return code;
  }
  const [name, uf] = nameAndUf(text);
  const code = uf === null ? null : municipalityByName(name, uf);
  if (code === null) note('unknown-code');
  return code;
};

/** As tables of health write "in that state, where is not known": the state and zeros. */
function isNone(digits: string): boolean {
  return isRun(digits) || (/^\d\d0{4,5}$/.test(digits) && ufOf(digits.slice(0, 2)) !== null);
}

/** Of `MACEIO - AL`, `MACEIO/AL`, `MACEIO (ALAGOAS)`, `MACEIO AL`. */
function nameAndUf(text: string): [name: string, uf: string | null] {
  const bare = text.replace(/[ ).]+$/, '');
  const at = Math.max(...['/', '-', '(', ',', '–'].map((sign) => bare.lastIndexOf(sign)));
  if (at > 0) {
    const uf = ufOf(bare.slice(at + 1));
    if (uf !== null) return [bare.slice(0, at), uf];
  }
  const blank = bare.lastIndexOf(' ');
  const last = bare.slice(blank + 1);
  return blank > 0 && last.length === 2 ? [bare.slice(0, blank), ufOf(last)] : [bare, null];
}
