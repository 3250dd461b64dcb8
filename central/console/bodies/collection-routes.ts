import Type from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { Changing, Outcome } from '../../base/access-layer/body-changes.ts';
import {
  addToCollection,
  type Collection,
  closeCollection,
  collectionsOf,
  createCollection,
  removeFromCollection,
} from '../../base/access-layer/collections.ts';
import type { StructureTree } from '../../base/access-layer/structure-tree.ts';
import { treeOf } from '../../base/access-layer/structures.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { idParams, isId } from '../ids.ts';
import { type ConsoleRoute, route } from '../route.ts';
import {
  changeBy,
  chosen,
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
import { collectionPage, collectionPath, collectionsPage } from './collection-page.ts';
import { type Done, doneQuery, doneWords } from './done-words.ts';
import { bodyPath } from './parts.ts';

const title = 'Coleções de estruturas';

type Asking = Viewer & { readonly roles: readonly string[]; readonly formToken: string };

function tokenFor({ ended }: Body, { roles, formToken }: Asking): string | null {
  return ended === null && editors.some((role) => roles.includes(role)) ? formToken : null;
}

async function listed(base: Base, id: string, asking: Asking, tried: Tried, done: string | null = null) {
  return base.snapshot(
    async (questions) => {
      const body = await seenBody(questions, id, asking);
      const around = { body, tried, done, token: tokenFor(body, asking) };
      return collectionsPage(await collectionsOf(questions, body.id), around);
    },
    { use: 'pages' },
  );
}

const list = route({
  ...{ method: 'GET', path: '/orgaos/:id/colecoes', who: 'member', roles: readers, params: idParams },
  query: doneQuery,
  answer: async (asked) => ({
    title,
    main: await listed(asked.base, asked.params.id, asked, untried, doneWords(asked.query.feito)),
  }),
});

const create = route({
  ...{ method: 'POST', path: '/orgaos/:id/colecoes', who: 'member', roles: editors, params: idParams },
  form: Type.Object({ nome: typedText, ...versionField }),
  answer: async (asked) => {
    const { base, params, form, session, now } = asked;
    const body = await base.snapshot((questions) => seenBody(questions, params.id, asked), { use: 'pages' });
    const again = (tried: Tried) => listed(base, body.id, asked, tried);
    const typed = { nome: form.nome };
    const read = readName(form.nome);
    if ('fault' in read) {
      return { title, status: 422, main: await again({ typed, faults: { nome: read.fault } }) };
    }
    return {
      act: async (tx) => {
        const created = await createCollection(tx, changeBy(body, session.person, form), read.name, now);
        if ('id' in created) {
          return {
            goTo: `${collectionPath(body, created)}?feito=criada`,
            event: { event: 'collection-created', of: body.id, collection: created.id },
          };
        }
        if (created.fault === null) throw new GuaritaError('internal');
        return refused(created.fault, { title, field: 'nome', typed }, again);
      },
    };
  },
});

const params = Type.Object({ id: Type.String({ maxLength: 100 }), colecao: Type.String({ maxLength: 100 }) });

interface Found {
  readonly body: Body;
  readonly collection: Collection;
  readonly tree: StructureTree;
}

/** Throws `page-unknown`. */
function found(
  base: Base,
  { id, colecao }: { readonly id: string; readonly colecao: string },
  asking: Asking,
): Promise<Found> {
  return base.snapshot(
    async (questions) => {
      const body = await seenBody(questions, id, asking);
      const [collection] = isId(colecao) ? await collectionsOf(questions, body.id, colecao) : [];
      if (collection === undefined) throw new GuaritaError('page-unknown');
      return { body, collection, tree: await treeOf(questions, body.id) };
    },
    { use: 'pages' },
  );
}

function shown({ body, collection, tree }: Found, asking: Asking, tried: Tried, done: string | null = null) {
  const token = collection.closed === null ? tokenFor(body, asking) : null;
  return collectionPage(collection, tree, { body, tried, done, token });
}

const show = route({
  ...{ method: 'GET', path: '/orgaos/:id/colecoes/:colecao', who: 'member', roles: readers, params },
  query: doneQuery,
  answer: async (asked) => ({
    title,
    main: shown(await found(asked.base, asked.params, asked), asked, untried, doneWords(asked.query.feito)),
  }),
});

interface Doing {
  readonly path: string;
  readonly done: Done;
  readonly event: string;
  readonly does: (
    tx: Transaction,
    change: Changing,
    which: { readonly collection: string; readonly structure: string },
    now: Date,
  ) => Promise<Outcome>;
}

/** What is done to one of them by a button or form of its page. */
function doing({ path, done, event, does }: Doing): ConsoleRoute {
  return route({
    ...{
      method: 'POST',
      path: `/orgaos/:id/colecoes/:colecao/${path}`,
      who: 'member',
      roles: editors,
      params,
    },
    form: Type.Object({ estrutura: chosen, ...versionField }),
    answer: async (asked) => {
      const { base, form, session, now } = asked;
      const { body, collection } = await found(base, asked.params, asked);
      const again = async (tried: Tried) => shown(await found(base, asked.params, asked), asked, tried);
      const about = { title, field: 'estrutura', typed: { estrutura: form.estrutura } };
      // The end of one names none.
      const structure = form.estrutura;
      if (structure === '' && path !== 'encerrar') {
        const faults = { estrutura: 'Escolha uma estrutura.' };
        return { title, status: 422, main: await again({ typed: about.typed, faults }) };
      }
      return {
        act: async (tx) => {
          const which = { collection: collection.id, structure };
          const outcome = await does(tx, changeBy(body, session.person, form), which, now);
          if (outcome !== null) return refused(outcome, about, again);
          return {
            goTo: `${path === 'encerrar' ? `${bodyPath(body)}/colecoes` : collectionPath(body, collection)}?feito=${done}`,
            event: { event, of: body.id, collection: collection.id },
          };
        },
      };
    },
  });
}

const changed = 'collection-changed';

/** Named sets of structures of a body. */
export const collectionRoutes: readonly ConsoleRoute[] = [
  list,
  create,
  show,
  doing({ path: 'incluir', done: 'incluida', event: changed, does: addToCollection }),
  doing({ path: 'retirar', done: 'retirada', event: changed, does: removeFromCollection }),
  doing({
    ...{ path: 'encerrar', done: 'encerrada', event: 'collection-closed' },
    does: (tx, change, { collection }, now) => closeCollection(tx, change, collection, now),
  }),
];
