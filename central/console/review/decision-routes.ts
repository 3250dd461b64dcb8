import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import { type ListedDecision, listDecisions } from '../../base/decided-layer/decision-history.ts';
import { revokeLink } from '../../base/national-layer/decide-links.ts';
import { longestTyped } from '../purpose/parts.ts';
import { type Answer, type ConsoleRoute, route } from '../route.ts';
import {
  authorOf,
  lookOf,
  noLook,
  pairOrNone,
  type Reviewing,
  reviewableBy,
  reviewers,
  within,
} from './asked.ts';
import { decisionPage, decisionsPage } from './decisions-page.ts';
import { longestReason, readWords } from './reason.ts';

const onPage = 25;
const title = 'Decisões sobre vínculos';

const list = route({
  ...{ method: 'GET', path: '/vinculacao/decisoes', ...reviewers },
  query: Type.Object({
    antes: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' })),
    diz: Type.Optional(Type.Literal('incerto')),
  }),
  async answer(asked) {
    const { antes, diz } = asked.query;
    const { registers } = reviewableBy(asked).tables;
    const found = await asked.base.snapshot(
      (questions) =>
        listDecisions(questions, {
          ...{ registers, most: onPage + 1 },
          ...(diz !== undefined && { says: 'unsure' }),
          ...(antes !== undefined && { before: Number(antes) }),
        }),
      { use: 'pages' },
    );
    const decisions = found.slice(0, onPage);
    const at = within(asked.case);
    const path = diz === undefined ? '/vinculacao/decisoes' : '/vinculacao/decisoes?diz=incerto';
    const next = `${path}${diz === undefined ? '?' : '&'}antes=${decisions.at(-1)?.number}`;
    return {
      title,
      // No register is told by more than its state and kind.
      look: { terms: null, found: decisions.length, shown: [] },
      main: decisionsPage({
        ...{ decisions, isUnsure: diz !== undefined, at },
        first: antes === undefined ? null : at(path),
        next: found.length > onPage ? at(next) : null,
      }),
    };
  },
});

const path = '/vinculacao/decisoes/:numero';
const params = Type.Object({ numero: Type.String({ maxLength: 20 }) });

const show = route({
  ...{ method: 'GET', path, ...reviewers, params },
  answer: (asked) => oneDecision(asked, asked.params.numero, {}),
});

const undo = route({
  ...{ method: 'POST', path, ...reviewers, params },
  form: Type.Object({ motivo: Type.String({ default: '', maxLength: longestTyped }) }),
  async answer(asked) {
    const { motivo } = asked.form;
    const decision = await found(asked, asked.params.numero);
    if (decision.undoneBy !== null) throw new GuaritaError('done-already');
    const read = readWords(motivo);
    if ('fault' in read) {
      return oneDecision(asked, asked.params.numero, { typed: motivo, fault: read.fault });
    }
    const { number } = decision;
    return {
      act: async (tx) => {
        const done = await revokeLink(tx, number, authorOf(asked, read.words)).catch(orDoneAlready);
        return {
          goTo: within(asked.case)(`/vinculacao/decisoes/${number}`),
          look: noLook,
          event: { event: 'link-undone', decision: number, by: done.number },
          said: { words: read.words },
        };
      },
    };
  },
});

/** It stood when they asked: somebody else was first, or a second click of theirs. */
function orDoneAlready(error: unknown): never {
  const isUndone = error instanceof GuaritaError && error.code === 'decision-unknown';
  throw isUndone ? new GuaritaError('done-already') : error;
}

async function found(asked: Reviewing, numero: string): Promise<ListedDecision> {
  const { registers } = reviewableBy(asked).tables;
  const [decision] = /^[1-9]\d{0,8}$/.test(numero)
    ? await asked.base.snapshot(
        (questions) => listDecisions(questions, { registers, only: Number(numero), most: 1 }),
        { use: 'pages' },
      )
    : [];
  if (decision === undefined) throw new GuaritaError('page-unknown');
  return decision;
}

async function oneDecision(
  asked: Reviewing,
  numero: string,
  { typed = '', fault }: { readonly typed?: string; readonly fault?: string },
): Promise<Answer> {
  const decision = await found(asked, numero);
  const pair = await pairOrNone(asked, decision);
  return {
    ...{
      title: `Decisão ${decision.number}`,
      look: lookOf(pair),
      ...(fault !== undefined && { status: 422 }),
    },
    main: decisionPage({
      ...{ decision, pair, token: asked.formToken, typed, longest: longestReason, at: within(asked.case) },
      ...(fault !== undefined && { fault }),
    }),
  };
}

/** What was said of registers, and how it is undone. */
export const decisionRoutes: readonly ConsoleRoute[] = [list, show, undo];
