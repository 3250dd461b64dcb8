import { stringify } from 'csv-stringify/sync';
import { asCell } from './csv-cell.ts';

/** What a CSV begins with: it is UTF-8. */
export const csvStart = '\uFEFF';

/**
 * A line of a CSV as Excel in Brazil opens it, with `;`. Cells that a spreadsheet would take for a formula begin with an
 * apostrophe (`csv-cell.ts`).
 */
export function csvLine(cells: readonly string[]): string {
  return csvLines([cells]);
}

/** Many lines at once; numbers as in Brazil, with a comma. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((cells) => [...cells]),
    {
      ...{ delimiter: ';', record_delimiter: '\r\n' },
      cast: { string: asCell, number: (value) => String(value).replace('.', ',') },
    },
  );
}
