import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Type, { type Static } from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { writePrivateFile } from '../../shared/private-file.ts';
import { sourceNames } from './source-names.ts';

/**
 * What central holds of a state that was enrolled, one file in its own folder, `sources/AL/source.json`, exchanged as a
 * whole: where its agent is, which certificates it may show, its grant, and by which of central's keys.
 */
const enrolledSchema = Type.Object({
  uf: Type.String(),
  url: Type.String(),
  agent: Type.String(),
  enrolled: Type.String(),
  schedule: Type.Union([Type.String(), Type.Null()]),
  /** Pinned certificates of the agent, the newest last; `until`: accepted no longer than that. */
  certificates: Type.Array(
    Type.Object({ pem: Type.String(), until: Type.Union([Type.String(), Type.Null()]) }),
    { minItems: 1 },
  ),
  grant: Type.String(),
  /** Thumbprint of the key of central that the agent knows and the grant names. */
  centralKey: Type.String(),
  /** Since when the agreement is over, and by which problem the agent said so: it is not asked any more. */
  ended: Type.Union([Type.Object({ at: Type.String(), problem: Type.String() }), Type.Null()]),
  /** Rows of each view as the agent counted them when it was enrolled. */
  rows: Type.Optional(Type.Record(Type.String(), Type.Integer({ minimum: 0 }))),
  /** Each time that a person took the state off (`source end`), the last one last. */
  left: Type.Optional(
    Type.Array(Type.Object({ at: Type.String(), by: Type.String(), reason: Type.String() })),
  ),
});
export type EnrolledSource = Static<typeof enrolledSchema>;

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
export function readEnrolled(file: string): EnrolledSource {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    if (Value.Check(enrolledSchema, value)) return value;
  } catch {
    // Without the cause: a parser's message quotes what it reads, and the grant is in there.
  }
  throw new GuaritaError('document-unreadable', `"${file}".`);
}

/** Throws `state-unwritable`. */
export function writeEnrolled(file: string, source: EnrolledSource): void {
  writePrivateFile(file, `${JSON.stringify(source, null, 2)}\n`);
}
