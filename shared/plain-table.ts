import Table, { type Cell, type TableConstructorOptions } from 'cli-table3';
import { plainLines } from './plain-text.ts';

type Columns = Pick<TableConstructorOptions, 'colAligns' | 'colWidths' | 'wordWrap'>;

/** A table as commands print it: without colours, and without a line between rows. */
export interface PlainTable {
  push(...rows: readonly (readonly Cell[])[]): void;
  toString(): string;
}

/** Whatever stands in a cell, none of it acts on a terminal; a line break begins another line of the cell. */
export function plainTable(head: readonly string[], columns: Columns = {}): PlainTable {
  const table = new Table({ head: [...head], ...columns, style: { head: [], border: [], compact: true } });
  return {
    push: (...rows) => void table.push(...rows.map((cells) => cells.map(plainCell))),
    toString: () => table.toString(),
  };
}

function plainCell(cell: Cell): Cell {
  if (typeof cell === 'string') return plainLines(cell);
  if (typeof cell !== 'object' || cell === null || typeof cell.content !== 'string') return cell;
  return { ...cell, content: plainLines(cell.content) };
}
