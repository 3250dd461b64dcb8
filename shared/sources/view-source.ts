import type { ProblemCode } from '../problems/catalogue.ts';
import type { SignedReceipt } from '../signing/messages.ts';

/**
 * The one contract for "something that has views of prison data". A database engine implements it
 * (a folder each), and so does central's client of an agent (`central/sources/agent.ts`), so that the
 * collector cannot tell how the data reaches it. `test/contracts/view-source.ts` runs on every implementation.
 */
export interface ViewSource {
  /** What and where this source is. Throws `source-unavailable`, `source-login-refused`, `agent-unreachable`. */
  describe(): Promise<SourceDescription>;

  /**
   * One page of a view, in (watermark, key) order, rows without a watermark first.
   *
   * Guarantees, for a caller that returns `next` and `until` as received:
   * - a row whose watermark lies at or below `until` when the cycle begins, and that stays untouched, is in
   *   exactly one page of the cycle;
   * - a page holds at least one row unless it is `complete`, and is bounded in bytes;
   * - asking again with the same cursor gives the same place in the order;
   * - `next` of a complete page begins the next cycle, one overlap before `until`.
   *
   * What comes in that order depends on the mode: `watermark` as above; `snapshot` the whole view by key, each cycle;
   * `changelog` the whole view by key in the first cycle, then what the log names: the row as it is now, or, where
   * there is none any more, a line that says so. Rows with a null in the key have no place in any order and are in no
   * page: digests count them, a lookup of that key gives them. Of a row that is too large to travel a page has a stub.
   *
   * Throws `view-unknown`, `cursor-invalid`, `bound-invalid`, `epoch-changed`, `schema-changed` and the errors of
   * `describe`; `source-failed` where all keys of a page are too long for a cursor (`fitsCursor`), so that it cannot end.
   */
  page(view: string, request: PageRequest): Promise<Page>;

  /**
   * Count and digest of every bucket, over the whole view as it is now, read once in bounded memory. A row's bucket
   * is its digest modulo the number of buckets, so that neither side needs a second hash (docs/decisions/0010).
   * Throws `view-unknown` and the errors of `describe`.
   */
  digests(view: string, request: DigestsRequest): Promise<ViewDigests>;

  /**
   * Digest and key of each row in the given buckets, as the view is now; see `Listing`.
   * Throws `listing-too-large` when they do not fit one answer: ask for fewer buckets.
   */
  list(view: string, request: ListRequest): Promise<Listing>;

  /**
   * The rows of the given keys as they are now, all rows of a key that stands more than once, and for a key that no
   * row has a line that says so. Where they do not fit one answer it holds those of the first `answered` keys. Only a
   * key whose rows do not fit an answer of their own is answered in part, alone, and `cut` says so.
   */
  lookup(view: string, request: LookupRequest): Promise<Lookup>;

  close(): Promise<void>;
}

export interface SourceDescription {
  /** The clock of the database, as an ISO 8601 instant with zone. */
  readonly databaseClock: string;
  /** By how much the data may be older than that clock: of a replica that is behind its primary; without it, 0. */
  readonly behindSeconds?: number;
  readonly views: readonly ViewDescription[];
  /** Views that are configured but cannot be read, and why; the others are not affected. */
  readonly broken: readonly BrokenView[];
}

export interface BrokenView {
  readonly name: string;
  readonly problem: ProblemCode;
  readonly detail: string;
}

export interface ViewDescription {
  readonly name: string;
  readonly columns: readonly ColumnDescription[];
  /** Names of the columns that identify a row, in keyset order. */
  readonly key: readonly string[];
  readonly mode: ViewMode;
  /** The column that grows with each change, in mode `watermark`; else null. */
  readonly watermark: string | null;
  /** Changes when name, columns, types, key or watermark change. */
  readonly fingerprint: string;
  /** Identifies the history of the source: a restored or replaced database has another. */
  readonly epoch: string;
}

