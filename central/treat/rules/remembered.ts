/**
 * A pure function of something that is asked of the same again and again before another one comes: what it made for the
 * last is kept. Kept for each in a WeakMap it cost more than to make it anew.
 */
export function remembered<K extends object, T>(make: (of: K) => T): (of: K) => T {
  let last: { readonly of: K; readonly it: T } | null = null;
  return (of) => {
    if (last?.of !== of) last = { of, it: make(of) };
    return last.it;
  };
}
