import { failed, unchecked } from '../check.ts';
import { type SourceCheck, type SourceCheckName, sourceCheckNames } from './names.ts';

/** What came of finding something out: known, failed, or not tried, because something before it had failed. */
export type Attempt<T> =
  | { readonly kind: 'done'; readonly value: T }
  | { readonly kind: 'failed'; readonly error: unknown }
  | { readonly kind: 'skipped'; readonly because: SourceCheckName };

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
  name: SourceCheckName,
  work: (value: A) => T | Promise<T>,
): Promise<Attempt<T>> | Attempt<T> {
  if (earlier.kind === 'done') return attempt(() => work(earlier.value));
  return earlier.kind === 'failed' ? { kind: 'skipped', because: name } : earlier;
}

/** The check of the attempt itself: what it failed with is told here. */
export function told<T>(
  tried: Attempt<T>,
  name: SourceCheckName,
  subject: string | null,
  tell: (value: T) => SourceCheck,
): SourceCheck {
  switch (tried.kind) {
    case 'done':
      return tell(tried.value);
    case 'failed':
      return failed(name, subject, tried.error);
    case 'skipped':
      return unchecked(name, subject, sourceCheckNames[tried.because]);
  }
}

/** A check of what another one found out, and told of if it failed. */
export function toldAfter<T>(
  tried: Attempt<T>,
  other: SourceCheckName,
  name: SourceCheckName,
  subject: string | null,
  tell: (value: T) => SourceCheck | readonly SourceCheck[],
): readonly SourceCheck[] {
  if (tried.kind === 'done') return [tell(tried.value)].flat();
  return [unchecked(name, subject, sourceCheckNames[tried.kind === 'failed' ? other : tried.because])];
}
