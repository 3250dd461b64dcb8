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
import { peopleAt, seenPeople } from './people.ts';
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
        const named = await peopleAt(questions, sight, [params.id, ...view.opened]);
        const id = named.get(params.id) ?? '';
        const person = (await seenPeople(questions, sight, id === '' ? [] : [id])).get(id);
        if (person === undefined) throw new GuaritaError('page-unknown');
        if (person.address !== params.id) return { address: person.address, network: null, used: null };
        const opened = new Set(view.opened.flatMap((natal) => named.get(natal) ?? []));
        const network = await networkOf(questions, person, { ...wanted, opened: [...opened] }, asked);
        return { address: person.address, network, used: await usedToday(questions, user, now) };
      },
      { use: 'pages', signal },
    );
    const here = `${within}/pessoa/${found.address}`;
    // Of several registers of one person the address is one.
    if (found.network === null) return { goTo: `${here}/rede${addressOf(view)}`, look: nobody };
    const { network, used } = found;
    const shownView = { ...view, opened: network.opened.map(({ person }) => person.address) };
    const title = 'Rede';
    const shown = registersShown(network);
    const left = Math.min(grant.personQuota - used.person, grant.bodyQuota - used.body);
    if (shown.length > left && !onCase.isEmergency && left > 0) {
      return { title, status: 429, main: tooLargePage(network, left, shownView, here), look: nobody };
    }
    return {
      title: `Rede de ${nameWords(network.middle.person)}`,
      main: networkPage({
        network,
        onCase: within,
        read: { ...read, view: shownView },
        asked: query,
        unseen,
      }),
      look: { terms: null, found: network.people.size, shown },
    };
  },
});
