import type { Health } from '../../shared/doctor/health.ts';
import type { ViewMode } from '../../shared/sources/view-source.ts';
import type { Attention } from '../state/attentions.ts';
import type { ViewState } from '../state/view-states.ts';
import type { LeftFacts, ReadBy, RunFacts } from './facts.ts';

/** What is the matter with a view; programs may rely on these names. */
export type FindingCode =
  | 'grant-unreadable'
  | 'act-ended'
  | 'source-ended'
  | 'act-not-begun'
  | 'act-ends-soon'
  | 'certificate-ended'
  | 'certificate-ends-soon'
  | 'run-failed'
  | 'stale'
  | 'never-collected'
  | 'attention-open'
  | 'attention-decided'
  | 'quarantine-open'
  | 'reconciliation-owed'
  | 'reconciliation-old'
  | 'journal-unproved';

export interface Finding {
  readonly code: FindingCode;
  readonly health: Exclude<Health, 'ok'>;
}

/** One view of a source. Its names are those of `--json`, and stay: instants are ISO 8601 in UTC. */
export interface StatusRow {
  readonly source: string;
  /** By which rule of the work plan it is read; null where that is not known. */
  readonly rule: ReadBy | null;
  /** Null for a source of which no view is known yet. */
  readonly view: string | null;
  readonly health: Health;
  readonly findings: readonly Finding[];
  readonly mode: ViewMode | null;
  /** See `ViewState.collected`: the base has what the state did before that. */
  readonly lastSuccess: string | null;
  readonly lagSeconds: number | null;
  /** Rows of the base that the source still has. */
  readonly rows: number | null;
  /** Open entries in quarantine. */
  readonly quarantined: number | null;
  readonly lastReconciliation: string | null;
  /** Why a reconciliation is owed. */
  readonly owed: ViewState['owed'];
  readonly nextRun: string | null;
  /** The agreement, by the grant; null when that cannot be read. */
  readonly act: ActFacts | null;
  /** The certificate that ends first, the agent's or central's own; null where none is known. */
  readonly certificate: CertificateLeft | null;
  readonly attention: Pick<Attention, 'code' | 'since' | 'decision'> | null;
  readonly lastRun: RunFacts | null;
  /** Of a state that a person took off, since when and why: then nothing is the matter any more. */
  readonly left: LeftFacts | null;
}

export interface CertificateLeft {
  readonly of: 'agent' | 'central';
  readonly end: string;
  /** Below zero when it has ended. */
  readonly secondsLeft: number;
  readonly daysLeft: number;
}

export interface ActFacts {
  readonly number: string;
  readonly begin: string;
  readonly end: string;
  readonly secondsLeft: number;
  /** Whole days; below zero when it has ended. */
  readonly daysLeft: number;
}
