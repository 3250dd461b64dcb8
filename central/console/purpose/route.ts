import Type from 'typebox';
import { casesOf, openCase } from '../../base/access-layer/cases.ts';
import { usedToday } from '../../base/access-layer/uses.ts';
import { isPurpose, type Purpose } from '../access/purposes.ts';
import { lookingRoles } from '../access/roles.ts';
import { destination } from '../case-path.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { caseRoute } from './case-route.ts';
import { choicePage } from './choice-page.ts';
import { emergencyRoutes } from './emergency-route.ts';
import { longestTyped, type Member, openPurposes, pathTo } from './parts.ts';
import { readReference } from './reference.ts';

const choose = route({
  method: 'GET',
  path: '/finalidade',
  who: 'member',
  roles: lookingRoles,
  query: Type.Object({
    finalidade: Type.String({ default: '', maxLength: 100 }),
    para: Type.String({ default: '', maxLength: longestTyped }),
  }),
  answer: async (asked) => {
    const { finalidade, para } = asked.query;
    const open = openPurposes(asked.place);
    const [only = null] = open.length === 1 ? open : [];
    const chosen = isPurpose(finalidade) && open.includes(finalidade) ? finalidade : only;
    return { title: 'Finalidade', main: await page(asked, { chosen, to: pathTo(para) }) };
  },
});

const start = route({
  method: 'POST',
  path: '/finalidade',
  who: 'member',
  roles: lookingRoles,
  form: Type.Object({
    finalidade: Type.String({ default: '', maxLength: 100 }),
    referencia: Type.String({ default: '', maxLength: longestTyped }),
    para: Type.String({ default: '', maxLength: longestTyped }),
  }),
  answer: async (asked) => {
    const { form, session, place, now } = asked;
    const { finalidade: purpose, referencia: typed } = form;
    const to = pathTo(form.para);
    // Of an agreement that ended meanwhile, or a form that was made by hand.
    if (!isPurpose(purpose) || !openPurposes(place).includes(purpose)) {
      return { title: 'Finalidade', status: 422, main: await page(asked, { chosen: null, to }) };
    }
    const read = readReference(purpose, typed);
    if ('fault' in read) {
      const main = await page(asked, { chosen: purpose, typed, fault: read.fault, to });
      return { title: 'Finalidade', status: 422, main };
    }
    const { reference } = read;
    return {
      act: async (tx) => {
        const { number, isNew } = await openCase(tx, session.id, { body: place.id, purpose, reference }, now);
        return {
          goTo: destination(number, to),
          event: { event: 'case-opened', opened: number, purpose, isNew },
          said: { reference },
        };
      },
    };
  },
});

async function page(
  { base, session, place, now, formToken }: Member,
  choice: {
    readonly chosen: Purpose | null;
    readonly typed?: string;
    readonly fault?: string;
    readonly to: string;
  },
) {
  const [cases, used] = await base.snapshot(
    async (questions) => [
      await casesOf(questions, session.id, place.id),
      await usedToday(questions, { body: place.id, person: session.person.id }, now),
    ],
    { use: 'pages' },
  );
  const { grants } = place;
  const open = openPurposes(place);
  // One that no agreement names any more leads nowhere.
  const leading = cases.filter(
    ({ purpose, isEmergency }) => isEmergency || open.some((one) => one === purpose),
  );
  return choicePage({ ...choice, cases: leading, used, grants, open, formToken });
}

/** Why people are looked for. */
export const purposeRoutes: readonly ConsoleRoute[] = [choose, start, ...emergencyRoutes, caseRoute];