/** How changes of a view are found from day to day; whatever they miss, reconciliation finds. */
export type ViewMode = 'watermark' | 'snapshot' | 'changelog';

export interface ColumnDescription {
  readonly name: string;
  /** The engine's own name of the type. */
  readonly type: string;
  readonly nullable: boolean;
}

export interface PageRequest {
  /** Opaque cursor of an earlier page, or null to read from the start. */
  readonly after: string | null;
  /** The bound that the first page of this cycle fixed, or null on that first page. */
  readonly until: string | null;
  /** Most rows wanted; the page may end earlier, at its byte budget. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

/** What describes a page; on the wire it is the header `Guarita-Page`. */
export interface PageInfo {
  readonly rows: number;
  readonly next: string;
  /** Null when the view has nothing that could be bounded (a growing number in an empty view). */
  readonly until: string | null;
  /** True: every row up to `until` has been given in this cycle. */
  readonly complete: boolean;
  readonly fingerprint: string;
  readonly epoch: string;
  /**
   * True where a bound is fixed and the log of the view's changes has lost entries since it was last read: a
   * reconciliation is owed.
   */
  readonly gap?: boolean;
}

export interface Page extends PageInfo {
  /** The rows as lines, see `lines.ts`. Passed on as bytes, never made into objects; the caller's own to use up. */
  readonly lines: Buffer;
  /** Absent where nobody signed the page: an engine's own. */
  readonly proof?: PageProof;
}

/**
 * The verified receipt of the very answer that brought some rows. With the digests of its rows, and nothing else, it
 * shows anybody that the agent gave each of them: `shared/protocol/verify-page.ts`.
 */
export interface PageProof extends SignedReceipt {
  /**
   * As signed: SHA-256 over the digests of the rows, 8 bytes each, in the order of the lines. Whether it is that of
   * these lines is not compared yet: `provenDigests` does. Null where the agent speaks version 1: not traceable.
   */
  readonly digests: Buffer | null;
}

export interface DigestsRequest {
  /** Number of buckets, a power of two up to `maxBuckets`. */
  readonly buckets: number;
  readonly signal?: AbortSignal;
}

export interface ViewDigests extends SourceState {
  /** Rows of each bucket. */
  readonly counts: readonly number[];
  /** Sum of the row digests of each bucket modulo 2^64, as signed decimal. */
  readonly digests: readonly string[];
}

export interface ListRequest extends DigestsRequest {
  /** The buckets wanted, ascending. */
  readonly wanted: readonly number[];
}

/** Lines of digest, mark and key columns, in no order; the mark tells only of the key columns, counted from 1. */
export interface Listing extends SourceState {
  readonly lines: Buffer;
  readonly rows: number;
}

/** A value of a key: the database's own text; null; or 0x00 and hexadecimal of bytes that text cannot hold. */
export type KeyText = string | null;

export interface LookupRequest {
  /** Values of the key columns, in the order of `key`, for each row wanted. */
  readonly keys: readonly (readonly KeyText[])[];
  readonly signal?: AbortSignal;
}

export interface Lookup extends SourceState {
  readonly lines: Buffer;
  /** Lines, those for keys without a row included. */
  readonly rows: number;
  /** How many of the keys, from the first on, are answered; at least one. In full, all of them, unless `cut` is over 0. */
  readonly answered: number;
  /**
   * How many lines of the first key did not fit: 0, but where that key alone has more rows than an answer holds. Then
   * the answer is of this key only, `answered` is 1, and no question gives the rows that are cut.
   */
  readonly cut: number;
  /** As of a page. */
  readonly proof?: PageProof;
}

/** Which shape and which history of the view an answer is of. */
export interface SourceState {
  readonly fingerprint: string;
  readonly epoch: string;
}

/** Most buckets of one question. */
export const maxBuckets = 65_536;
/** Most keys of one lookup. */
export const maxLookupKeys = 5000;
