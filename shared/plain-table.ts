import Table, { type TableConstructorOptions } from 'cli-table3';

type Columns = Pick<TableConstructorOptions, 'colAligns' | 'colWidths' | 'wordWrap'>;

/** A table as commands print it: without colours, and without a line between rows. */
export function plainTable(head: readonly string[], columns: Columns = {}): Table.Table {
  return new Table({ head: [...head], ...columns, style: { head: [], border: [], compact: true } });
}
