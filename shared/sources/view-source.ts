import type { ProblemCode } from '../protocol/problems.ts';

/**
 * The one contract for "something that has views of prison data". A database engine implements it
 * (`postgres.ts`, `sqlite.ts`), and so does central's client of an agent (`central/sources/agent.ts`), so that the
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
   * Throws `view-unknown`, `cursor-invalid`, `bound-invalid`, `epoch-changed`, `schema-changed`, `row-too-large`
   * and the errors of `describe`.
   */
  page(view: string, request: PageRequest): Promise<Page>;

  close(): Promise<void>;
}

export interface SourceDescription {
  /** The clock of the database, as an ISO 8601 instant with zone. */
  readonly databaseClock: string;
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
  readonly mode: 'watermark';
  readonly watermark: string;
  /** Changes when name, columns, types, key or watermark change. */
  readonly fingerprint: string;
  /** Identifies the history of the source: a restored or replaced database has another. */
  readonly epoch: string;
}

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
}

export interface Page extends PageInfo {
  /** The rows as lines, see `lines.ts`. Passed on as bytes, never made into objects; the caller's own to use up. */
  readonly lines: Buffer;
}
