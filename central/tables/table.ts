import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import { GuaritaError } from '../../shared/errors.ts';
import { type Encoding, encodingOf } from './encoding.ts';
import { type Separator, separatorOf } from './separator.ts';
import { tableFault } from './table-fault.ts';
import { textOf } from './text-of.ts';

/** A file of rows and columns, as spreadsheets and other programs write it (CSV), whose first row names the columns. */
export interface Table {
  readonly file: string;
  readonly encoding: Encoding;
  readonly separator: Separator;
  /** Names of the columns, in order, without blanks around them. */
  readonly header: readonly string[];
  /**
   * All rows in order, each with as many cells as there are columns; read anew each time, a part at a time, so that
   * memory does not grow with the file. Throws `table-invalid`.
   */
  rows(): AsyncGenerator<TableRow, void>;
}

export interface TableRow {
  /** In the file, from 1, which is the header's; of a row of several lines, its last. */
  readonly line: number;
  /** Without blanks around them; empty for nothing. */
  readonly cells: readonly string[];
}

/** What is taken as said, instead of being found out. */
export interface TableForm {
  readonly encoding?: Encoding | undefined;
  readonly separator?: Separator | undefined;
}

/** No row has more bytes: where one has, a quote was not closed. */
const longestRow = 1 << 20;
/** So much of a file tells its separator. */
const beginLength = 1 << 16;

/**
 * Opens a table: finds out its encoding and separator, where they are not said, and reads the names of its columns.
 *
 * @throws GuaritaError `table-invalid` where the file cannot be read, is empty, or could be read in two ways. It names
 *   lines and columns, never what stands in a row.
 */
export async function openTable(file: string, form: TableForm = {}): Promise<Table> {
  try {
    // What is read twice has to stay where it is: no pipe.
    if (!(await stat(file)).isFile()) throw tableFault(file, 'não é um arquivo.');
    const encoding = form.encoding ?? (await encodingOf(file));
    const begin = await beginOf(file, encoding);
    if (begin.trim() === '') throw tableFault(file, 'está vazio.');
    const separator = form.separator ?? separatorOf(begin);
    if (separator === null) {
      throw tableFault(file, 'mais de um separador serve. Diga qual com --separator.', { line: 1 });
    }
    const found = { file, encoding, separator };
    for await (const { record } of recordsOf(found))
      return { ...found, header: record, rows: () => rowsOf(found, record) };
    throw tableFault(file, 'está vazio.');
  } catch (error) {
    throw readFault(file, error);
  }
}

/** Whole lines from the begin of a file; all of it, where it is short. */
async function beginOf(file: string, encoding: Encoding): Promise<string> {
  let begin = '';
  for await (const part of textOf(file, encoding)) {
    begin += part;
    if (begin.length >= beginLength) return begin.slice(0, begin.lastIndexOf('\n') + 1) || begin;
  }
  return begin;
}

type Found = Pick<Table, 'file' | 'encoding' | 'separator'>;

async function* rowsOf(found: Found, header: readonly string[]): AsyncGenerator<TableRow, void> {
  const { file } = found;
  try {
    let isHeader = true;
    for await (const { record: cells, info } of recordsOf(found)) {
      const line = info.lines;
      if (!isHeader && cells.length !== header.length) {
        throw tableFault(file, `tem ${cells.length} colunas; o cabeçalho tem ${header.length}.`, { line });
      }
      if (!isHeader) yield { line, cells };
      isHeader = false;
    }
  } catch (error) {
    throw readFault(file, error);
  }
}

/** As the parser tells it. */
interface Parsed {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

/** The header, too. */
function recordsOf({ file, encoding, separator }: Found): AsyncIterable<Parsed> {
  const parser = parse({
    ...{ delimiter: separator, trim: true, skip_empty_lines: true, max_record_size: longestRow },
    ...{ record_delimiter: '\n', relax_column_count: true, skip_records_with_empty_values: true },
    info: true,
  });
  // What goes wrong on either side is told where the rows are read.
  return pipeline(Readable.from(textOf(file, encoding)), parser, () => undefined);
}

/** By the code of the parser's error, whose message quotes the row. */
const faults: Readonly<Record<string, string>> = {
  CSV_QUOTE_NOT_CLOSED: 'aspas que abrem aqui, ou antes, não fecham.',
  CSV_MAX_RECORD_SIZE: 'uma linha longa demais: aspas que abrem antes daqui não fecham.',
  CSV_INVALID_CLOSING_QUOTE: 'depois de aspas que fecham tem de vir o separador; dentro delas, escreva "".',
  INVALID_OPENING_QUOTE: 'aspas no meio de um valor: o valor inteiro tem de ficar entre aspas.',
};

function readFault(file: string, error: unknown): GuaritaError {
  if (error instanceof GuaritaError) return error;
  if (error instanceof CsvError) {
    const { lines } = error as CsvError & { readonly lines?: number };
    const wrong = faults[error.code] ?? 'não é um CSV que se possa ler.';
    return tableFault(file, wrong, lines === undefined ? {} : { line: lines });
  }
  return tableFault(file, 'não se pode ler.', {}, error);
}
