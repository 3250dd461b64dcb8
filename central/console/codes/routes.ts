import Type from 'typebox';
import { nationalValue } from '../../../shared/cleaning/coded-columns.ts';
import { wordForm } from '../../../shared/cleaning/codes/word-form.ts';
import { daysAgo } from '../../../shared/day.ts';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Place } from '../../base/access-layer/sessions.ts';
import type { Base } from '../../base/base.ts';
import { codeMapsOf, recordCodeMapSince } from '../../base/decided-layer/code-maps.ts';
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
  async answer({ base, place, params: { uf, coluna }, query: { palavra, feito }, formToken }) {
    await requireState(base, place, uf);
    const coded = seenColumn(place, uf, coluna);
    const form = wordForm(palavra);
    if (form !== null) {
      const known = await knownOf(base, place, { uf, coluna, form });
      const asked = { state: uf, coded, word: palavra, ...known, token: formToken };
      return { title, main: assignPage({ ...asked, given: nothingGiven, faults: {} }) };
    }
    const { found, said } = await base.snapshot(
      async (questions) => ({
        found: await unknownFound(questions, uf, { only: coluna, isSeen: seesColumn(place, uf) }),
        said: await codeMapsOf(questions, uf, coluna, { most: mostSaid + 1 }),
      }),
      { use: 'pages' },
    );
    return {
      title,
      main: columnPage({
        ...{ state: uf, coded, unknown: found[0] ?? null, isDone: feito === '1' },
        ...{ said: said.slice(0, mostSaid), isMoreSaid: said.length > mostSaid },
      }),
    };
  },
});

const nothingGiven: Assigning['given'] = { valor: '', nada: '', motivo: '' };

interface Word {
  readonly uf: string;
  readonly coluna: string;
  readonly form: string;
}

/** In how many rows a word is, and what was said of it last. */
function knownOf(
  base: Base,
  place: Place,
  { uf, coluna, form }: Word,
): Promise<Pick<Assigning, 'rows' | 'before'>> {
  return base.snapshot(
    async (questions) => {
      const isSeen = seesColumn(place, uf);
      const [found] = await unknownFound(questions, uf, { only: coluna, isSeen });
      const [before = null] = await codeMapsOf(questions, uf, coluna, { word: form, most: 1 });
      return { rows: found?.words.find((each) => wordForm(each.word) === form)?.rows ?? 0, before };
    },
    { use: 'pages' },
  );
}

const assign = route({
  ...{ method: 'POST', path, ...reviewers, params },
  form: Type.Object({
    ...{ palavra: word, valor: word },
    nada: Type.String({ default: '', maxLength: 10 }),
    motivo: Type.String({ default: '', maxLength: longestTyped }),
    estava: Type.String({ default: '', pattern: '^(|[1-9][0-9]{0,8})$' }),
  }),
  async answer({ base, place, session, params: { uf, coluna }, form: given, formToken }) {
    await requireState(base, place, uf);
    const coded = seenColumn(place, uf, coluna);
    const form = wordForm(given.palavra);
    if (form === null) throw new GuaritaError('page-unknown');
    const again = async (more: Pick<Assigning, 'given' | 'faults' | 'hasChanged'>) => {
      const known = await knownOf(base, place, { uf, coluna, form });
      return assignPage({
        ...{ state: uf, coded, word: given.palavra, ...known, token: formToken },
        ...more,
      });
    };
    const { code, faults, reason } = read(coded, given);
    if (code === undefined || reason === undefined) {
      return { title, status: 422, main: await again({ given, faults }) };
    }
    const author = { who: `${session.person.name} (${place.short})`, through: 'console', reason };
    const stood = given.estava === '' ? null : Number(given.estava);
    return {
      act: async (tx) => {
        const map = { source: uf, column: coluna, word: form, code, ...author };
        const became = await recordCodeMapSince(tx, map, stood);
        if (became === 'changed') {
          const changed = { given: { ...nothingGiven, motivo: given.motivo }, faults: {}, hasChanged: true };
          return { page: async () => ({ title, status: 409, main: await again(changed) }) };
        }
        return {
          goTo: `/codigos/${uf}/${coluna}?feito=1`,
          ...(became === 'recorded' && {
            event: { event: 'code-assigned', state: uf, column: coluna, code },
            said: { word: given.palavra, words: reason },
          }),
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
