import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../errors.ts';
import { fileLines } from '../file-lines.ts';
import { systemFault } from '../given-file.ts';
import { entrySchema, headSchema, type JournalEntry, type JournalHead } from './entry.ts';

/** A journal as it leaves the agent: lines of JSON, the first of which says whose it is; entries, then heads. */
const headerSchema = Type.Object({
  kind: Type.Literal('guarita-journal'),
  agent: Type.String(),
  exported: Type.String(),
});
const lineSchema = Type.Union([Type.Object({ entry: entrySchema }), Type.Object({ head: headSchema })]);
export type JournalHeader = Static<typeof headerSchema>;
export type JournalLine = { readonly entry: JournalEntry } | { readonly head: JournalHead };

/** The lines of an exported journal, each with its line break. */
export function* journalLines(
  header: JournalHeader,
  entries: Iterable<JournalEntry>,
  heads: Iterable<JournalHead>,
): Generator<string> {
  yield `${JSON.stringify(header)}\n`;
  for (const entry of entries) yield `${JSON.stringify({ entry })}\n`;
  for (const head of heads) yield `${JSON.stringify({ head })}\n`;
}

/**
 * Reads an exported journal line by line, in memory that does not grow with it.
 * Throws `document-unreadable`, naming the line.
 */
export async function readJournalFile(
  file: string,
  onHeader: (header: JournalHeader) => void,
  onLine: (line: JournalLine) => void,
): Promise<void> {
  let number = 0;
  const unreadable = (cause?: unknown) =>
    new GuaritaError('document-unreadable', `"${file}", linha ${number}.`, { cause });
  try {
    for await (const text of fileLines(file)) {
      number++;
      const line: unknown = JSON.parse(text);
      if (number === 1) {
        if (!Value.Check(headerSchema, line)) throw unreadable();
        onHeader(line);
      } else if (Value.Check(lineSchema, line)) onLine(line);
      else throw unreadable();
    }
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    const fault = systemFault(file, error);
    if (fault !== null) throw fault;
    // The parser's message quotes the text.
    throw unreadable((error as NodeJS.ErrnoException).code);
  }
  if (number === 0) throw unreadable();
}
