import { parse } from 'csv-parse/sync';

/** What may stand between the cells of a row. */
export const separators = [';', ',', '\t'] as const;
export type Separator = (typeof separators)[number];

/** Rows that are looked at where the header alone leaves it open. */
const looked = 100;

/**
 * The separator of a table, by its begin: the one that parts the header, and where several would, the one by which all
 * rows have as many cells. Of a single column it is any.
 *
 * @param begin whole lines
 * @returns null where several would do
 */
export function separatorOf(begin: string): Separator | null {
  const parting = separators.filter((separator) => (rowsOf(begin, separator, 1)[0]?.length ?? 0) > 1);
  if (parting.length < 2) return parting[0] ?? ';';
  const even = parting.filter((separator) => {
    const [header = [], ...rows] = rowsOf(begin, separator, looked);
    return rows.length > 0 && rows.every(({ length }) => length === header.length);
  });
  return even.length === 1 ? (even[0] as Separator) : null;
}

/** As many of the first rows as can be read. */
function rowsOf(begin: string, separator: Separator, count: number): readonly (readonly string[])[] {
  return parse(begin, {
    ...{ delimiter: separator, to: count, trim: true, skip_empty_lines: true },
    ...{ relax_column_count: true, relax_quotes: true, skip_records_with_error: true },
  });
}
