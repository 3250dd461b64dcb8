import type { Role } from '../../../shared/dictionary/roles.ts';

/** Fields of names of which the words are found, as `view.column`, each with its place in the number of a word. */
export const wordFields = [
  ...(['custodiado.nome', 'custodiado.nome_social', 'custodiado.alcunhas', 'outro_nome.nome'] as const),
  ...(['visitante.nome', 'advogado.nome', 'custodiado.nome_mae', 'visitante.nome_mae'] as const),
] as const;
export type WordField = (typeof wordFields)[number];

/** Those of which a name says what the mother is called. */
export const motherFields: readonly WordField[] = ['custodiado.nome_mae', 'visitante.nome_mae'];

/** A word where it stands. @param word its number in `nacional.palavra`, below 2^28 */
export function wordKey(word: number, field: WordField): number {
  return word * wordFields.length + wordFields.indexOf(field);
}

/** All that a word may be found by. */
export function wordKeys(word: number, fields: readonly WordField[] = wordFields): number[] {
  return fields.map((field) => wordKey(word, field));
}

/** The word and the field of a number that is not negative; null where the number is no word. */
export function readWordKey(key: number): { readonly word: number; readonly field: WordField } | null {
  if (key < 0) return null;
  const field = wordFields[key % wordFields.length];
  return field === undefined ? null : { word: Math.floor(key / wordFields.length), field };
}

/** What is no word has a negative number, each kind in a range of its own. */
const [births, places, documents] = [0, 2 ** 29, 2 ** 30];
const negative = (from: number, rest: number) => -1 - from - rest;

export type BornRole = 'custodiado' | 'visitante';
const bornRoles: readonly BornRole[] = ['custodiado', 'visitante'];

/** @param day `1980-01-31` */
export function birthDayKey(role: BornRole, day: string): number {
  const days = Math.floor(Date.parse(`${day}T00:00:00Z`) / 86_400_000) + 800_000;
  return negative(births, days * 4 + bornRoles.indexOf(role));
}

export function birthYearKey(role: BornRole, year: number): number {
  return negative(births, year * 4 + 2 + bornRoles.indexOf(role));
}

/** Registers of one kind in one source; others may share the number. */
export function placeKey(source: string, role: Role): number {
  return negative(places, hash(`${source} ${role}`) % 2 ** 29);
}

/** Columns whose value is a document of a person: one is found by what it says, whichever it is. */
export const documentColumns = ['cpf', 'rji', 'rg', 'infopen', 'registro_estadual', 'oab'] as const;
export type DocumentColumn = (typeof documentColumns)[number];

/** A document; others may share the number. @param form as `documentForm` writes it */
export function documentKey(column: DocumentColumn, form: string): number {
  return negative(documents, hash(`${column} ${form}`) % 2 ** 30);
}

/** Capital letters and digits alone; empty where it has none. */
export function documentForm(text: string): string {
  return text.toUpperCase().replaceAll(/[^0-9A-Z]/g, '');
}

/** The same in SQL. */
export function documentFormSql(column: string): string {
  return `regexp_replace(upper(${column}), '[^0-9A-Z]', '', 'g')`;
}

/** FNV-1a over UTF-16 codes. */
function hash(text: string): number {
  let hashed = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hashed = Math.imul(hashed ^ text.charCodeAt(at), 0x01000193);
  hashed = Math.imul(hashed ^ (hashed >>> 16), 0x7feb352d);
  return (hashed ^ (hashed >>> 15)) >>> 0;
}
