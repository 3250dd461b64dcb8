import type { LimitFunction } from 'p-limit';
import { GuaritaError } from '../../shared/errors.ts';

/** The code of what stopped a part of treatment. Throws what stopped all of it: the signal's reason. */
export function problemOf(error: unknown, signal: AbortSignal | undefined): string {
  if (signal?.aborted === true) throw error;
  return error instanceof GuaritaError ? error.code : 'internal';
}

/** Does the same with each, and throws the first error when all have ended: none is still at it in a base that is closed. */
export async function withEach<T, R>(
  limit: LimitFunction,
  each: readonly T[],
  work: (one: T) => Promise<R>,
): Promise<R[]> {
  const ended = await Promise.allSettled(each.map((one) => limit(() => work(one))));
  return ended.map((one) => {
    if (one.status === 'rejected') throw one.reason;
    return one.value;
  });
}
