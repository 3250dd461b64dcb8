import { csvLine, csvStart } from '../../shared/csv.ts';
import type { QuarantinedRow } from '../base/source-layer/quarantine.ts';
import { quarantineReasons } from '../base/source-layer/quarantine-codes.ts';
import { keyText } from '../words/mask.ts';

/**
 * Rows in quarantine as the lines of a CSV for the state. Without `reveal` there is no value of a row in it, and of its
 * key only the begin.
 */
export async function* quarantineCsv(
  rows: AsyncIterable<QuarantinedRow>,
  reveal: boolean,
): AsyncGenerator<string> {
  const head = ['visao', 'chave', 'codigo', 'motivo', 'o_que_fazer', 'colunas', 'desde'];
  yield `${csvStart}${csvLine(reveal ? [...head, 'valores'] : head)}`;
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
