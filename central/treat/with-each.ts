import type { LimitFunction } from 'p-limit';

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
