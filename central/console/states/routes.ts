import { randomUUID } from 'node:crypto';
import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Place } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { answerDoubt } from '../../base/decided-layer/answer-doubt.ts';
import type { Role } from '../access/roles.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { type DoubtPage, doubtPage } from './doubts.ts';
import { statesPage } from './list-page.ts';
import { isStateCode, type StateCode, stateName } from './names.ts';
import { overviewsOf } from './overview.ts';
import { readState, readStates } from './query.ts';
import { mayDecide, seenStates } from './seen.ts';
import { statePage } from './state-page.ts';

const roles: readonly Role[] = ['operador'];

const stateParams = Type.Object({ uf: Type.String({ maxLength: 100 }) });
const doubtParams = Type.Object({
  uf: Type.String({ maxLength: 100 }),
  ref: Type.String({ maxLength: 100 }),
});

const list = route({
  ...{ method: 'GET', path: '/estados', who: 'member', roles },
  answer: async ({ base, place, now, signal }) => {
    const states = seenStates(place);
    const facts = await readStates(base, states, signal);
    const overviews = overviewsOf(states, facts, now);
    return { title: 'Estados', main: statesPage(overviews, facts.mark) };
  },
});

const show = route({
  ...{ method: 'GET', path: '/estados/:uf', who: 'member', roles, params: stateParams },
  answer: async ({ base, place, params, now, signal }) => {
    const code = stateOf(params.uf, place);
    const facts = await readState(base, { state: code }, signal);
    const [overview] = overviewsOf([code], facts, now);
    if (overview === undefined) throw new GuaritaError('page-unknown');
    return { title: stateName(code), main: statePage(overview, facts) };
  },
});

const showDoubt = route({
  ...{ method: 'GET', path: '/estados/:uf/decisoes/:ref', who: 'member', roles, params: doubtParams },
  answer: async ({ base, place, params, formToken, signal }) => {
    const page = await doubtOf(base, params, { place, formToken, signal });
    return { title: 'Decisão', main: doubtPage(page) };
  },
});

const answer = route({
  ...{ method: 'POST', path: '/estados/:uf/decisoes/:ref', who: 'member', roles, params: doubtParams },
  form: Type.Object({
    resposta: Type.String({ default: '', maxLength: 10 }),
    motivo: Type.String({ default: '', maxLength: longestTyped }),
    estava: Type.String({ default: '', maxLength: 10 }),
  }),
  answer: async ({ base, place, params, form, session, formToken, now, signal }) => {
    const asked = { place, formToken, signal };
    const { code: source } = await doubtOf(base, params, asked);
    if (!mayDecide(place)) throw new GuaritaError('grant-lacking');
    const { resposta: decision, motivo, estava } = form;
    const reason = readReason(motivo);
    if ('fault' in reason || !isDecision(decision)) {
      const faults = {
        ...(!isDecision(decision) && { resposta: 'Escolha entre aceitar e recusar.' }),
        ...('fault' in reason && { motivo: reason.fault }),
      };
      const main = doubtPage(await doubtOf(base, params, asked), { resposta: decision, motivo, faults });
      return { title: 'Decisão', status: 422, main };
    }
    return {
      act: async (tx) => {
        const given = await answerDoubt(tx, {
          ...{ id: randomUUID(), source, ref: params.ref, decision, stood: estava === '' ? null : estava },
          ...{ who: session.person.id, reason: reason.words, at: now.toISOString() },
        });
        if (given === 'answered') throw new GuaritaError('done-already');
        if (given === 'changed') {
          const changed = async () => doubtPage(await doubtOf(base, params, asked), { hasChanged: true });
          return { page: async () => ({ title: 'Decisão', status: 409, main: await changed() }) };
        }
        return {
          goTo: `/estados/${source}/decisoes/${params.ref}`,
          event: { event: 'doubt-answered', source, ref: params.ref, decision },
          said: { words: reason.words },
        };
      },
    };
  },
});

function isDecision(text: string): text is 'accepted' | 'refused' {
  return text === 'accepted' || text === 'refused';
}

/** Throws `page-unknown` for what is no state, `grant-lacking` for one that the body is not told of. */
function stateOf(uf: string, place: Place): StateCode {
  if (!isStateCode(uf)) throw new GuaritaError('page-unknown');
  if (!seenStates(place).includes(uf)) throw new GuaritaError('grant-lacking');
  return uf;
}

/** Throws the same, and `page-unknown` for a doubt that never was. */
async function doubtOf(
  base: Base,
  { uf, ref }: { readonly uf: string; readonly ref: string },
  {
    place,
    formToken,
    signal,
  }: { readonly place: Place; readonly formToken: string; readonly signal: AbortSignal },
): Promise<DoubtPage> {
  const code = stateOf(uf, place);
  const known = await readState(base, { state: code, ref }, signal);
  const doubt = known.picture.attentions.find((one) => one.ref === ref) ?? null;
  const { answers } = known;
  if (doubt === null && answers.length === 0) throw new GuaritaError('page-unknown');
  return { code, known, doubt, answers, formToken: mayDecide(place) ? formToken : null };
}

/** How the collection of each state is, and what a person decides about it. Nothing of anybody in custody. */
export const statesRoutes: readonly ConsoleRoute[] = [list, show, showDoubt, answer];
