import Type from 'typebox';
import { dayOf } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Questions } from '../../base/base.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { lookingRoles } from '../access/roles.ts';
import { idParams } from '../ids.ts';
import { route } from '../route.ts';
import { idIn } from './address.ts';
import { type AskedLinks, askedLinks } from './asked.ts';
import { chainBetween, stepsOf } from './chain.ts';
import { chainPage, type FoundChain } from './chain-page.ts';
import { chainKinds, type LinkKind, unseenKinds } from './kinds.ts';
import { peopleAt, type SeenPerson, seenPeople } from './people.ts';

/** By whom two people are linked. Throws `page-unknown`, also where nothing is seen of the one whose page it is. */
export const chainRoute = route({
  method: 'GET',
  path: '/pessoa/:id/caminho',
  who: 'case',
  roles: lookingRoles,
  views: ['custodiado'],
  showsPeople: true,
  params: idParams,
  query: Type.Object({
    ate: Type.String({ default: '', maxLength: 500 }),
    unidade: Type.String({ default: '', maxLength: 3 }),
  }),
  answer: async ({ base, params, query, grant, case: onCase, now, signal }) => {
    const sight = sightOf(grant);
    const isByUnit = query.unidade === 'sim';
    const unseen = unseenKinds(sight, grant.sensitive);
    const kinds = [...chainKinds, ...(isByUnit ? (['unidade'] as const) : [])].filter(
      (kind) => !unseen.includes(kind),
    );
    const asked = askedLinks(grant, { today: dayOf(now), from: null, until: null });
    const wanted = query.ate.trim();
    const { person, found } = await base.snapshot(
      async (questions) => {
        const pasted = idIn(wanted) ?? '';
        const named = await peopleAt(questions, sight, [params.id, pasted]);
        const [at = '', other] = [named.get(params.id), named.get(pasted)];
        const here = (await seenPeople(questions, sight, at === '' ? [] : [at])).get(at);
        const isAsked = here !== undefined && other !== undefined;
        return { person: here, found: isAsked ? await chainTo(questions, here, other, kinds, asked) : null };
      },
      { use: 'pages', signal },
    );
    if (person === undefined) throw new GuaritaError('page-unknown');
    const within = `/caso/${onCase.number}`;
    const terms = wanted === '' ? null : { linked: wanted };
    if (person.address !== params.id) {
      const search = new URLSearchParams({ ate: wanted, ...(isByUnit && { unidade: 'sim' }) });
      return {
        goTo: `${within}/pessoa/${person.address}/caminho?${search}`,
        look: { terms: null, found: 0, shown: [] },
      };
    }
    const isUnknown = wanted !== '' && found === null;
    const fault = isUnknown ? 'Ninguém que você possa ver tem este endereço ou número.' : null;
    const named = found === null ? [person] : [...found.people.values()];
    return {
      title: 'Ligação entre duas pessoas',
      status: isUnknown ? 422 : 200,
      main: chainPage({ person, onCase: within, asked: { ate: query.ate, isByUnit }, fault, found }),
      look: {
        ...{ terms, found: found?.chain.people?.length ?? 0 },
        shown: named.flatMap(({ registers }) => registers.map(({ natal }) => natal)),
      },
    };
  },
});

async function chainTo(
  questions: Questions,
  person: SeenPerson,
  other: string,
  kinds: readonly LinkKind[],
  asked: AskedLinks,
): Promise<FoundChain> {
  const chain = await chainBetween(questions, [person.id, other], kinds, asked);
  const ids = chain.people ?? [person.id, other];
  const people = await seenPeople(questions, asked.sight, ids);
  const to = people.get(other);
  if (to === undefined) throw new Error('who is seen has registers');
  return { to, chain, people, steps: await stepsOf(questions, chain.people ?? [], kinds, asked) };
}
