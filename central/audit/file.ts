import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
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

/**
 * Reads such a file line by line, in memory that does not grow with it. A line that was cut off while it was written is
 * passed over, as the one behind it says the same again: where it does not, the chain tells. Returns how many there were.
 * Throws `document-unreadable`, naming the line.
 */
export async function readAuditFile(
  file: string,
  onHeader: (header: AuditHeader) => void,
  onLine: (line: AuditLine) => void | Promise<void>,
): Promise<number> {
  let [number, cut, isHeaded] = [0, 0, false];
  const unreadable = (cause?: unknown) =>
    new GuaritaError('document-unreadable', `"${file}", line ${number}.`, { cause });
  try {
    for await (const text of createInterface({ input: createReadStream(file, 'utf8') })) {
      number++;
      const line = parsed(text);
      if (line === undefined) cut++;
      else if (isHeaded && Value.Check(lineSchema, line)) await onLine(line);
      else if (!isHeaded && Value.Check(headerSchema, line)) {
        isHeaded = true;
        onHeader(line);
      } else throw unreadable();
    }
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw unreadable((error as NodeJS.ErrnoException).code);
  }
  if (!isHeaded) throw unreadable();
  return cut;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
