import type { Cleaner, Note } from './cleaner.ts';

/** More different values than a column has where remembering them helps; and longer ones than are repeated. */
const [most, longest] = [10_000, 100];

/** What is found for a text, found once for each of those that come often. */
export function remembered<T>(find: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const found = find(text);
    if (known.size < most && text.length <= longest) known.set(text, found);
    return found;
  };
}

/** A cleaner for columns that have few different values. */
export function remembering(cleaner: Cleaner): Cleaner {
  const cleaned = remembered((given) => {
    const notes: Note[] = [];
    return { value: cleaner(given, (note) => notes.push(note)), notes };
  });
  return (given, note) => {
    const { value, notes } = cleaned(given);
    for (const said of notes) note(said);
    return value;
  };
}
