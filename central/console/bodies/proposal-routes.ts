import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import {
  decideProposal,
  grantsOf,
  type ProposalFault,
  proposalsOf,
  withdrawProposal,
} from '../../base/access-layer/grant-proposals.ts';
import type { Base } from '../../base/base.ts';
import { isId } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { readers, type Tried, typedText, untried } from './asked.ts';
import { type Asking, decidable, deciders, seen } from './deciders.ts';
import { bodyPath } from './parts.ts';
import { proposalPage } from './proposal-page.ts';

const proposalParams = Type.Object({
  id: Type.String({ maxLength: 100 }),
  proposta: Type.String({ maxLength: 100 }),
});

async function oneProposal(
  base: Base,
  params: { readonly id: string; readonly proposta: string },
  asking: Asking & {
    readonly formToken: string;
    readonly session: { readonly person: { readonly id: string } };
  },
  tried: Tried,
) {
  const { now, session, formToken } = asking;
  return base.snapshot(
    async (questions) => {
      const { body, mayDecide } = await seen(questions, params.id, asking);
      const which = { now, isWaiting: null, id: params.proposta };
      const [proposal] = isId(params.proposta) ? await proposalsOf(questions, body.id, which) : [];
      if (proposal === undefined) throw new GuaritaError('page-unknown');
      const inForce = await grantsOf(questions, body.id, { now });
      const page = { body, proposal, inForce, tried, now, viewer: session.person.id };
      return { body, main: proposalPage({ ...page, token: mayDecide ? formToken : null }) };
    },
    { use: 'pages' },
  );
}

const proposalTitle = 'Proposta de concessão';

const showProposal = route({
  ...{ method: 'GET', path: '/orgaos/:id/propostas/:proposta', who: 'member', roles: readers },
  params: proposalParams,
  answer: async (asked) => ({
    title: proposalTitle,
    main: (await oneProposal(asked.base, asked.params, asked, untried)).main,
  }),
});

const faultWords: Readonly<Record<Exclude<ProposalFault, null | 'own' | 'decided'>, string>> = {
  lapsed: 'O prazo da proposta, ou da concessão proposta, terminou. Se ainda for o caso, proponha de novo.',
  'proposer-gone':
    'Quem propôs já não é Cadastrador Autorizador do órgão central. Recuse esta e proponha de novo.',
  ended: 'O que a proposta encerraria já foi encerrado. Recuse esta e, se for o caso, proponha de novo.',
};

const decide = route({
  ...{ method: 'POST', path: '/orgaos/:id/propostas/:proposta', who: 'member', roles: deciders },
  params: proposalParams,
  form: Type.Object({ resposta: typedText, parecer: typedText }),
  answer: async (asked) => {
    const { base, params, form, session, now } = asked;
    const body = await decidable(base, params.id, asked);
    const again = async (faults: Tried['faults']) =>
      (await oneProposal(base, params, asked, { typed: { ...form }, faults })).main;
    const words = readReason(form.parecer);
    const isAnswered = form.resposta === 'confirmar' || form.resposta === 'recusar';
    if ('fault' in words || !isAnswered) {
      const faults = {
        ...(!isAnswered && { resposta: 'Escolha entre confirmar e recusar.' }),
        ...('fault' in words && { parecer: words.fault }),
      };
      return { title: proposalTitle, status: 422, main: await again(faults) };
    }
    // There is one of it.
    await oneProposal(base, params, asked, untried);
    const verdict = { by: session.person.id, isAccepted: form.resposta === 'confirmar', words: words.words };
    return {
      act: async (tx) => {
        const fault = await decideProposal(tx, { body: body.id, id: params.proposta }, verdict, now);
        if (fault === 'own') throw new GuaritaError('own-doing');
        if (fault === 'decided') throw new GuaritaError('done-already');
        if (fault !== null) {
          const faults = { resposta: faultWords[fault] };
          return { page: async () => ({ title: proposalTitle, status: 409, main: await again(faults) }) };
        }
        const event = verdict.isAccepted ? 'grant-proposal-accepted' : 'grant-proposal-refused';
        return {
          goTo: `${bodyPath(body)}/propostas/${params.proposta}`,
          event: { event, of: body.id, proposal: params.proposta },
          said: { words: verdict.words },
        };
      },
    };
  },
});

const withdraw = route({
  ...{ method: 'POST', path: '/orgaos/:id/propostas/:proposta/retirar', who: 'member', roles: deciders },
  params: proposalParams,
  answer: async (asked) => {
    const { base, params, session, now } = asked;
    const body = await decidable(base, params.id, asked);
    // There is one of it.
    await oneProposal(base, params, asked, untried);
    const proposal = { body: body.id, id: params.proposta, by: session.person.id };
    return {
      act: async (tx) => {
        if (!(await withdrawProposal(tx, proposal, now))) throw new GuaritaError('done-already');
        return {
          goTo: `${bodyPath(body)}/propostas/${proposal.id}`,
          event: { event: 'grant-proposal-withdrawn', of: body.id, proposal: proposal.id },
        };
      },
    };
  },
});

/**
 * A proposal about what a body may see: somebody else than who proposed it agrees, or refuses; until then it can be taken
 * back.
 */
export const proposalRoutes: readonly ConsoleRoute[] = [showProposal, decide, withdraw];
