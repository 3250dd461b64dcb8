import type { GuaritaError } from '../../shared/errors.ts';
import type { SourceResult } from '../collect/collect-source.ts';
import type { TreatedSource } from '../treat/treat.ts';

/** What a treatment of a source came to. */
export interface TreatResult {
  readonly source: string;
  /** `failed` also where only one of its views did. */
  readonly outcome: 'complete' | 'failed' | 'stopped';
  /** The first problem that it met. */
  readonly error: GuaritaError | null;
  /** Null where it did not come to its end. */
  readonly treated: TreatedSource | null;
}

/** What a job came to; of any kind, a `SourceResult` without views where doing it threw. */
export type JobResult = SourceResult | TreatResult;

export function isTreatResult(result: JobResult): result is TreatResult {
  return 'treated' in result;
}
