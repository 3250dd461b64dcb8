import { dayOf } from '../../../shared/day.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { lookingRoles } from '../access/roles.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { readSearch } from './asked.ts';
import { filledIn, searchQuery } from './fields.ts';
import { searchPage } from './page.ts';
import { searched } from './search.ts';

const title = 'Buscar uma pessoa';

/** Who is looked for, by what is filled in; without anything filled in, the form alone, which looks for nobody. */
const search = route({
  ...{ method: 'GET', path: '/busca', who: 'case', roles: lookingRoles },
  ...{ views: ['custodiado'], showsPeople: true, query: searchQuery },
  answer: async ({ base, query, grant, case: onCase, now }) => {
    const filled = filledIn(query);
    const { asked, faults } = readSearch(query, dayOf(now));
    const of = { path: `/caso/${onCase.number}`, filled, asked, sight: sightOf(grant) };
    const isAsked = Object.keys(filled).length > 0;
    const nobody = { terms: null, found: 0, shown: [] };
    if (!isAsked) return { title, look: nobody, main: searchPage({ ...of, faults: {}, result: null }) };
    if (Object.keys(faults).length > 0) {
      return { title, status: 422, look: nobody, main: searchPage({ ...of, faults, result: null }) };
    }
    const result = await searched(base, grant, asked, query.depois ?? '');
    const { found, people } = result;
    const shown = people.flatMap(({ register, others }) => [register, ...others].map(({ id }) => id));
    const terms = { ...filled, ...(asked.wide && { parecidos: 'sim' }) };
    return {
      title,
      look: { terms, found: found.people.length, shown },
      main: searchPage({ ...of, faults: result.faults, result }),
    };
  },
});

export const searchRoutes: readonly ConsoleRoute[] = [search];
