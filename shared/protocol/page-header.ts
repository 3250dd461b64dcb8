import { DisplayString, type Item, parseDictionary, serializeDictionary } from 'structured-headers';
import { GuaritaError } from '../errors.ts';
import type { PageInfo, SourceState } from '../sources/view-source.ts';

/** Media type of a page's body: lines, see `shared/sources/reading/lines.ts`. */
export const rowsMediaType = 'application/vnd.guarita.rows';
export const pageHeaderName = 'guarita-page';

/** SHA-256. */
const digestsBytes = 32;

/**
 * `Guarita-Page`: a dictionary (RFC 9651) that says what the page is; the response's signature covers it.
 * @param digests `pageDigest` of the rows, which version 1 does not have
 */
export function serializePageInfo(page: PageInfo, digests?: Buffer): string {
  return serializeDictionary({
    rows: page.rows,
    next: page.next,
    ...(page.until === null ? {} : { until: new DisplayString(page.until) }),
    complete: page.complete,
    fingerprint: page.fingerprint,
    epoch: page.epoch,
    ...(page.gap === true ? { gap: true } : {}),
    ...(digests === undefined ? {} : { digests }),
  });
}

/** What describes the answer to a listing or a lookup, in the same header; `answered` and `cut` are of lookups only. */
export interface AnswerInfo extends SourceState {
  readonly rows: number;
  readonly answered?: number;
  /** Absent when it is 0. */
  readonly cut?: number;
}

/** @param digests as of a page; a listing has none, since its rows are not loaded */
export function serializeAnswerInfo(
  { rows, fingerprint, epoch, answered, cut = 0 }: AnswerInfo,
  digests?: Buffer,
): string {
  return serializeDictionary({
    ...{ rows, fingerprint, epoch },
    ...(answered === undefined ? {} : { answered }),
    ...(cut === 0 ? {} : { cut }),
    ...(digests === undefined ? {} : { digests }),
  });
}

/** Throws `page-invalid` when the header is not one that `serializeAnswerInfo` makes. */
export function parseAnswerInfo(header: string | undefined): AnswerInfo {
  const fields = parseFields(header);
  const value = (name: string): unknown => fields.get(name)?.[0];
  const [rows, fingerprint, epoch] = ['rows', 'fingerprint', 'epoch'].map(value);
  const [answered, cut] = ['answered', 'cut'].map(value);
  if (
    !isCount(rows) ||
    typeof fingerprint !== 'string' ||
    typeof epoch !== 'string' ||
    !(answered === undefined || isCount(answered)) ||
    !(cut === undefined || isCount(cut))
  ) {
    throw new GuaritaError('page-invalid', 'Falta um membro no cabeçalho Guarita-Page.');
  }
  return {
    ...{ rows, fingerprint, epoch },
    ...(answered === undefined ? {} : { answered }),
    ...(cut === undefined ? {} : { cut }),
  };
}

/** Throws `page-invalid` when the header is not one that `serializePageInfo` makes. */
export function parsePageInfo(header: string | undefined): PageInfo {
  const fields = parseFields(header);
  const value = (name: string): unknown => fields.get(name)?.[0];
  const [rows, next, complete] = [value('rows'), value('next'), value('complete')];
  const [fingerprint, epoch, until] = [value('fingerprint'), value('epoch'), value('until') ?? null];
  if (
    !isCount(rows) ||
    typeof next !== 'string' ||
    next === '' ||
    typeof complete !== 'boolean' ||
    typeof fingerprint !== 'string' ||
    typeof epoch !== 'string' ||
    !(until === null || until instanceof DisplayString)
  ) {
    throw new GuaritaError('page-invalid', 'Falta um membro no cabeçalho Guarita-Page.');
  }
  return {
    ...{ rows, next, complete, fingerprint, epoch, until: until === null ? null : until.toString() },
    ...(value('gap') === true ? { gap: true } : {}),
  };
}

/** The signed `pageDigest` of an answer's rows. Throws `page-invalid` where there is none. */
export function parseDigests(header: string | undefined): Buffer {
  const digests = parseFields(header).get('digests')?.[0];
  if (digests instanceof ArrayBuffer && digests.byteLength === digestsBytes) return Buffer.from(digests);
  throw new GuaritaError('page-invalid', 'Faltam no cabeçalho Guarita-Page os resumos das linhas.');
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function parseFields(header: string | undefined): Map<string, Item> {
  try {
    return parseDictionary(header ?? '') as Map<string, Item>;
  } catch (error) {
    throw new GuaritaError('page-invalid', 'O cabeçalho Guarita-Page está malformado.', { cause: error });
  }
}
