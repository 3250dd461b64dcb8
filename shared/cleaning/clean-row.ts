import type { StandardColumn, StandardView } from '../dictionary/columns.ts';
import { cleanerOf } from './clean-column.ts';
import { type Cleaner, type CleaningContext, type Note, notes } from './cleaner.ts';
import { type Implication, implicationOf } from './implications.ts';

/** What became of a row: its values, and what there is to say of them. */
export interface CleanedRow {
  /** In the order of the dictionary's columns, the key first; each in the form of its kind. */
  readonly values: readonly (string | null)[];
  /** `column:note`, in the order in which they arose. */
  readonly notes: readonly string[];
}

/** @param given the values of a row in the order of the source's columns */
export type RowCleaner = (given: readonly (string | null)[]) => CleanedRow;

const none: readonly string[] = Object.freeze([]);

/** What is to be done for one column, found out once for all rows. */
interface Step {
  /** Where the source has it, and where the dictionary. */
  readonly from: number;
  readonly to: number;
  readonly clean: Cleaner;
  readonly note: (note: Note) => void;
  readonly implies: Implication | null;
}

/**
 * Cleans the rows of a view of one source.
 *
 * @param columns the source's columns in the order of its rows; those that the dictionary does not know are passed over,
 *   those that are missing are null in every row, and nothing is noted of them
 */
export function rowCleaner(
  view: StandardView,
  columns: readonly string[],
  context: CleaningContext,
): RowCleaner {
  // One list for the row at hand; most rows need none.
  let said: string[] | null = null;
  const places = new Map(view.columns.map(({ name }, at) => [name, at]));
  const steps = view.columns.flatMap((column, to) => {
    const from = columns.indexOf(column.name);
    return from === -1 ? [] : [stepOf(column, from, to)];
  });
  const implying = steps.flatMap(({ from, to, implies }) =>
    implies === null ? [] : [{ from, to, implies }],
  );
  const empty = view.columns.map(() => null);

  return (given) => {
    said = null;
    const values: (string | null)[] = empty.slice();
    for (const { from, to, clean, note } of steps) {
      const value = given[from];
      if (value !== null && value !== undefined) values[to] = clean(value, note);
    }
    for (const { from, to, implies } of implying) {
      // Of what was not understood nothing follows.
      if (values[to] !== null) fill(values, implies(given[from] ?? ''));
    }
    return { values, notes: said ?? none };
  };

  function stepOf(column: StandardColumn, from: number, to: number): Step {
    const texts = notesOf(column.name);
    const clean = cleanerOf(column, view.name, context);
    return { from, to, clean, note: (note) => say(texts[note]), implies: implicationOf(column) };
  }

  function say(text: string): void {
    said ??= [];
    said.push(text);
  }

  /** What is implied counts where nothing is said, not against what is said and not understood. */
  function fill(values: (string | null)[], implied: Readonly<Record<string, string>>): void {
    for (const [column, value] of Object.entries(implied)) {
      const at = places.get(column);
      if (at === undefined || values[at] !== null || misunderstood(column)) continue;
      values[at] = value;
      say(`${column}:implied`);
    }
  }

  function misunderstood(column: string): boolean {
    return (said ?? none).some((text) => text.startsWith(`${column}:`) && text !== `${column}:placeholder`);
  }
}

function notesOf(column: string): Readonly<Record<Note, string>> {
  const texts = Object.keys(notes).map((note) => [note, `${column}:${note}`]);
  return Object.fromEntries(texts) as Record<Note, string>;
}
