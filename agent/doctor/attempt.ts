import { failed } from '../../shared/doctor/check.ts';
import { type AgentCheck, type CheckName, unchecked } from './check.ts';

/** What came of finding something out: known, failed, or not tried, because something before it had failed. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly because: CheckName };

export async function attempt<T>(work: () => T | Promise<T>): Promise<Attempt<T>> {
  try {
    return { kind: 'done', value: await work() };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

/** Goes on from what is known; where `earlier` is not, nothing is tried. */
export function after<A, T>(
  earlier: Attempt<A>,
  name: CheckName,
  work: (value: A) => T | Promise<T>,
): Promise<Attempt<T>> | Attempt<T> {
  if (earlier.kind === 'done') return attempt(() => work(earlier.value));
  return earlier.kind === 'failed' ? { kind: 'skipped', because: name } : earlier;
}

/** The check of the attempt itself: what it failed with is told here. */
export function told<T>(
  tried: Attempt<T>,
  name: CheckName,
  subject: string | null,
  tell: (value: T) => AgentCheck,
): AgentCheck {
  switch (tried.kind) {
    case 'done':
      return tell(tried.value);
    case 'failed':
      return failed(name, subject, tried.error);
    case 'skipped':
      return unchecked(name, subject, tried.because);
  }
}

/** A check of what another one found out, and told of if it failed. */
export function toldAfter<T>(
  tried: Attempt<T>,
  other: CheckName,
  name: CheckName,
  subject: string | null,
  tell: (value: T) => AgentCheck | readonly AgentCheck[],
): readonly AgentCheck[] {
  if (tried.kind === 'done') return [tell(tried.value)].flat();
  return [unchecked(name, subject, tried.kind === 'failed' ? other : tried.because)];
}
