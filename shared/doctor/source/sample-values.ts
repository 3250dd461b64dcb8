import { cleanerOf } from '../../cleaning/clean-column.ts';
import type { Cleaner, CleaningContext, Note } from '../../cleaning/cleaner.ts';
import type { StandardColumn, StandardView } from '../../dictionary/columns.ts';
import type { Kind } from '../../dictionary/kinds.ts';
import { marksOf, splitFields, unescapeField } from '../../sources/reading/lines.ts';
import type { ColumnDescription } from '../../sources/view-source.ts';

/** What treatment will have to say of values; `empty` of columns in which each row should have one. */
export const valueFlaws = [
  ...(['empty', 'not-typed', 'impossible', 'default-date', 'future', 'unlisted'] as const),
  ...(['placeholder', 'encoding', 'padded', 'short-year', 'too-long'] as const),
] as const;

export type ValueFlaw = (typeof valueFlaws)[number];

/** Of the values of a sample: how many rows have which flaw in which column. Of the values nothing is kept. */
export interface ValueFacts {
  readonly rows: number;
  readonly flaws: readonly ColumnFlaw[];
}

export interface ColumnFlaw {
  readonly flaw: ValueFlaw;
  readonly column: string;
  readonly rows: number;
}

const days: readonly Kind[] = ['date', 'birth-date', 'instant', 'changed'];
/** They name rows, or are no text: there is nothing to be cleaned. */
const taken: readonly Kind[] = ['key', 'reference', 'bytes'];

const byNote: Readonly<Partial<Record<Note, ValueFlaw>>> = {
  placeholder: 'placeholder',
  unreadable: 'not-typed',
  invalid: 'impossible',
  'unknown-code': 'unlisted',
  'too-long': 'too-long',
  'encoding-mended': 'encoding',
  'encoding-doubtful': 'encoding',
  'default-date': 'default-date',
  'century-inferred': 'short-year',
};

/**
 * Cleans the values of a sample as treatment will, and counts what there is to say of them.
 *
 * @param lines of the sample; it is they that bound how much is done here
 * @param now milliseconds since 1970
 */
export function examineValues(
  lines: Buffer,
  columns: readonly ColumnDescription[],
  standard: StandardView,
  timeZone: string,
  now: number,
): ValueFacts {
  const context: CleaningContext = { timeZone, assigned: new Map() };
  const looks = columns.flatMap(({ name }, index) => {
    const column = standard.columns.find((each) => each.name === name);
    return column === undefined ? [] : [{ ...lookOf(column, standard.name, context, now), place: index + 1 }];
  });
  const counts = new Map<string, Map<ValueFlaw, number>>();
  let rows = 0;
  for (let start = 0; start < lines.length; ) {
    const newline = lines.indexOf(10, start);
    const end = newline === -1 ? lines.length : newline;
    const [, mark, ...fields] = splitFields(lines.subarray(start, end));
    const marks = marksOf(String(mark));
    start = end + 1;
    // Of a row that is too large only a part has come.
    if (marks.includes(0)) continue;
    rows++;
    for (const { name, place, look } of looks) {
      const field = fields[place - 1];
      if (field === undefined || marks.includes(place)) continue;
      for (const flaw of look(unescapeField(field)?.toString('utf8') ?? '')) {
        const ofColumn = counts.get(name) ?? new Map<ValueFlaw, number>();
        counts.set(name, ofColumn.set(flaw, (ofColumn.get(flaw) ?? 0) + 1));
      }
    }
  }
  const flaws = [...counts].flatMap(([column, ofColumn]) =>
    [...ofColumn].map(([flaw, rows]) => ({ flaw, column, rows })),
  );
  return { rows, flaws };
}

interface Look {
  readonly name: string;
  /** Each flaw of a value, once; null is as good as an empty text. */
  readonly look: (text: string) => ReadonlySet<ValueFlaw>;
}

const nothing: ReadonlySet<ValueFlaw> = new Set();

function lookOf(column: StandardColumn, view: string, context: CleaningContext, now: number): Look {
  const { name, kind, expected, ahead } = column;
  const clean: Cleaner = taken.includes(kind) ? (text) => text : cleanerOf(column, view, context);
  const isDay = days.includes(kind);
  // Clocks and zones differ by less than a day.
  const tomorrow = new Date(now + 86_400_000).toISOString().slice(0, 10);
  const look = (text: string) => {
    if (text.trim() === '') return expected ? new Set<ValueFlaw>(['empty']) : nothing;
    const flaws = new Set<ValueFlaw>();
    if (kind === 'code' && text.endsWith(' ')) flaws.add('padded');
    const value = clean(text, (note) => {
      const flaw = byNote[note];
      // Where a day is missing, systems write one.
      if (flaw !== undefined) flaws.add(isDay && flaw === 'placeholder' ? 'default-date' : flaw);
    });
    if (isDay && !ahead && value !== null && value.slice(0, 10) > tomorrow) flaws.add('future');
    return flaws;
  };
  return { name, look };
}
