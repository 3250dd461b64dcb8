import Type from 'typebox';
import { nationalValue } from '../../../shared/cleaning/coded-columns.ts';
import { wordForm } from '../../../shared/cleaning/codes/word-form.ts';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import { codeMapsOf, recordCodeMap } from '../../base/decided-layer/code-maps.ts';
import { dayFigures } from '../../base/national-layer/day-figures.ts';
import { sourcesHeld } from '../../base/national-layer/treated-sources.ts';
import type { CodedColumn } from '../../codes/assignable.ts';
import { unknownFound } from '../../codes/unknown-words.ts';
import { seenAmong } from '../access/states-seen.ts';
import { daysTold } from '../findings/query.ts';
import { requireState } from '../findings/state-routes.ts';
import { longestTyped } from '../purpose/parts.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import { type Assigning, assignPage } from './assign-page.ts';
import { codesPage, columnPage, stateCodesPage } from './page.ts';
import { seenColumn, seesColumn } from './seen.ts';

/** What words mean is said for the whole nation, by who also says who is who. */
const reviewers = { who: 'member', roles: ['revisor'] } as const;
const title = 'Códigos sem valor nacional';
const text = Type.String({ maxLength: 100 });

const states = route({
  ...{ method: 'GET', path: '/codigos', ...reviewers },
  answer: async ({ base, place }) => {
    const { sources, figures } = await base.snapshot(
      async (questions) => {
        const sources = seenAmong(place, await sourcesHeld(questions));
        const since = daysAgo(daysTold - 1);
        return { sources, figures: await dayFigures(questions, { sources, since, rule: 'T03' }) };
      },
      { use: 'pages' },
    );
    const last = new Map(figures.map((each) => [each.source, each]));
    return { title, main: codesPage(sources.map((source) => ({ source, last: last.get(source) ?? null }))) };
  },
});

const state = route({
  ...{ method: 'GET', path: '/codigos/:uf', ...reviewers, params: Type.Object({ uf: text }) },
  answer: async ({ base, place, params: { uf } }) => {
    await requireState(base, place, uf);
    const found = await base.snapshot(
      (questions) => unknownFound(questions, uf, { isSeen: seesColumn(place, uf) }),
      { use: 'pages' },
    );
    return { title, main: stateCodesPage(uf, found) };
  },
});

const path = '/codigos/:uf/:coluna';
const params = Type.Object({ uf: text, coluna: text });
/** What is longer is no word of a list. */
const word = Type.String({ default: '', maxLength: 500 });
const mostSaid = 50;

const column = route({
  ...{ method: 'GET', path, ...reviewers, params },
  query: Type.Object({ palavra: word, feito: Type.Optional(Type.Literal('1')) }),
  async answer({ base, place, params: { uf, coluna }, query, formToken }) {
    await requireState(base, place, uf);
    const coded = seenColumn(place, uf, coluna);
    const { found, said } = await base.snapshot(
      async (questions) => ({
        found: await unknownFound(questions, uf, { only: coluna, isSeen: seesColumn(place, uf) }),
        said: await codeMapsOf(questions, uf, coluna, mostSaid),
      }),
      { use: 'pages' },
    );
    const { palavra, feito } = query;
    const form = wordForm(palavra);
    if (form !== null) {
      const rows = found[0]?.words.find((each) => wordForm(each.word) === form)?.rows ?? 0;
      const before = said.find((each) => each.word === form) ?? null;
      const asked = { state: uf, coded, word: palavra, rows, before, token: formToken };
      return {
        title,
        main: assignPage({ ...asked, given: { valor: '', nada: '', motivo: '' }, faults: {} }),
      };
    }
    return {
      title,
      main: columnPage({ state: uf, coded, unknown: found[0] ?? null, said, isDone: feito === '1' }),
    };
  },
});

const assign = route({
  ...{ method: 'POST', path, ...reviewers, params },
  form: Type.Object({
    ...{ palavra: word, valor: word },
    nada: Type.String({ default: '', maxLength: 10 }),
    motivo: Type.String({ default: '', maxLength: longestTyped }),
  }),
  async answer({ base, place, session, params: { uf, coluna }, form: given, formToken }) {
    await requireState(base, place, uf);
    const coded = seenColumn(place, uf, coluna);
    const form = wordForm(given.palavra);
    if (form === null) throw new GuaritaError('page-unknown');
    const { code, faults, reason } = read(coded, given);
    if (code === undefined || reason === undefined) {
      const asked = { state: uf, coded, word: given.palavra, rows: 0, before: null, token: formToken };
      return { title, status: 422, main: assignPage({ ...asked, given, faults }) };
    }
    const author = { who: `${session.person.name} (${place.short})`, through: 'console', reason };
    return {
      act: async (tx) => {
        await recordCodeMap(tx, { source: uf, column: coluna, word: form, code, ...author });
        return {
          goTo: `/codigos/${uf}/${coluna}?feito=1`,
          event: { event: 'code-assigned', state: uf, column: coluna, code },
          said: { word: given.palavra, words: reason },
        };
      },
    };
  },
});

interface Read {
  /** Null: it means nothing; undefined: that was not said. */
  readonly code?: string | null;
  readonly reason?: string;
  readonly faults: Assigning['faults'];
}

function read({ view, column }: CodedColumn, { valor, nada, motivo }: Assigning['given']): Read {
  const isNothing = nada === 'sim';
  const value = valor.trim();
  const code = isNothing ? null : nationalValue(column, view, value);
  const reason = readReason(motivo);
  const fault = isNothing
    ? value !== '' && 'Diga um valor, ou que a palavra não diz nada: não os dois.'
    : code === null &&
      (value === '' ? 'Escolha o valor, ou diga que a palavra não diz nada.' : 'Não é um valor nacional.');
  return {
    ...(fault === false && { code }),
    ...('words' in reason && { reason: reason.words }),
    faults: {
      ...(fault !== false && { valor: fault }),
      ...('fault' in reason && { motivo: reason.fault }),
    },
  };
}

/** Words of states without a national value, and what people say that they mean. */
export const codesRoutes: readonly ConsoleRoute[] = [states, state, column, assign];
