import { placesOf } from '../tables/columns.ts';
import type { Table } from '../tables/table.ts';
import { tableFault } from '../tables/table-fault.ts';
import type { Locale } from '../treat/link/locale/locale.ts';
import { type Registers, RegistersBuilder } from '../treat/link/registers/builder.ts';
import { type Layout, ownColumns, registerReader } from '../treat/link/registers/layout.ts';
import { Texts } from './texts.ts';

export interface ReadRegisters {
  readonly registers: Registers;
  /** By place, a number for whose it is; -1 where the truth is not told. Null where no column tells it. */
  readonly truth: readonly number[] | null;
  /** Dates that were left out because they are none, or none in the form that was said. */
  readonly unreadDates: number;
}

export interface ReadOptions {
  readonly layout: Layout;
  readonly locale: Locale;
  /** The column that tells whose a register is. */
  readonly truth?: string | undefined;
  readonly stop: AbortSignal;
}

/** With more of them unread, dates are in another form than was said. */
const mostUnread = 0.1;

/**
 * Reads all rows of a table as registers; memory grows by what is compared of each.
 *
 * @throws GuaritaError `table-invalid` at a column that is not there, an id that is missing or is there twice, and where
 *   many dates are in another form
 */
export async function readRegisters(
  table: Table,
  { layout, locale, truth: truthColumn, stop }: ReadOptions,
): Promise<ReadRegisters> {
  const { file, header } = table;
  const idNames = layout.columns.filter(({ as }) => as === 'id').map(({ name }) => name);
  const birthColumn = layout.columns.find(({ as }) => as === 'birth');
  const names = layout.columns.map(({ name }) => name);
  placesOf(table, truthColumn === undefined ? names : [...names, truthColumn]);
  const idPlaces = placesOf(table, idNames);
  const birthPlace = birthColumn === undefined ? -1 : header.indexOf(birthColumn.name);
  const truthPlace = truthColumn === undefined ? null : header.indexOf(truthColumn);

  const [lineOf, owners] = [new Map<string, number>(), new Texts()];
  const truth: number[] = [];
  let [line, dates, unreadDates, firstUnread] = [0, 0, 0, 0];
  const read = registerReader(layout, header, () => {
    if (unreadDates++ === 0) firstUnread = line;
  });
  const builder = new RegistersBuilder({ locale, own: ownColumns(layout) });
  for await (const row of table.rows()) {
    if (stop.aborted) break;
    line = row.line;
    const register = read(row.cells);
    const missing = idPlaces.findIndex((place) => row.cells[place] === '');
    if (missing !== -1) throw tableFault(file, 'o id está vazio.', { line, column: idNames[missing] ?? '' });
    const before = lineOf.get(register.id);
    if (before !== undefined) throw tableFault(file, `o id é o mesmo da linha ${before}.`, { line });
    lineOf.set(register.id, line);
    builder.add(register);
    if (birthPlace !== -1 && row.cells[birthPlace] !== '') dates++;
    if (truthPlace === null) continue;
    const owner = row.cells[truthPlace] ?? '';
    truth.push(owner === '' ? -1 : owners.numberOf(owner));
  }
  if (birthColumn !== undefined && unreadDates > mostUnread * dates) {
    const { name: column, form } = birthColumn;
    const all = `${unreadDates} de ${dates} datas`;
    const wrong =
      form === undefined
        ? `${all} não se entendem, desta em diante. Diga a forma, como em birth=${column}:MM/DD/YYYY.`
        : `${all} não são da forma ${form}, desta em diante.`;
    throw tableFault(file, wrong, { line: firstUnread, column });
  }
  return { registers: builder.done(), truth: truthPlace === null ? null : truth, unreadDates };
}
