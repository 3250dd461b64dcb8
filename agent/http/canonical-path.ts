/**
 * Whether a request target's path is written in its one canonical form: no empty or dot segments, each segment
 * encoded exactly as `encodeURIComponent` does. What the router would decode or merge, is refused before it can
 * make a path look like another one.
 */
export function isCanonicalPath(target: string): boolean {
  const path = target.split('?', 1)[0] ?? '';
  if (!path.startsWith('/') || path === '/') return path === '/';
  return path.slice(1).split('/').every(isCanonicalSegment);
}

function isCanonicalSegment(segment: string): boolean {
  if (segment === '' || segment === '.' || segment === '..') return false;
  try {
    return encodeURIComponent(decodeURIComponent(segment)) === segment;
  } catch {
    return false;
  }
}
