import type { StandardColumn, StandardView } from '../dictionary/columns.ts';
import type { Kind } from '../dictionary/kinds.ts';
import { cleanerOf } from './clean-column.ts';
import { type CleaningContext, type Note, notes } from './cleaner.ts';

/** Kinds that have few values, so that people may assign one to what a state writes (`withAssigned`). */
const codedKinds: readonly Kind[] = ['code', 'boolean', 'uf', 'municipality'];

/** The columns of a view to whose words people may assign national values. */
export function codedColumns(view: StandardView): readonly StandardColumn[] {
  return view.columns.filter(({ kind }) => codedKinds.includes(kind));
}

/** Whether no national value is known for a word: neither has it one, nor does it stand for none. */
export function isUnknown(
  column: StandardColumn,
  view: string,
  context: CleaningContext,
): (word: string) => boolean {
  const clean = cleanerOf(column, view, context);
  return (word) => {
    const said: Note[] = [];
    const value = clean(word, (note) => said.push(note));
    return value === null && said.some((note) => notes[note] === 'lost' && note !== 'placeholder');
  };
}

/** The national value that is meant by a text: itself, or a spelling that the dictionary knows. Null for none. */
export function nationalValue(column: StandardColumn, view: string, text: string): string | null {
  return cleanerOf(column, view, { timeZone: 'UTC', assigned: new Map() })(text, () => undefined);
}
