import { parseDictionary, serializeDictionary } from 'structured-headers';
import { GuaritaError } from '../errors.ts';
import type { JournalMark } from '../journal/entry.ts';

/**
 * What is said of the agent's journal on the line (docs/protocol.md, J5): a request names the last entry that central
 * holds, in its target; the signed answer says what the agent has there, and which entry is its last.
 */
export const journalHeaderName = 'guarita-journal';

/** Name of the parameter of a request's query. */
export const journalParameter = 'journal';

/** SHA-256. */
const hashBytes = 32;

/** The longest number that JSON, SQLite and RFC 9651 all hold, and a hash in base64url. */
export const journalPattern = '^[1-9][0-9]{0,14}\\.[A-Za-z0-9_-]{43}$';
const asked = new RegExp(journalPattern);

export interface ToldJournal {
  /** The entry that the request named, as the agent has it; null where it named none. */
  readonly known: { readonly id: number /** Null: there is none. */; readonly hash: string | null } | null;
  /** The entry of this very answer. */
  readonly last: JournalMark;
}

/** The target of a request that names an entry. */
export function namingEntry(target: string, mark: JournalMark | null): string {
  if (mark === null) return target;
  return `${target}${target.includes('?') ? '&' : '?'}${journalParameter}=${mark.id}.${mark.hash}`;
}

/** The entry that a target names, null where it names none. */
export function entryNamedIn(target: string): JournalMark | null {
  const value = new URLSearchParams(target.split('?', 2)[1] ?? '').get(journalParameter) ?? '';
  if (!asked.test(value)) return null;
  const [id = '', hash = ''] = value.split('.', 2);
  return { id: Number(id), hash };
}

/** `Guarita-Journal`: a dictionary (RFC 9651), which the signature of the answer covers. */
export function serializeJournal({ known, last }: ToldJournal): string {
  return serializeDictionary({
    last: last.id,
    'last-hash': bytesOf(last.hash),
    ...(known === null ? {} : { known: known.id }),
    ...(known === null || known.hash === null ? {} : { 'known-hash': bytesOf(known.hash) }),
  });
}

/** Throws `page-invalid` for a header that `serializeJournal` does not make. */
export function parseJournal(header: string): ToldJournal {
  const fields = fieldsOf(header);
  const id = (name: string): number | null => {
    const value = fields.get(name)?.[0];
    return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : null;
  };
  const hash = (name: string): string | null => {
    const value = fields.get(name)?.[0];
    if (!(value instanceof ArrayBuffer) || value.byteLength !== hashBytes) return null;
    return Buffer.from(value).toString('base64url');
  };
  const [last, lastHash, known] = [id('last'), hash('last-hash'), id('known')];
  const isWhole = (name: string, value: unknown) => fields.has(name) === (value !== null);
  const knownHash = hash('known-hash');
  if (last === null || lastHash === null || !isWhole('known', known) || !isWhole('known-hash', knownHash)) {
    throw invalid();
  }
  return {
    known: known === null ? null : { id: known, hash: knownHash },
    last: { id: last, hash: lastHash },
  };
}

function fieldsOf(header: string) {
  try {
    return parseDictionary(header);
  } catch (error) {
    throw invalid(error);
  }
}

function invalid(cause?: unknown): GuaritaError {
  return new GuaritaError('page-invalid', 'O cabeçalho Guarita-Journal está malformado.', { cause });
}

function bytesOf(hash: string): ArrayBuffer {
  return new Uint8Array(Buffer.from(hash, 'base64url')).buffer;
}
