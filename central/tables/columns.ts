import type { Table } from './table.ts';
import { tableFault } from './table-fault.ts';

/**
 * Where the columns of these names are.
 *
 * @throws GuaritaError `table-invalid` where one is not there, which says which are; or where two are called so
 */
export function placesOf(
  { file, header }: Pick<Table, 'file' | 'header'>,
  names: readonly string[],
): number[] {
  const missing = names.filter((name) => !header.includes(name));
  if (missing.length > 0) {
    const lacks = missing.map((name) => `"${name}"`).join(', ');
    const there = isHeader(header)
      ? `Há: ${header.join(', ')}.`
      : 'A primeira linha não parece um cabeçalho, que dá nome às colunas.';
    throw tableFault(file, `não há coluna ${lacks}. ${there}`);
  }
  return names.map((name) => {
    const place = header.indexOf(name);
    if (header.includes(name, place + 1)) {
      throw tableFault(file, 'duas colunas têm este nome.', { line: 1, column: name });
    }
    return place;
  });
}

/** A row of values is not to be told where somebody forgot the names: it would be a person's. */
function isHeader(header: readonly string[]): boolean {
  return header.every((name) => /^\p{L}/u.test(name) && name.length <= 40 && !/\d{3}/.test(name));
}
