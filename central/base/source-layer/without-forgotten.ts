import { GuaritaError } from '../../../shared/errors.ts';
import { decodeField, marksOf, nullField, splitFields } from '../../../shared/sources/reading/lines.ts';
import type { ViewDescription } from '../../../shared/sources/view-source.ts';
import { namingOf } from './naming.ts';
import { type Lines, linesOf } from './staging.ts';
import type { IsForgotten } from './tombstones.ts';

/** Digest and mark come before the columns. */
const before = 2;

/**
 * A page in which each row that names somebody who was forgotten is a line that says that there is none of its key: a row
 * that had named somebody else is taken for what it is to us now, gone, and one that we never had is nothing. Also those
 * that would go to quarantine.
 *
 * Throws `page-invalid` for a page of another number of lines than it says.
 */
export function withoutForgotten(
  { name, key, columns }: ViewDescription,
  page: Lines,
  isForgotten: IsForgotten,
): { readonly page: Lines; readonly forgotten: number } {
  const places = new Map(columns.map((column, index) => [column.name, index]));
  const keyPlaces = key.map((column) => places.get(column) ?? -1);
  const naming = namingOf(name, key, [...places.keys()]);
  if (naming.columns.length === 0) return { page, forgotten: 0 };
  const lines = linesOf(page.lines);
  if (lines.length !== page.rows) throw new GuaritaError('page-invalid', 'Tem outro número de linhas.');
  const kept: Buffer[] = [];
  let forgotten = 0;
  for (const line of lines) {
    const fields = splitFields(line.subarray(0, line.at(-1) === 10 ? -1 : undefined));
    const mark = fields[1]?.toString('latin1') ?? nullField;
    const text = (column: string) => textOf(fields[(places.get(column) ?? Number.NaN) + before]);
    if (mark === '{-1}' || !naming.named(text).some(isForgotten)) {
      kept.push(line);
      continue;
    }
    forgotten++;
    // Bytes that are no text: no row that was loaded has this key.
    if (marksOf(mark).some((place) => keyPlaces.includes(place - 1))) continue;
    const values = columns.map((_, at) => (keyPlaces.includes(at) ? fields[at + before] : nullField));
    kept.push(Buffer.from([fields[0], '{-1}', ...values].join('\t') + '\n'));
  }
  if (forgotten === 0) return { page, forgotten };
  return { page: { lines: Buffer.concat(kept), rows: kept.length }, forgotten };
}

function textOf(field: Buffer | undefined): string | null {
  if (field === undefined) return null;
  const text = field.toString('utf8');
  return text === nullField ? null : decodeField(text);
}
