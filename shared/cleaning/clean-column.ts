import type { CodeList } from '../dictionary/codes/code-list.ts';
import type { StandardColumn } from '../dictionary/columns.ts';
import type { Kind } from '../dictionary/kinds.ts';
import type { Cleaner, CleaningContext } from './cleaner.ts';
import { withAssigned } from './codes/assigned.ts';
import { codeCleaner } from './codes/code.ts';
import { dateCleaner } from './dates/date.ts';
import { birthDays, otherDays } from './dates/days.ts';
import { instantCleaner } from './dates/instant.ts';
import { clockOf } from './dates/local-clock.ts';
import { cleanCpf } from './documents/cpf.ts';
import { cleanMunicipality } from './documents/municipality.ts';
import { cleanOabNumber } from './documents/oab-number.ts';
import { cleanPostalCode } from './documents/postal-code.ts';
import { cleanProcessNumber } from './documents/process-number.ts';
import { cleanRg } from './documents/rg.ts';
import { cleanRji } from './documents/rji.ts';
import { cleanUf } from './documents/uf.ts';
import { cleanBoolean } from './numbers/boolean.ts';
import { countCleaner } from './numbers/count.ts';
import { decimalCleaner } from './numbers/decimal.ts';
import { unitOf } from './numbers/units.ts';
import { remembering } from './remembering.ts';
import { cleanFreeText } from './text/free-text.ts';
import { cleanName } from './text/name.ts';
import { cleanNames } from './text/names.ts';

/** What a column's cleaner is made for. */
interface Place {
  readonly column: StandardColumn;
  readonly context: CleaningContext;
  readonly assigned: ReadonlyMap<string, string | null> | undefined;
}

/** It names a row, or is no text: what a state gives is what it is. */
const asGiven: Cleaner = (given) => given;

/** A key has no more bytes (`maxKeyBytes` of the source layer), so what has more names no row; nor would it fit into an index. */
const mostReferenceBytes = 2500;
/** What is kept of one that has more. */
const startOfReference = 500;

const boundedReference: Cleaner = (given, note) => {
  if (given.length * 3 <= mostReferenceBytes || Buffer.byteLength(given) <= mostReferenceBytes) return given;
  note('too-long');
  return given.slice(0, startOfReference);
};

/** People may assign values to what a state writes; and there are few different ones. */
const fewValues = (cleaner: Cleaner, { assigned }: Place) => remembering(withAssigned(cleaner, assigned));

/** A blank leads nowhere, and is told as what is missing; where the row is nothing without it, as what leads nowhere. */
const optionalReference: Cleaner = (given, note) =>
  given.trim() === '' ? null : boundedReference(given, note);

const byKind: Readonly<Record<Kind, (place: Place) => Cleaner>> = {
  key: () => asGiven,
  reference: ({ column }) => (column.required ? boundedReference : optionalReference),
  bytes: () => asGiven,
  name: () => cleanName,
  names: () => cleanNames,
  text: () => cleanFreeText,
  code: (place) => fewValues(codeCleaner(listOf(place.column)), place),
  boolean: (place) => fewValues(cleanBoolean, place),
  uf: (place) => fewValues(cleanUf, place),
  municipality: (place) => fewValues(cleanMunicipality, place),
  'postal-code': () => cleanPostalCode,
  cpf: () => cleanCpf,
  rg: () => cleanRg,
  rji: () => cleanRji,
  'process-number': () => cleanProcessNumber,
  'oab-number': () => cleanOabNumber,
  count: ({ column }) => countCleaner(unitOf(column.name)),
  decimal: ({ column }) => decimalCleaner(unitOf(column.name)),
  date: ({ context }) => dateCleaner(otherDays, clockOf(context.timeZone)),
  'birth-date': ({ context }) => dateCleaner(birthDays, clockOf(context.timeZone)),
  instant: ({ context }) => instantCleaner(clockOf(context.timeZone)),
  changed: ({ context }) => instantCleaner(clockOf(context.timeZone)),
};

/** @param view the standard view that has the column */
export function cleanerOf(column: StandardColumn, view: string, context: CleaningContext): Cleaner {
  const assigned = context.assigned.get(`${view}.${column.name}`);
  return byKind[column.kind]({ column, context, assigned });
}

function listOf({ name, codes }: StandardColumn): CodeList {
  if (codes === undefined) throw new TypeError(`the column ${name} has no list of codes`);
  return codes;
}
