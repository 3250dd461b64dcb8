import type { Attention } from '../state/attentions.ts';
import type { JournalProof } from '../state/journals.ts';
import type { ViewState } from '../state/view-states.ts';

/** An agreement, as its grant tells it. */
export interface Agreement {
  /** Its number. */
  readonly act: string;
  /** Its first and its last second. */
  readonly begin: Date;
  readonly end: Date;
}

/** What a run came to, for a view or for a source as a whole. */
export interface RunFacts {
  readonly started: string;
  readonly outcome: string;
  readonly problem: string | null;
}

export interface ViewFacts {
  readonly view: string;
  /** Null: never collected, whether it was tried or not. */
  readonly state: ViewState | null;
  readonly attention: Pick<Attention, 'code' | 'since' | 'decision'> | null;
  /** The last run that had the view in it, or that failed before it came to any view. */
  readonly lastRun: RunFacts | null;
  /** Begin of the first run that had the view in it. */
  readonly firstRun: string | null;
}

/** The certificate by which one side knows the other, of the two the one that ends first. */
export interface CertificateFacts {
  readonly of: 'agent' | 'central';
  readonly end: Date;
}

/** A state that a person took off (`source end`). */
export interface LeftFacts {
  readonly at: string;
  readonly reason: string;
}

/** Rules of the work plan by which a source is read: 2, by an agent; 1 and 5, its database by central itself. */
export type ReadBy = 1 | 2 | 5;

/** What is known of a source without asking it or the base. */
export interface SourceFacts {
  readonly source: string;
  /** By which rule of the work plan it is read; absent where that is not seen. */
  readonly rule?: ReadBy;
  /** Null when the grant cannot be read. */
  readonly grant: Agreement | null;
  /** Since when it is not collected any more, because its agreement is over. */
  readonly ended: string | null;
  /** Since when a person has taken it off, and why; null or absent otherwise, or where central's own files are not seen. */
  readonly left?: LeftFacts | null;
  /** Whether its agent proves its journal to central; null where it was never asked, absent where that is not known. */
  readonly journal?: JournalProof | null;
  readonly views: readonly ViewFacts[];
  /** Null where there is none, on loopback, or it cannot be read; left out by who does not see central's own files. */
  readonly certificate?: CertificateFacts | null;
  /** The last run, of a source of which no view is known. */
  readonly lastRun: RunFacts | null;
}
