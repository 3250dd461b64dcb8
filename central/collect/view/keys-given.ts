import { nullField, splitFields, unescapeField } from '../../../shared/sources/reading/lines.ts';
import type { KeyText, ViewDescription } from '../../../shared/sources/view-source.ts';

/**
 * The keys of the rows that a page gives, in its order, as text; those of rows that bear a mark are left out: such a
 * row is gone, or put in quarantine.
 */
export function* keysGiven(
  { columns, key }: Pick<ViewDescription, 'columns' | 'key'>,
  lines: Buffer,
): Generator<readonly KeyText[]> {
  // Digest and mark come before the columns.
  const places = key.map((name) => 2 + columns.findIndex((column) => column.name === name));
  let end = 0;
  for (let start = 0; start < lines.length; start = end + 1) {
    end = lines.indexOf(10, start);
    if (end === -1) end = lines.length;
    const fields = splitFields(lines.subarray(start, end));
    if (fields[1]?.toString('latin1') !== nullField) continue;
    yield places.map((place) => {
      const field = fields[place];
      return field === undefined ? null : (unescapeField(field)?.toString('utf8') ?? null);
    });
  }
}
