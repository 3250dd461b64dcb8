import { asGuaritaError, GuaritaError } from '../../shared/errors.ts';
import type { ViewSource } from '../../shared/sources/view-source.ts';

/** Milliseconds for which the outcome of a check answers those who ask next. */
const kept = 5000;

/**
 * Whether a page could be served now. Anybody may ask, so the database is not asked as often as they do: those who
 * ask meanwhile share one check, and its outcome is kept for a while. For the same reason the error says which problem
 * it is, and neither role nor table: those are in its cause, for the log.
 */
export function readiness(source: ViewSource, clock: () => number): () => Promise<void> {
  let latest: Promise<void> | null = null;
  let endedAt: number | null = null;
  return () => {
    const age = endedAt === null ? 0 : clock() - endedAt;
    // A clock that was set back must not keep the outcome for longer.
    if (latest !== null && age >= 0 && age < kept) return latest;
    endedAt = null;
    latest = check(source).finally(() => {
      endedAt = clock();
    });
    return latest;
  };
}

async function check(source: ViewSource): Promise<void> {
  try {
    const { views, broken } = await source.describe();
    const [first] = broken;
    if (views.length === 0 && first !== undefined) throw new GuaritaError(first.problem, first.detail);
  } catch (error) {
    throw new GuaritaError(asGuaritaError(error).code, '', { cause: error });
  }
}
