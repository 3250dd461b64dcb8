import type { Cleaner } from '../cleaner.ts';
import { readDocument } from './read-document.ts';
import { ufOf } from './uf-table.ts';

/** Two capital letters. */
export const cleanUf: Cleaner = (given, note) => {
  const text = readDocument(given, note);
  if (text === null) return null;
  const uf = ufOf(text);
  if (uf === null) note(/^[A-Z]{2}$/.test(text) ? 'invalid' : 'unknown-code');
  return uf;
};
