import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import {
  type Emergency,
  emergencyOf,
  type LookedAt,
  lookedAtIn,
  reviewEmergency,
  reviewedEmergencies,
  waitingEmergencies,
} from '../../base/access-layer/emergencies.ts';
import type { Base } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { emergenciesPage, emergencyPage } from './page.ts';

const title = 'Emergências';

const list = route({
  method: 'GET',
  path: '/emergencias',
  who: 'member',
  roles: ['auditor'],
  answer: async ({ base, now }) => {
    const [waiting, reviewed] = await base.snapshot(
      async (questions) => [await waitingEmergencies(questions), await reviewedEmergencies(questions)],
      { use: 'pages' },
    );
    return { title, main: emergenciesPage(waiting, reviewed, now) };
  },
});

const show = route({
  method: 'GET',
  path: '/emergencias/:id',
  who: 'member',
  roles: ['auditor'],
  params: idParams,
  answer: async ({ base, params, session, formToken, now }) => {
    const { emergency, looks } = await found(base, params.id);
    const isOwn = emergency.person.id === session.person.id;
    return {
      title,
      main: emergencyPage(emergency, looks, { formToken: isOwn ? null : formToken }, now),
      event: { event: 'emergency-read', emergency: emergency.id },
    };
  },
});

const review = route({
  method: 'POST',
  path: '/emergencias/:id',
  who: 'member',
  roles: ['auditor'],
  params: idParams,
  form: Type.Object({
    justificada: Type.String({ default: '', maxLength: 10 }),
    parecer: Type.String({ default: '', maxLength: longestTyped }),
  }),
  answer: async ({ base, params, form, session, formToken, now }) => {
    const { emergency, looks } = await found(base, params.id);
    const { id, person } = emergency;
    if (person.id === session.person.id) throw new GuaritaError('own-doing');
    if (emergency.review !== null) throw new GuaritaError('done-already');
    const { justificada, parecer } = form;
    const words = readReason(parecer);
    const isAnswered = justificada === 'sim' || justificada === 'nao';
    if ('fault' in words || !isAnswered) {
      const faults = {
        ...(!isAnswered && { justificada: 'Diga se a emergência se justificava.' }),
        ...('fault' in words && { parecer: words.fault }),
      };
      return {
        title,
        status: 422,
        main: emergencyPage(emergency, looks, { typed: form, faults, formToken }, now),
      };
    }
    const verdict = { by: session.person.id, isJustified: justificada === 'sim', words: words.words };
    return {
      act: async (tx) => {
        if (!(await reviewEmergency(tx, id, verdict, now))) throw new GuaritaError('done-already');
        return {
          goTo: `/emergencias/${id}`,
          event: { event: 'emergency-reviewed', emergency: id, isJustified: verdict.isJustified },
          said: { words: verdict.words },
        };
      },
    };
  },
});

async function found(
  base: Base,
  id: string,
): Promise<{ readonly emergency: Emergency; readonly looks: readonly LookedAt[] }> {
  if (!isId(id)) throw new GuaritaError('page-unknown');
  return base.snapshot(
    async (questions) => {
      const emergency = await emergencyOf(questions, id);
      if (emergency === null) throw new GuaritaError('page-unknown');
      return { emergency, looks: await lookedAtIn(questions, emergency) };
    },
    { use: 'pages' },
  );
}

/** What was called an emergency, and what auditors say of it. */
export const emergenciesRoutes: readonly ConsoleRoute[] = [list, show, review];
