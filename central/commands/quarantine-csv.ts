import { stringify } from 'csv-stringify/sync';
import type { QuarantinedRow } from '../base/source-layer/quarantine.ts';
import { quarantineReasons } from '../base/source-layer/quarantine-codes.ts';
import { keyText } from './mask.ts';

/**
 * Rows in quarantine as the lines of a CSV for the state: UTF-8 with BOM and `;`, as Excel in Brazil opens it. Without
 * `reveal` there is no value of a row in it, and of its key only the begin. Cells that a spreadsheet would take for a
 * formula begin with an apostrophe.
 */
export async function* quarantineCsv(
  rows: AsyncIterable<QuarantinedRow>,
  reveal: boolean,
): AsyncGenerator<string> {
  const head = ['visao', 'chave', 'codigo', 'motivo', 'o_que_fazer', 'colunas', 'desde'];
  yield `\uFEFF${csvLine(reveal ? [...head, 'valores'] : head)}`;
  for await (const row of rows) {
    const { title, hint } = quarantineReasons[row.code];
    const key = row.key === null ? '' : keyText(row.key, reveal);
    const cells = [row.view, key, row.code, title, hint, row.reason, row.opened];
    yield csvLine(reveal ? [...cells, valuesOf(row)] : cells);
  }
}

/** One cell for all of them, since each view has other columns; null stays apart from an empty text. */
function valuesOf({ columns, values }: QuarantinedRow): string {
  return JSON.stringify(Object.fromEntries(columns.map((name, index) => [name, values[index] ?? null])));
}

function csvLine(cells: readonly string[]): string {
  return stringify([cells], { delimiter: ';', record_delimiter: '\r\n', escape_formulas: true });
}
