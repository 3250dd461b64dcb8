import { GuaritaError } from '../../errors.ts';

/**
 * The cursor: where in the order of a view to go on. Made and read only by an engine's ViewSource; everyone else
 * stores it and returns it. All values are the database's own texts, to be cast back by the database.
 */
export interface Cursor {
  /** Watermark from which this cycle reads (inclusive); null on the first cycle. It never moves back. */
  readonly from: string | null;
  /** The last row given in this cycle, or null at the begin of a cycle. */
  readonly at: Position | null;
  /**
   * Watermark from which the next cycle is to read, fixed by this cycle's first page. A cycle that is taken up again
   * later, under a new bound, must not move it: rows that committed late behind `at` lie after it.
   */
  readonly resume: string | null;
}

/** Rows without a watermark come first, in key order; then the others in (watermark, key) order. */
export interface Position {
  readonly watermark: string | null;
  readonly key: readonly string[];
  /**
   * Of the rows here, a tie (`tie.ts`): absent when all were given, null when none was, else the digest up to which.
   */
  readonly within?: string | null;
}

/**
 * Most bytes of a position in a cursor. A cursor travels in the line of a request, for which Node takes 16 KiB, headers
 * included; encoded, sealed and encoded again it is 16/9 as long.
 */
const maxPositionBytes = 4096;

/** Whether a cursor can hold it: else no page may end there. */
export function fitsCursor(position: Position): boolean {
  return Buffer.byteLength(JSON.stringify(position)) <= maxPositionBytes;
}

/** What a cursor must agree with to be used. */
export interface CursorScope {
  readonly view: string;
  readonly fingerprint: string;
  readonly epoch: string;
  /** Number of key columns. */
  readonly keyLength: number;
}

const cursorVersion = 2;
/** The same, with how far a tie was given between `resume` and the position. */
const withinTieVersion = 3;

/** The cursor before any page was read. */
export const startCursor: Cursor = { from: null, at: null, resume: null };

/** base64url of a JSON array: version, view, fingerprint, epoch, from, resume, then watermark and key of the last row. */
export function encodeCursor(scope: CursorScope, { from, at, resume }: Cursor): string {
  const within = at?.within === undefined ? [] : [at.within];
  const parts = [
    within.length > 0 ? withinTieVersion : cursorVersion,
    ...[scope.view, scope.fingerprint, scope.epoch, from, resume, ...within],
    ...(at === null ? [] : [at.watermark, ...at.key]),
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Reads a cursor back. Throws `cursor-invalid` when it was not made for this view, `epoch-changed` or
 * `schema-changed` when the source is no longer the one that it was made for.
 */
export function decodeCursor(scope: CursorScope, text: string): Cursor {
  const parts = parseParts(text);
  const [version, view, fingerprint, epoch, from, resume, ...rest] = parts;
  const isWithin = version === withinTieVersion;
  const isKnown = isWithin || version === cursorVersion;
  if (!isKnown || view !== scope.view || !isTextOrNull(from) || !isTextOrNull(resume)) {
    throw new GuaritaError('cursor-invalid');
  }
  if (epoch !== scope.epoch) throw new GuaritaError('epoch-changed');
  if (fingerprint !== scope.fingerprint) throw new GuaritaError('schema-changed');
  if (rest.length === 0) return { from, at: null, resume };
  const [within] = isWithin ? rest.splice(0, 1) : [null];
  const [watermark, ...key] = rest;
  const isPosition = isTextOrNull(watermark) && key.length === scope.keyLength && key.every(isText);
  if (!isPosition || !(within === null || (isText(within) && /^-?\d{1,19}$/.test(within)))) {
    throw new GuaritaError('cursor-invalid');
  }
  return { from, at: { watermark, key, ...(isWithin ? { within } : {}) }, resume };
}

function parseParts(text: string): unknown[] {
  try {
    const parts: unknown = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
    if (Array.isArray(parts)) return parts;
  } catch {
    // falls through: a text that is not JSON is as foreign as one that is not an array
  }
  throw new GuaritaError('cursor-invalid');
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTextOrNull(value: unknown): value is string | null {
  return value === null || isText(value);
}
