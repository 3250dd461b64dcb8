import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { completed } from '../../shared/options/read-config.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { type DirectSource, directSchema } from './direct-source.ts';
import { sourceNames } from './source-names.ts';
import { standingSchema } from './standing.ts';

/** What central holds of a state that was enrolled with its agent: where it is, which certificates it may show, its grant. */
const enrolledSchema = Type.Object({
  ...standingSchema.properties,
  url: Type.String(),
  agent: Type.String(),
  /** Pinned certificates of the agent, the newest last; `until`: accepted no longer than that. */
  certificates: Type.Array(
    Type.Object({ pem: Type.String(), until: Type.Union([Type.String(), Type.Null()]) }),
    { minItems: 1 },
  ),
  grant: Type.String(),
  /** Thumbprint of the key of central that the agent knows and the grant names. */
  centralKey: Type.String(),
});
export type EnrolledSource = Static<typeof enrolledSchema>;

/** All that is held of a source, one file in its own folder, `sources/AL/source.json`, exchanged as a whole. */
export type SourceRecord = EnrolledSource | DirectSource;

/** What stays of a record when another takes its place. */
export function keptOf(record: SourceRecord | null): Pick<SourceRecord, 'left' | 'earlier'> {
  if (record === null) return {};
  const { left, earlier: before = [] } = record;
  const own = isDirect(record) ? [] : record.certificates.map(({ pem }) => pem);
  const earlier = [...new Set([...before, ...own])];
  return { ...(left === undefined ? {} : { left }), ...(earlier.length === 0 ? {} : { earlier }) };
}

export function isDirect(record: SourceRecord): record is DirectSource {
  return 'rule' in record;
}

/** Where central keeps what is a state's alone. */
export function sourceFolder(state: string, uf: string): string {
  return join(state, 'sources', uf);
}

/** The file that says all of one enrolled source. */
export function enrolledFile(state: string, uf: string): string {
  return join(sourceFolder(state, uf), 'source.json');
}

/** The sources that are enrolled, by name. */
export function enrolledNames(state: string): string[] {
  return sourceNames.filter((uf) => existsSync(enrolledFile(state, uf)));
}

/** Throws `document-unreadable`, naming the file. */
export function readRecord(file: string): SourceRecord {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Value.Check(enrolledSchema, value)) return value;
    // What its options have gained since it was written means what it says by itself.
    const direct = completed(directSchema, value);
    if (Value.Check(directSchema, direct)) return direct;
  } catch {
    // Without the cause: a parser's message quotes what it reads, and the grant is in there.
  }
  throw new GuaritaError('document-unreadable', `"${file}".`);
}

/** The record of an agent. Throws `document-unreadable`, naming the file, also where central reads a database itself. */
export function readEnrolled(file: string): EnrolledSource {
  const record = readRecord(file);
  if (isDirect(record)) throw new GuaritaError('document-unreadable', `"${file}".`);
  return record;
}

/** The record of a database that central reads itself. Throws as `readEnrolled`. */
export function readDirect(file: string): DirectSource {
  const record = readRecord(file);
  if (!isDirect(record)) throw new GuaritaError('document-unreadable', `"${file}".`);
  return record;
}

/** What was told of a database, and for all that was not, what its options mean by that. Throws `config-invalid`. */
export function completeDirect(told: DirectSource): DirectSource {
  const record = completed(directSchema, told);
  if (Value.Check(directSchema, record)) return record;
  throw new GuaritaError('config-invalid', 'O que foi dito do banco.');
}

/** Throws `state-unwritable`. */
export function writeRecord(file: string, source: SourceRecord): void {
  writePrivateFile(file, `${JSON.stringify(source, null, 2)}\n`);
}
