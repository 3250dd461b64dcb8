import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { fileLines } from '../../shared/file-lines.ts';
import { systemFault } from '../../shared/given-file.ts';
import { entrySchema, headSchema, type JournalHead } from '../../shared/journal/entry.ts';

/**
 * The audit as it leaves the base, exported or shipped: lines of JSON as those of a journal (`shared/journal/file.ts`). The
 * first says of which base it is and behind which entry it begins; then entries, and heads behind the entries they sign.
 */
const headerSchema = Type.Object({
  kind: Type.Literal('guarita-audit'),
  base: Type.String(),
  exported: Type.String(),
  after: Type.Object({ id: Type.Integer({ minimum: 0 }), hash: Type.String() }),
});
export type AuditHeader = Static<typeof headerSchema>;

/** An entry without what was asked for, with it, or with it sealed for the auditor (`seal.ts`). */
const auditEntrySchema = Type.Intersect([
  entrySchema,
  Type.Object({
    salt: Type.Optional(Type.String()),
    terms: Type.Optional(Type.String()),
    sealed: Type.Optional(Type.String()),
  }),
]);
export type FileEntry = Static<typeof auditEntrySchema>;

const lineSchema = Type.Union([Type.Object({ entry: auditEntrySchema }), Type.Object({ head: headSchema })]);
export type AuditLine = { readonly entry: FileEntry } | { readonly head: JournalHead };

/** The header that a line is, and the numbers of the entry and the head that it may be; null for one that was cut off. */
export function lineFacts(text: string): { header?: AuditHeader; entry?: number; head?: number } | null {
  const line = parsed(text);
  if (Value.Check(headerSchema, line)) return { header: line };
  if (!Value.Check(lineSchema, line)) return null;
  return 'entry' in line ? { entry: line.entry.id } : { head: line.head.id };
}

export function auditLine(line: AuditHeader | AuditLine): string {
  return `${JSON.stringify(line)}\n`;
}

/** A line of a file as it is read; `cut`: one that was cut off while it was written. */
export type ReadLine = { readonly header: AuditHeader } | AuditLine | { readonly cut: true };

/**
 * Reads such a file line by line, the header first. A line that was cut off is told as such: the one behind it says the
 * same again, and where it does not, the chain tells. Throws `document-unreadable`, naming the line.
 */
export async function* readAuditFile(file: string): AsyncGenerator<ReadLine> {
  let [number, isHeaded] = [0, false];
  const unreadable = (cause?: unknown) =>
    new GuaritaError('document-unreadable', `"${file}", linha ${number}.`, { cause });
  try {
    for await (const text of fileLines(file)) {
      number++;
      const line = parsed(text);
      if (line === undefined) yield { cut: true };
      else if (isHeaded && Value.Check(lineSchema, line)) yield line;
      else if (!isHeaded && Value.Check(headerSchema, line)) {
        isHeaded = true;
        yield { header: line };
      } else throw unreadable();
    }
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    const fault = systemFault(file, error);
    if (fault !== null) throw fault;
    throw unreadable((error as NodeJS.ErrnoException).code);
  }
  if (!isHeaded) throw unreadable();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
