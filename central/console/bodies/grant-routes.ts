import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import {
  grantsOf,
  type NewProposal,
  proposalsOf,
  proposeGrant,
  type StoredGrant,
} from '../../base/access-layer/grant-proposals.ts';
import type { Base, Questions } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type Act, type ConsoleRoute, route } from '../route.ts';
import { readers, type Tried, typedText, untried } from './asked.ts';
import { type Asking, decidable, deciders, seen } from './deciders.ts';
import { doneQuery, doneWords } from './done-words.ts';
import { grantFormSchema, readGrant, type TypedGrant, typedOf } from './grant-form.ts';
import { grantPage, grantsPage, newGrantPage } from './grant-pages.ts';
import { bodyPath } from './parts.ts';

const list = route({
  ...{ method: 'GET', path: '/orgaos/:id/concessoes', who: 'member', roles: readers, params: idParams },
  query: doneQuery,
  answer: async (asked) => {
    const { base, params, query, now } = asked;
    const main = await base.snapshot(
      async (questions) => {
        const { body, mayDecide } = await seen(questions, params.id, asked);
        return grantsPage({
          ...{ body, now, mayPropose: mayDecide, done: doneWords(query.feito) },
          grants: await grantsOf(questions, body.id, { now }),
          waiting: await proposalsOf(questions, body.id, { now, isWaiting: true }),
          past: await proposalsOf(questions, body.id, { now, isWaiting: false }),
        });
      },
      { use: 'pages' },
    );
    return { title: 'Concessões', main };
  },
});

/** Throws `page-unknown` for what is no grant of the body. */
async function grantOf(questions: Questions, body: Body, id: string, now: Date): Promise<StoredGrant> {
  const [grant] = isId(id) ? await grantsOf(questions, body.id, { now, id }) : [];
  if (grant === undefined) throw new GuaritaError('page-unknown');
  return grant;
}

/** One that may be replaced or ended. */
function openGrant(base: Base, body: Body, id: string, now: Date): Promise<StoredGrant> {
  return base.snapshot(
    async (questions) => {
      const grant = await grantOf(questions, body, id, now);
      if (grant.ended !== null) throw new GuaritaError('done-already');
      return grant;
    },
    { use: 'pages' },
  );
}

const newTitle = 'Propor uma concessão';

const begin = route({
  ...{ method: 'GET', path: '/orgaos/:id/concessoes/nova', who: 'member', roles: deciders, params: idParams },
  query: Type.Object({ substitui: Type.Optional(Type.String({ maxLength: 100 })) }),
  answer: async (asked) => {
    const { base, params, query, now, formToken } = asked;
    const body = await decidable(base, params.id, asked);
    const replaced = query.substitui === undefined ? null : await openGrant(base, body, query.substitui, now);
    const main = newGrantPage(body, replaced, { typed: typedOf(replaced, now), faults: {} }, formToken);
    return { title: newTitle, main };
  },
});

const propose = route({
  ...{ method: 'POST', path: '/orgaos/:id/concessoes', who: 'member', roles: deciders, params: idParams },
  form: grantFormSchema,
  answer: async (asked) => {
    const { base, params, session, now, formToken } = asked;
    const body = await decidable(base, params.id, asked);
    const typed = asked.form as TypedGrant;
    const which = typed['substitui'] ?? '';
    const replaced = which === '' ? null : await openGrant(base, body, which, now);
    const read = readGrant(typed, now);
    if ('faults' in read) {
      const main = newGrantPage(body, replaced, { typed, faults: read.faults }, formToken);
      return { title: newTitle, status: 422, main };
    }
    const { terms, reason } = read;
    const proposal = { body: body.id, ends: replaced?.id ?? null, begins: terms, reason };
    return proposing(body, { ...proposal, by: session.person.id }, now, (faults) => ({
      ...{ title: newTitle, status: 422 },
      main: newGrantPage(body, replaced, { typed, faults }, formToken),
    }));
  },
});

const notProposed = {
  'too-many': 'Há propostas demais suas à espera neste órgão: é preciso decidir alguma antes.',
  'there-already': 'Já há uma proposta igual à espera: peça que outra pessoa a decida.',
};

type Again = (faults: Tried['faults']) => Awaited<ReturnType<Act['act']>>;

function proposing(body: Body, proposal: NewProposal, now: Date, again: Again): Act {
  return {
    act: async (tx) => {
      const proposed = await proposeGrant(tx, proposal, now);
      if (proposed === 'ended') throw new GuaritaError('done-already');
      if (typeof proposed === 'string') return again({ motivo: notProposed[proposed] });
      const event = proposal.begins === null ? 'grant-end-proposed' : 'grant-proposed';
      return {
        goTo: `${bodyPath(body)}/concessoes?feito=proposta`,
        event: { event, of: body.id, proposal: proposed.id, grant: proposal.ends },
        said: { words: proposal.reason },
      };
    },
  };
}

const grantParams = Type.Object({
  id: Type.String({ maxLength: 100 }),
  concessao: Type.String({ maxLength: 100 }),
});

async function oneGrant(
  base: Base,
  params: { readonly id: string; readonly concessao: string },
  asking: Asking & { readonly formToken: string },
  tried: Tried,
) {
  return base.snapshot(
    async (questions) => {
      const { body, mayDecide } = await seen(questions, params.id, asking);
      const grant = await grantOf(questions, body, params.concessao, asking.now);
      return grantPage(body, grant, tried, mayDecide ? asking.formToken : null);
    },
    { use: 'pages' },
  );
}

const show = route({
  ...{ method: 'GET', path: '/orgaos/:id/concessoes/:concessao', who: 'member', roles: readers },
  params: grantParams,
  answer: async (asked) => ({
    title: 'Concessão',
    main: await oneGrant(asked.base, asked.params, asked, untried),
  }),
});

const end = route({
  ...{ method: 'POST', path: '/orgaos/:id/concessoes/:concessao/encerrar', who: 'member', roles: deciders },
  ...{ params: grantParams, form: Type.Object({ motivo: typedText }) },
  answer: async (asked) => {
    const { base, params, form, session, now } = asked;
    const body = await decidable(base, params.id, asked);
    const grant = await openGrant(base, body, params.concessao, now);
    const title = 'Concessão';
    const again = (faults: Tried['faults']) =>
      oneGrant(base, params, asked, { typed: { motivo: form.motivo }, faults });
    const reason = readReason(form.motivo);
    if ('fault' in reason) return { title, status: 422, main: await again({ motivo: reason.fault }) };
    const proposal = { body: body.id, ends: grant.id, begins: null, reason: reason.words };
    return proposing(body, { ...proposal, by: session.person.id }, now, (faults) => ({
      page: async () => ({ title, status: 422, main: await again(faults) }),
    }));
  },
});

/** What bodies may see, and what is proposed about it. */
export const grantRoutes: readonly ConsoleRoute[] = [list, begin, propose, show, end];
