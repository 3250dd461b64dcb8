/** Begins of cells that a spreadsheet would take for a formula, as csv-stringify knows them. */
const formula = /^'(?=[=+\-@\t\r＝＋－＠])/;

/** A cell as it was before it was written for spreadsheets, with an apostrophe before what would be a formula. */
export function withoutEscape(cell: string): string {
  return cell.replace(formula, '');
}
