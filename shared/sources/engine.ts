import type { ViewExamination } from './reading/examine-view.ts';
import type { PageLimits } from './reading/read-page.ts';
import type { Steadiness } from './reading/view-snapshot.ts';
import type { SourceConfig } from './source-config.ts';
import type { ViewConfig } from './view-config.ts';
import type { ViewSource } from './view-source.ts';

/** What a database engine is opened with. */
export interface EngineOptions<C extends SourceConfig = SourceConfig> {
  readonly source: C;
  readonly views: readonly ViewConfig[];
  readonly pages: PageLimits;
  /** The database password, read from where the configuration refers to; null when none is needed. */
  readonly password: string | null;
}

/**
 * A database engine: a ViewSource that can also prove that it cannot write, and tell `doctor` about its database.
 * Opening connects to nothing.
 */
export interface Engine extends ViewSource {
  /** Where the database listens; null when it is a file. */
  readonly address: DatabaseAddress | null;

  /**
   * Proves that this session and its user cannot change the state's data.
   * Returns the reasons why they could, empty when they cannot; throws the errors of `describe`.
   */
  proveReadOnly(): Promise<readonly string[]>;

  /** What a session with this database is. Throws the errors of `describe`. */
  session(): Promise<SessionFacts>;

  /**
   * Looks a whole view through, as a page, a comparison and a lookup would meet it; takes as long as two scans.
   * Throws the errors of `digests`.
   */
  examine(view: string, request?: { readonly signal?: AbortSignal }): Promise<ViewExamination>;

  /**
   * Looks once more, in a transaction of its own, at rows that an examination kept, and says in what they have changed.
   * Throws the errors of `lookup`.
   */
  examineAgain(view: string, kept: Buffer, request?: { readonly signal?: AbortSignal }): Promise<Steadiness>;
}

export interface DatabaseAddress {
  readonly host: string;
  readonly port: number;
}

export interface SessionFacts {
  /** Product and version, in the words of the database: `PostgreSQL 15.4`. */
  readonly product: string;
  /** What encrypts the connection, in the words of the database or of the driver; null when nothing does. */
  readonly encryption: string | null;
  /** SHA-256 of the server's certificate, in hexadecimal; null without one, absent where the driver does not show it. */
  readonly certificate?: string | null;
  /** The zone in which the database's own clock reads; what it calls itself. */
  readonly timeZone: string;
  /** The character set in which the database keeps text, as it calls it. */
  readonly characterSet: string;
  /** The clock of the database, as an ISO 8601 instant with zone. */
  readonly clock: string;
  /** How far it follows its primary, where it is known to be a replica; `possible` where it may be one, and cannot tell. */
  readonly replica?: ReplicaFacts | 'possible';
}

export interface ReplicaFacts {
  /** What was committed before this instant of the primary's clock is here; null when that is not known. */
  readonly replayed: string | null;
  /** Whether it receives from its primary. */
  readonly isConnected: boolean;
  /** By how much its data may be older than its clock. */
  readonly behindSeconds: number;
}
