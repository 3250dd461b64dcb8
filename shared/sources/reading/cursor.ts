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
  /** Of a view that is read by its log; absent otherwise, and in cursors of earlier releases. */
  readonly log?: LogPlace;
}

/** What was there of a log when it was last looked at. */
export interface LogPlace {
  /** Up to where it was read; null before it was for the first time. */
  readonly stopped: string | null;
  /** Its oldest entry; null when it was empty. */
  readonly oldest: string | null;
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
 * Most bytes of a position in a cursor. A cursor travels in the line of a request, which has room for 16 KiB of it
 * (`rowsQuerySchema`), and in agents of version 0.1.0 for as much with all headers; encoded, sealed and encoded again it
 * is 16/9 as long.
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
/** The same, with an array of what only some cursors have between `resume` and the position. */
const moreVersion = 3;

/** The cursor before any page was read. */
export const startCursor: Cursor = { from: null, at: null, resume: null };

/** base64url of a JSON array: version, view, fingerprint, epoch, from, resume, then watermark and key of the last row. */
export function encodeCursor(scope: CursorScope, { from, at, resume, log }: Cursor): string {
  const more = at?.within === undefined && log === undefined ? [] : [moreOf(at?.within, log)];
  const parts = [
    more.length > 0 ? moreVersion : cursorVersion,
    ...[scope.view, scope.fingerprint, scope.epoch, from, resume, ...more],
    ...(at === null ? [] : [at.watermark, ...at.key]),
  ];
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/**
 * Reads a cursor back. Throws `cursor-invalid` when it was not made for this view, `epoch-changed` or
 * `schema-changed` when the source is no longer the one that it was made for.
 */
export function decodeCursor(scope: CursorScope, text: string): Cursor {
  const [version, view, fingerprint, epoch, from, resume, ...rest] = parseParts(text);
  const hasMore = version === moreVersion;
  const isKnown = hasMore || version === cursorVersion;
  if (!isKnown || view !== scope.view || !isTextOrNull(from) || !isTextOrNull(resume)) {
    throw new GuaritaError('cursor-invalid');
  }
  if (epoch !== scope.epoch) throw new GuaritaError('epoch-changed');
  if (fingerprint !== scope.fingerprint) throw new GuaritaError('schema-changed');
  const { log, within } = hasMore ? parseMore(rest.shift()) : {};
  const cursor = { from, resume, ...(log === undefined ? {} : { log }) };
  if (rest.length === 0) return { ...cursor, at: null };
  const [watermark, ...key] = rest;
  if (!isTextOrNull(watermark) || key.length !== scope.keyLength || !key.every(isText)) {
    throw new GuaritaError('cursor-invalid');
  }
  return { ...cursor, at: { watermark, key, ...(within === undefined ? {} : { within }) } };
}

/** What only some cursors have. */
interface More {
  readonly within?: string | null;
  readonly log?: LogPlace;
}

/** Two arrays, each empty where there is none: how far a tie was given, and the place in the log. */
function moreOf(within: string | null | undefined, log: LogPlace | undefined): unknown[] {
  return [within === undefined ? [] : [within], log === undefined ? [] : [log.stopped, log.oldest]];
}

function parseMore(more: unknown): More {
  const [tie, place]: unknown[] = Array.isArray(more) ? more : [];
  if (!Array.isArray(tie) || !Array.isArray(place)) throw new GuaritaError('cursor-invalid');
  const [within]: unknown[] = tie;
  const [stopped, oldest]: unknown[] = place;
  const isDigest = within === null || (isText(within) && /^-?\d{1,19}$/.test(within));
  const hasTie = tie.length === 1 && isDigest;
  const hasPlace = place.length === 2 && isTextOrNull(stopped) && isTextOrNull(oldest);
  if ((tie.length > 0 && !hasTie) || (place.length > 0 && !hasPlace))
    throw new GuaritaError('cursor-invalid');
  return { ...(hasTie ? { within } : {}), ...(hasPlace ? { log: { stopped, oldest } } : {}) };
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
