import Type from 'typebox';
import { listDecisions } from '../../base/decided-layer/decision-history.ts';
import { nextReviewPair, type TwoRegisters } from '../../base/national-layer/review-pairs.ts';
import { linkerInForce } from '../../treat/linking/linker.ts';
import { isId } from '../ids.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { answerForm, nothingGiven } from './answer-form.ts';
import { lookOf, noLook, reviewableBy, reviewers, within } from './asked.ts';
import { seenPair } from './query.ts';
import { emptyPage, queuePage } from './queue-page.ts';

/** A decision's number, in an address. */
export const numbered = Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,8}$' }));

/** The pair of which an answer changes most, of those that somebody sees; from there on the next. */
const queue = route({
  ...{ method: 'GET', path: '/vinculacao', ...reviewers },
  query: Type.Object({
    depois: Type.Optional(Type.String({ maxLength: 100 })),
    feita: numbered,
    ja: numbered,
  }),
  async answer(asked) {
    const { base, query, formToken, locale } = asked;
    const seen = reviewableBy(asked);
    const at = within(asked.case);
    const after = placeOf(query.depois ?? '');
    const told = Number(query.feita ?? query.ja ?? 0);
    const { registers } = seen.tables;
    const { next, pair, decision } = await base.snapshot(
      async (questions) => {
        const next = seen.roles.length === 0 ? null : await nextReviewPair(questions, registers, after);
        const linker = await linkerInForce(questions, locale);
        const [decision = null] =
          told === 0 ? [] : await listDecisions(questions, { registers, only: told, most: 1 });
        return {
          ...{ next, decision },
          pair: next === null ? null : await seenPair(questions, seen, next, linker),
        };
      },
      { use: 'pages' },
    );
    const done = decision === null ? null : { decision, isNew: query.feita !== undefined };
    const title = 'Revisão de vínculos';
    if (next === null || pair === null) {
      return { title, main: emptyPage({ seen, done, isLater: after !== null, at }), look: noLook };
    }
    return {
      title,
      look: lookOf(pair),
      main: queuePage({
        ...{ pair, done, left: next.left, lacking: seen.lacking, at },
        form: answerForm({
          ...{ action: at(`/vinculacao/${next.a}/${next.b}`), token: formToken, digest: pair.digest },
          ...{ goesOn: 'fila', skip: at(afterPath(next)), given: nothingGiven, faults: {} },
        }),
      }),
    };
  },
});

/** Where the list goes on behind a pair. */
export function afterPath({ a, b }: TwoRegisters): string {
  return `/vinculacao?depois=${a}.${b}`;
}

function placeOf(text: string): TwoRegisters | null {
  const [a = '', b = '', ...more] = text.split('.');
  return isId(a) && isId(b) && more.length === 0 ? { a, b } : null;
}

export const queueRoutes: readonly ConsoleRoute[] = [queue];
