import Type from 'typebox';
import { dayOf } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { usedToday } from '../../base/access-layer/uses.ts';
import { sightOf } from '../../base/sight/sight.ts';
import { lookingRoles } from '../access/roles.ts';
import { idParams } from '../ids.ts';
import { route } from '../route.ts';
import { addressOf, readView } from './address.ts';
import { askedLinks } from './asked.ts';
import { unseenKinds } from './kinds.ts';
import { networkOf, registersShown } from './network.ts';
import { networkPage } from './page.ts';
import { personAt, seenPeople } from './people.ts';
import { tooLargePage } from './too-large-page.ts';
import { nameWords } from './words.ts';

const text = (maxLength: number) => Type.String({ default: '', maxLength });
const nobody = { terms: null, found: 0, shown: [] };

/** Who is linked with a person. Throws `page-unknown`, also where nothing of them is seen. */
export const networkRoute = route({
  method: 'GET',
  path: '/pessoa/:id/rede',
  who: 'case',
  roles: lookingRoles,
  views: ['custodiado'],
  showsPeople: true,
  params: idParams,
  query: Type.Object({ tipos: text(200), de: text(50), ate: text(50), abrir: text(1000), mostrar: text(10) }),
  answer: async ({ base, params, query, grant, place, session, case: onCase, now, signal }) => {
    const sight = sightOf(grant);
    const read = readView(query);
    const { view } = read;
    const unseen = unseenKinds(sight, grant.sensitive);
    const wanted = { ...view, kinds: view.kinds.filter((kind) => !unseen.includes(kind)) };
    const asked = askedLinks(grant, { today: dayOf(now), from: view.from, until: view.until });
    const user = { body: place.id, person: session.person.id };
    const within = `/caso/${onCase.number}`;
    const found = await base.snapshot(
      async (questions) => {
        const id = await personAt(questions, sight, params.id);
        if (id === null || id !== params.id) return { id, network: null, used: null };
        const person = (await seenPeople(questions, sight, [id])).get(id);
        if (person === undefined) throw new GuaritaError('page-unknown');
        const network = await networkOf(questions, person, wanted, asked);
        return { id, network, used: await usedToday(questions, user, now) };
      },
      { use: 'pages', signal },
    );
    if (found.id === null) throw new GuaritaError('page-unknown');
    const here = `${within}/pessoa/${found.id}`;
    // A register whose person is another one by now.
    if (found.network === null) return { goTo: `${here}/rede${addressOf(view)}`, look: nobody };
    const { network, used } = found;
    const title = 'Rede';
    const shown = registersShown(network);
    const left = Math.min(grant.personQuota - used.person, grant.bodyQuota - used.body);
    if (shown.length > left && !onCase.isEmergency && left > 0) {
      return { title, status: 429, main: tooLargePage(network, left, view, here), look: nobody };
    }
    return {
      title: `Rede de ${nameWords(network.middle.person)}`,
      main: networkPage({ network, onCase: within, read, asked: query, unseen }),
      look: { terms: null, found: network.people.size, shown },
    };
  },
});
