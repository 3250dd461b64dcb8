import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../errors.ts';
import { entrySchema, headSchema, type JournalEntry, type JournalHead } from './entry.ts';

/** A journal as it leaves the agent: lines of JSON, the first of which says whose it is. */
const headerSchema = Type.Object({
  kind: Type.Literal('guarita-journal'),
  agent: Type.String(),
  exported: Type.String(),
});
const lineSchema = Type.Union([Type.Object({ entry: entrySchema }), Type.Object({ head: headSchema })]);
export type JournalHeader = Static<typeof headerSchema>;

export interface JournalFile {
  readonly header: JournalHeader;
  readonly entries: readonly JournalEntry[];
  readonly heads: readonly JournalHead[];
}

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

/** Reads an exported journal. Throws `document-unreadable`, naming the line. */
export async function readJournalFile(file: string): Promise<JournalFile> {
  const entries: JournalEntry[] = [];
  const heads: JournalHead[] = [];
  let header: JournalHeader | null = null;
  let number = 0;
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
      number++;
      const line: unknown = JSON.parse(text);
      if (number === 1) {
        if (!Value.Check(headerSchema, line)) break;
        header = line;
      } else if (!Value.Check(lineSchema, line)) throw new Error('no line of a journal');
      else if ('entry' in line) entries.push(line.entry);
      else heads.push(line.head);
    }
  } catch (error) {
    throw new GuaritaError('document-unreadable', `"${file}", line ${number}.`, {
      // The parser's message quotes the text.
      cause: (error as NodeJS.ErrnoException).code,
    });
  }
  if (header === null) throw new GuaritaError('document-unreadable', `"${file}".`);
  return { header, entries, heads };
}
