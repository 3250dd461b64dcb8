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
