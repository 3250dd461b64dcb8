/**
 * Begins of cells that a spreadsheet would take for a formula (OWASP, "CSV Injection"; ASVS 1.2.10), also where apostrophes stand before
 * them already, so that each text is read back as it was.
 */
const formula = /^'*[=+\-@\t\r\n\0＝＋－＠]/;

/** A text as the cell of a table for spreadsheets: an apostrophe before what would be a formula. */
export function asCell(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** A cell as it was before it was written for spreadsheets. */
export function withoutEscape(cell: string): string {
  return cell.startsWith("'") && formula.test(cell) ? cell.slice(1) : cell;
}
