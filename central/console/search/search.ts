import type { Base } from '../../base/base.ts';
import { type Granted, sightOf } from '../../base/sight/sight.ts';
import type { Asked, SearchFaults } from './asked.ts';
import { type Found, findPeople } from './find.ts';
import { type SearchLimits, searchLimits } from './limits.ts';
import { type FoundPerson, peopleFound } from './people.ts';
import { placeOf, readPlace } from './place.ts';
import { before } from './rank.ts';
import { maybeUnit, type Unit, unitsNamed } from './units.ts';

/** People of a page. */
export const onPage = 20;

/** What a search came to, as a page of it shows it. */
export interface Searched {
  readonly found: Found;
  readonly people: readonly FoundPerson[];
  /** Whether this is the first page. */
  readonly isFirst: boolean;
  /** Place of the last one shown, where others follow. */
  readonly next: string | null;
  /** Units that may be meant by what was asked for as a name. */
  readonly units: readonly Unit[];
  readonly faults: SearchFaults;
}

/** @param after place of the last one of the page before; empty: the first page */
export function searched(
  base: Base,
  grant: Granted,
  asked: Asked,
  after: string,
  limits: SearchLimits = searchLimits,
): Promise<Searched> {
  const sight = sightOf(grant);
  return base.snapshot(
    async (questions) => {
      const none = { people: [], isFirst: true, next: null, units: [] };
      const named = asked.unit.length === 0 ? undefined : await unitsNamed(questions, sight, asked.unit);
      if (named === null || named?.length === 0) {
        const fault =
          named === null
            ? 'Há unidades demais com esse nome: escreva mais.'
            : 'Não há unidade com esse nome.';
        const found: Found = { people: [], tried: [], tooMany: false };
        return { ...none, found, faults: { unidade: fault } };
      }
      const found = await findPeople(questions, sight, asked, named ?? null, limits);
      const from = readPlace(after);
      const left = from === null ? found.people : found.people.filter((one) => before(from, one) < 0);
      const page = left.slice(0, onPage);
      const last = page.at(-1);
      return {
        ...{ found, isFirst: from === null, faults: {} },
        people: await peopleFound(questions, sight, page),
        next: left.length > page.length && last !== undefined ? placeOf(last) : null,
        units: maybeUnit(asked.words)
          ? ((await unitsNamed(questions, sight, asked.words)) ?? []).slice(0, 8)
          : [],
      };
    },
    { use: 'pages', byIndex: true },
  );
}
