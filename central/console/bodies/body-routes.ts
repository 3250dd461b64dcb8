import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import {
  type Body,
  bodiesWithSteps,
  createBody,
  isCentral,
  renameBody,
} from '../../base/access-layer/bodies.ts';
import { endBody, endingOf } from '../../base/access-layer/body-end.ts';
import { shortNamePattern } from '../../base/access-layer/people.ts';
import type { Base } from '../../base/base.ts';
import { idParams } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import {
  changeBy,
  editors,
  readers,
  readName,
  refused,
  seenBody,
  type Tried,
  typedText,
  untried,
  type Viewer,
  versionField,
} from './asked.ts';
import { bodyPage, editBodyPage, newBodyPage } from './body-page.ts';
import { doneQuery, doneWords } from './done-words.ts';
import { bodiesPage } from './list-page.ts';
import { bodyPath } from './parts.ts';

const isEditor = (roles: readonly string[]) => editors.some((role) => roles.includes(role));

const list = route({
  ...{ method: 'GET', path: '/orgaos', who: 'member', roles: readers },
  answer: async ({ base, place, roles, now }) => {
    const [bodies, isFromCentral] = await base.snapshot(
      async (questions) => [await bodiesWithSteps(questions, now), await isCentral(questions, place.id)],
      { use: 'pages' },
    );
    const seen = isFromCentral ? bodies : bodies.filter(({ id }) => id === place.id);
    return { title: 'Órgãos', main: bodiesPage(seen, { mayAdd: isFromCentral && isEditor(roles), now }) };
  },
});

const show = route({
  ...{
    method: 'GET',
    path: '/orgaos/:id',
    who: 'member',
    roles: readers,
    params: idParams,
    query: doneQuery,
  },
  answer: async ({ base, params, place, roles, query, now }) => {
    const { body, isFromCentral } = await found(base, params.id, { place, now });
    const mayName = isEditor(roles) && body.ended === null;
    const may = { mayName, mayEdit: mayName && isFromCentral };
    return { title: body.name, main: bodyPage(body, { ...may, done: doneWords(query.feito), now }) };
  },
});

async function found(base: Base, id: string, viewer: Viewer) {
  return base.snapshot(
    async (questions) => ({
      body: await seenBody(questions, id, viewer),
      isFromCentral: await isCentral(questions, viewer.place.id),
    }),
    { use: 'pages' },
  );
}

/** Bodies are registered, renamed and ended from the central one. Throws `page-unknown` for all others. */
async function requireCentral(base: Base, { place }: Viewer): Promise<void> {
  if (!(await base.snapshot((questions) => isCentral(questions, place.id), { use: 'pages' }))) {
    throw new GuaritaError('page-unknown');
  }
}

const newTitle = 'Cadastrar um órgão';

const begin = route({
  ...{ method: 'GET', path: '/orgaos/novo', who: 'member', roles: editors },
  answer: async ({ base, place, now, formToken }) => {
    await requireCentral(base, { place, now });
    return { title: newTitle, main: newBodyPage(untried, formToken) };
  },
});

const names = Type.Object({ sigla: typedText, nome: typedText });

const create = route({
  ...{ method: 'POST', path: '/orgaos', who: 'member', roles: editors, form: names },
  answer: async ({ base, place, now, formToken, form }) => {
    await requireCentral(base, { place, now });
    const read = readNames(form);
    const page = (faults: Tried['faults']) => ({
      ...{ title: newTitle, status: 422 },
      main: newBodyPage({ typed: { ...form }, faults }, formToken),
    });
    if ('faults' in read) return page(read.faults);
    return {
      act: async (tx) => {
        const id = await createBody(tx, read, now);
        if (id === null) return page({ sigla: 'Já existe, ou existiu, um órgão com esta sigla.' });
        return { goTo: `/orgaos/${id}?feito=cadastrado`, event: { event: 'body-added', of: id } };
      },
    };
  },
});

const editTitle = 'Renomear ou encerrar';

