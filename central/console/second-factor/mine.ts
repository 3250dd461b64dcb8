import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { storableText } from '../../../shared/storable-text.ts';
import { askLetter } from '../../base/access-layer/asked-letters.ts';
import {
  type Factor,
  factorsOf,
  lockFactorsOf,
  removeFactor,
  renameFactor,
} from '../../base/access-layer/factors.ts';
import { endSessionsOf, type SessionFacts } from '../../base/access-layer/sessions.ts';
import { havePower } from '../access/roles.ts';
import { idText } from '../ids.ts';
import { route } from '../route.ts';
import { isFresh } from './fresh.ts';
import { factorPage, minePage } from './mine-page.ts';
import { askedFor } from './steps.ts';

const use = { use: 'pages' } as const;
const params = Type.Object({ fator: idText });

const listRoute = route({
  ...{ method: 'GET', path: '/segundo-fator/meus', who: 'signed-in' },
  answer: async ({ base, session }) =>
    minePage(await base.snapshot((questions) => factorsOf(questions, session.person.id), use)),
});

const oneRoute = route({
  ...{ method: 'GET', path: '/segundo-fator/meus/:fator', who: 'signed-in', params },
  answer: async ({ base, session, params, formToken }) => {
    const held = await base.snapshot((questions) => factorsOf(questions, session.person.id), use);
    return factorPage(among(held, params.fator), formToken);
  },
});

const renameRoute = route({
  ...{ method: 'POST', path: '/segundo-fator/meus/:fator/nome', who: 'signed-in', params },
  form: Type.Object({ nome: Type.String({ maxLength: 60 }) }),
  answer: async ({ session, params, form, formToken }) => ({
    act: async (tx) => {
      const factor = among(await lockFactorsOf(tx, session.person.id), params.fator);
      const name = storableText(form.nome).trim();
      if (name === '') return factorPage(factor, formToken, 'name');
      await renameFactor(tx, factor.id, name);
      const event = { event: 'second-factor-renamed', kind: factor.kind, factor: factor.id };
      return { goTo: '/segundo-fator/meus', event };
    },
  }),
});

const removeRoute = route({
  ...{ method: 'POST', path: '/segundo-fator/meus/:fator/remover', who: 'signed-in', params },
  answer: async ({ session, params, formToken, now }) => ({
    act: async (tx) => {
      const person = session.person.id;
      // Whoever removes another one at the same time waits: of two that are left, one stays.
      const held = await lockFactorsOf(tx, person);
      const factor = among(held, params.fator);
      if (!(await isFresh(tx, session.id, now)))
        return { goTo: askedFor('/segundo-fator', `/segundo-fator/meus/${factor.id}`) };
      if (isLast(held, factor) && hasPower(session)) return factorPage(factor, formToken, 'last');
      await removeFactor(tx, factor.id, now);
      await askLetter(tx, 'factors-removed', person, now);
      const ended = await endSessionsOf(tx, { person, but: session.id, why: 'factor-removed' }, now);
      const { id, kind } = factor;
      return {
        goTo: '/segundo-fator/meus',
        event: { event: 'second-factor-removed', kind, factor: id, sessions: ended },
      };
    },
  }),
});

export const mineRoutes = [listRoute, oneRoute, renameRoute, removeRoute];

/** Of this person's the one of that id. Throws `page-unknown`, also where it is somebody else's. */
function among(held: readonly Factor[], id: string): Factor {
  const found = held.find((factor) => factor.id === id);
  if (found === undefined) throw new GuaritaError('page-unknown');
  return found;
}

/** Whether none is left that could be shown. */
function isLast(held: readonly Factor[], removed: Factor): boolean {
  return held.every(({ id, blocked }) => id === removed.id || blocked !== null);
}

function hasPower({ places }: SessionFacts): boolean {
  return places.some(({ roles }) => havePower(roles));
}
