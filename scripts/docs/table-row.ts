/** A row of a table in Markdown, whatever its cells say. */
export function tableRow(...cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** The line below its headings. */
export function tableRule(cells: number): string {
  return `|${'---|'.repeat(cells)}`;
}
