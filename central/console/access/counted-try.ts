import { beginTry, type Target, takeBackTry } from '../../base/access-layer/attempts.ts';
import type { Base } from '../../base/base.ts';

export type Tried<T> =
  | { readonly kind: 'right'; readonly got: T }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'waits'; readonly milliseconds: number };

/**
 * Tries something secret, as often as is allowed to. It is counted in a transaction of its own, so that it stays counted
 * whatever becomes of the others. Throws what the try throws: then it was not tried, and is not counted.
 * @param attempt null where it was wrong
 */
export async function countedTry<T>(
  base: Base,
  targets: readonly Target[],
  now: Date,
  attempt: () => Promise<T | null>,
): Promise<Tried<T>> {
  const milliseconds = await base.transaction((tx) => beginTry(tx, targets, now), { use: 'pages' });
  if (milliseconds > 0) return { kind: 'waits', milliseconds };
  const takeBack = () => base.transaction((tx) => takeBackTry(tx, targets, now), { use: 'pages' });
  let got: T | null;
  try {
    got = await attempt();
  } catch (error) {
    await takeBack();
    throw error;
  }
  if (got === null) return { kind: 'wrong' };
  await takeBack();
  return { kind: 'right', got };
}
