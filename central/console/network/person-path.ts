import type { SeenPerson } from './people.ts';

/** Where people's pages are; of those who are not among these, nowhere. */
export function personPathIn(
  onCase: string,
  people: ReadonlyMap<string, SeenPerson>,
): (id: string) => string {
  return (id) => `${onCase}/pessoa/${people.get(id)?.address ?? ''}`;
}