/** Of a body that has not ended, for who may change it. */
async function editable(base: Base, id: string, viewer: Viewer): Promise<Body> {
  await requireCentral(base, viewer);
  const { body } = await found(base, id, viewer);
  if (body.ended !== null) throw new GuaritaError('page-unknown');
  return body;
}

async function editPage(base: Base, id: string, viewer: Viewer, tried: Tried, token: string) {
  const { body } = await found(base, id, viewer);
  const ending = await base.snapshot((questions) => endingOf(questions, body.id, viewer.now), {
    use: 'pages',
  });
  return editBodyPage(body, ending, tried, token);
}

const edit = route({
  ...{ method: 'GET', path: '/orgaos/:id/mudar', who: 'member', roles: editors, params: idParams },
  answer: async ({ base, params, place, now, formToken }) => {
    await editable(base, params.id, { place, now });
    return { title: editTitle, main: await editPage(base, params.id, { place, now }, untried, formToken) };
  },
});

const rename = route({
  ...{ method: 'POST', path: '/orgaos/:id/nome', who: 'member', roles: editors, params: idParams },
  form: Type.Object({ ...names.properties, ...versionField }),
  answer: async ({ base, params, place, session, now, formToken, form }) => {
    const body = await editable(base, params.id, { place, now });
    const again = (tried: Tried) => editPage(base, body.id, { place, now }, tried, formToken);
    const read = readNames(form);
    const typed = { sigla: form.sigla, nome: form.nome };
    if ('faults' in read) {
      return { title: editTitle, status: 422, main: await again({ typed, faults: read.faults }) };
    }
    return {
      act: async (tx) => {
        const outcome = await renameBody(tx, changeBy(body, session.person, form), read, now);
        if (outcome !== null) return refused(outcome, { title: editTitle, field: 'sigla', typed }, again);
        return { goTo: `${bodyPath(body)}?feito=renomeado`, event: { event: 'body-renamed', of: body.id } };
      },
    };
  },
});

const end = route({
  ...{ method: 'POST', path: '/orgaos/:id/encerrar', who: 'member', roles: editors, params: idParams },
  form: Type.Object({ confirmo: typedText, motivo: typedText }),
  answer: async ({ base, params, place, session, now, formToken, form }) => {
    const body = await editable(base, params.id, { place, now });
    if (body.isCentral) throw new GuaritaError('page-unknown');
    const again = (tried: Tried) => editPage(base, body.id, { place, now }, tried, formToken);
    const reason = readReason(form.motivo);
    const typed = { motivo: form.motivo };
    if ('fault' in reason || form.confirmo !== 'sim') {
      const faults = {
        ...(form.confirmo !== 'sim' && { confirmo: 'Confirme que o órgão deve ser encerrado.' }),
        ...('fault' in reason && { motivo: reason.fault }),
      };
      return { title: editTitle, status: 422, main: await again({ typed, faults }) };
    }
    return {
      act: async (tx) => {
        const { roles, grants } = await endingOf(tx, body.id, now);
        const outcome = await endBody(
          tx,
          { body: body.id, by: session.person.id, reason: reason.words },
          now,
        );
        if (outcome !== null) throw new GuaritaError('done-already');
        return {
          goTo: `${bodyPath(body)}?feito=encerrado`,
          event: { event: 'body-ended', of: body.id, roles, grants },
          said: { words: reason.words },
        };
      },
    };
  },
});

function readNames({ sigla, nome }: { readonly sigla: string; readonly nome: string }) {
  const short = sigla.trim().toUpperCase();
  const read = readName(nome);
  const isShort = new RegExp(shortNamePattern).test(short);
  if (isShort && 'name' in read) return { short, name: read.name };
  return {
    faults: {
      ...(!isShort && { sigla: 'Escreva a sigla como DPE-AL.' }),
      ...('fault' in read && { nome: read.fault }),
    },
  };
}

/** Bodies, how far each has come, and what is done to them as a whole. */
export const bodyRoutes: readonly ConsoleRoute[] = [list, begin, create, show, edit, rename, end];
