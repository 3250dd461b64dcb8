import type { SeenPerson } from './people.ts';

/** Where people's pages are: by the first of their registers that are seen, since another one may have named the person. */
export function personPathIn(
  onCase: string,
  people: ReadonlyMap<string, SeenPerson>,
): (id: string) => string {
  return (id) => `${onCase}/pessoa/${people.get(id)?.registers[0]?.natal ?? id}`;
}
