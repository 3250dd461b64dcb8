import { stringify } from 'csv-stringify/sync';

/** What a CSV begins with: it is UTF-8. */
export const csvStart = '\uFEFF';

/**
 * A line of a CSV as Excel in Brazil opens it, with `;`. Cells that a spreadsheet would take for a formula begin with an
 * apostrophe.
 */
export function csvLine(cells: readonly string[]): string {
  return stringify([cells], { delimiter: ';', record_delimiter: '\r\n', escape_formulas: true });
}

/** Many lines at once; numbers as in Brazil, with a comma. */
export function csvLines(rows: readonly (readonly (string | number)[])[]): string {
  return stringify(
    rows.map((cells) => [...cells]),
    {
      ...{ delimiter: ';', record_delimiter: '\r\n', escape_formulas: true },
      cast: { number: (value) => String(value).replace('.', ',') },
    },
  );
}
