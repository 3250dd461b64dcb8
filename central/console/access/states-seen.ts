import type { Place } from '../../base/access-layer/sessions.ts';

/** Of which states a body may be told how their data are, by its agreements in force; null: of all. */
export function statesSeen({ grants }: Pick<Place, 'grants'>): readonly string[] | null {
  if (grants.some(({ states }) => states.length === 0)) return null;
  return [...new Set(grants.flatMap(({ states }) => states))];
}

/** Those of some states. */
export function seenAmong<S extends string>(
  place: Pick<Place, 'grants'>,
  states: readonly S[],
): readonly S[] {
  const seen = statesSeen(place);
  return seen === null ? states : states.filter((state) => seen.includes(state));
}
