import Type, { type Static, type TObject } from 'typebox';
import { GuaritaError } from '../../../shared/errors.ts';
import type { Changing, Outcome } from '../../base/access-layer/body-changes.ts';
import {
  closeStructure,
  createStructure,
  mergeStructure,
  moveStructure,
  renameStructure,
  treeOf,
} from '../../base/access-layer/structures.ts';
import { tiedByStructure } from '../../base/access-layer/ties.ts';
import type { Base, Transaction } from '../../base/base.ts';
import { idParams } from '../ids.ts';
import { readReason } from '../purpose/reason.ts';
import { type ConsoleRoute, route } from '../route.ts';
import {
  changeBy,
  chosen,
  editors,
  readers,
  readName,
  refused,
  seenBody,
  structureParams,
  type Tried,
  typedText,
  untried,
  type Viewer,
  versionField,
} from './asked.ts';
import { type Done, doneQuery, doneWords } from './done-words.ts';
import { shownStructure } from './shown-structure.ts';
import { structurePage } from './structure-page.ts';
import { structurePath, structuresPage } from './structures-page.ts';

const title = 'Estruturas';

async function treePage(
  base: Base,
  id: string,
  viewer: Viewer & { readonly roles: readonly string[]; readonly formToken: string },
  { tried, done = null }: { readonly tried: Tried; readonly done?: string | null },
) {
  const { roles, formToken } = viewer;
  return base.snapshot(
    async (questions) => {
      const body = await seenBody(questions, id, viewer);
      const mayEdit = body.ended === null && editors.some((role) => roles.includes(role));
      return structuresPage({
        ...{ body, tried, done, token: mayEdit ? formToken : null },
        tree: await treeOf(questions, body.id),
        tied: await tiedByStructure(questions, body.id),
      });
    },
    { use: 'pages' },
  );
}

const list = route({
  ...{ method: 'GET', path: '/orgaos/:id/estruturas', who: 'member', roles: readers, params: idParams },
  query: doneQuery,
  answer: async (asked) => {
    const { base, params, query } = asked;
    return {
      title,
      main: await treePage(base, params.id, asked, { tried: untried, done: doneWords(query.feito) }),
    };
  },
});

const create = route({
  ...{ method: 'POST', path: '/orgaos/:id/estruturas', who: 'member', roles: editors, params: idParams },
  form: Type.Object({ nome: typedText, acima: chosen, ...versionField }),
  answer: async (asked) => {
    const { base, params, form, session, now } = asked;
    const body = await base.snapshot((questions) => seenBody(questions, params.id, asked), { use: 'pages' });
    const again = (tried: Tried) => treePage(base, body.id, asked, { tried });
    const typed = { nome: form.nome, acima: form.acima };
    const read = readName(form.nome);
    if ('fault' in read) {
      return { title, status: 422, main: await again({ typed, faults: { nome: read.fault } }) };
    }
    const made = { name: read.name, above: form.acima === '' ? null : form.acima };
    return {
      act: async (tx) => {
        const created = await createStructure(tx, changeBy(body, session.person, form), made, now);
        if ('id' in created) {
          return {
            goTo: `/orgaos/${body.id}/estruturas?feito=criada`,
            event: { event: 'structure-created', of: body.id, structure: created.id },
          };
        }
        const { fault } = created;
        if (fault === null) throw new GuaritaError('internal');
        const field = fault === 'too-deep' || fault === 'unknown' ? 'acima' : 'nome';
        return refused(fault, { title, field, typed }, again);
      },
    };
  },
});

const show = route({
  ...{ method: 'GET', path: '/orgaos/:id/estruturas/:estrutura', who: 'member', roles: readers },
  ...{ params: structureParams, query: doneQuery },
  answer: async (asked) => {
    const page = await shownStructure(asked.base, asked.params, asked);
    const main = structurePage({ ...page, tried: untried, done: doneWords(asked.query.feito) });
    return { title: page.structure.name, main };
  },
});

interface Doing<F extends TObject> {
  /** Below the structure's address. */
  readonly path: string;
  readonly form: F;
  readonly event: string;
  readonly done: Done;
  /** The field to which belongs what is in the way. */
  readonly field: string;
  /** What was wrong with what was typed, by field; null: nothing. */
  faults(form: Static<F>): Readonly<Record<string, string>> | null;
  does(tx: Transaction, change: Changing, id: string, form: Static<F>, now: Date): Promise<Outcome>;
  /** Words of whoever does it, kept with it. */
  said?(form: Static<F>): string | null;
  /** Where it leads; else to the structure. */
  goTo?(body: string, form: Static<F>): string;
}

/** What is done to one structure by a form of its page. */
function doing<F extends TObject>(spec: Doing<F>): ConsoleRoute {
  return route({
    ...{
      method: 'POST',
      path: `/orgaos/:id/estruturas/:estrutura/${spec.path}`,
      who: 'member',
      roles: editors,
    },
    ...{ params: structureParams, form: Type.Object({ ...spec.form.properties, ...versionField }) },
    answer: async (asked) => {
      const { base, params, session, now } = asked;
      const { body, structure } = await shownStructure(base, params, asked);
      const form = asked.form as Static<F> & { readonly versao: string };
      const again = async (tried: Tried) =>
        structurePage({ ...(await shownStructure(base, params, asked)), tried });
      const { versao: _version, ...typed } = form as Readonly<Record<string, string>>;
      const faults = spec.faults(form);
      if (faults !== null) {
        return {
          title: structure.name,
          status: 422,
          main: await again({ typed, faults }),
        };
      }
      return {
        act: async (tx) => {
          const outcome = await spec.does(tx, changeBy(body, session.person, form), structure.id, form, now);
          if (outcome !== null) {
            const about = { title: structure.name, field: spec.field, typed };
            return refused(outcome, about, again);
          }
          const words = spec.said?.(form) ?? null;
          return {
            goTo: `${spec.goTo?.(body.id, form) ?? structurePath(body, structure.id)}?feito=${spec.done}`,
            event: { event: spec.event, of: body.id, structure: structure.id },
            ...(words !== null && { said: { words } }),
          };
        },
      };
    },
  });
}

/** The name or the words that were read; whoever comes here has seen that there are. */
function nameOf(typed: string): string {
  const read = readName(typed);
  return 'name' in read ? read.name : '';
}

function wordsOf(typed: string): string {
  const read = readReason(typed);
  return 'words' in read ? read.words : '';
}

function reasonFault(field: string, typed: string): Readonly<Record<string, string>> | null {
  const read = readReason(typed);
  return 'fault' in read ? { [field]: read.fault } : null;
}

const rename = doing({
  ...{ path: 'nome', form: Type.Object({ nome: typedText }), event: 'structure-renamed' },
  ...{ done: 'renomeada', field: 'nome' },
  faults: ({ nome }) => {
    const read = readName(nome);
    return 'fault' in read ? { nome: read.fault } : null;
  },
  does: (tx, change, id, { nome }, now) => renameStructure(tx, change, { id, name: nameOf(nome) }, now),
});

const move = doing({
  ...{ path: 'mover', form: Type.Object({ acima: chosen }), event: 'structure-moved' },
  ...{ done: 'movida', field: 'acima' },
  faults: () => null,
  does: (tx, change, id, { acima }, now) =>
    moveStructure(tx, change, { id, above: acima === '' ? null : acima }, now),
});

const merge = doing({
  ...{ path: 'unir', form: Type.Object({ outra: chosen, 'motivo-unir': typedText }) },
  ...{ event: 'structure-merged', done: 'unida', field: 'outra' },
  faults: ({ outra, 'motivo-unir': reason }) => {
    const fault = reasonFault('motivo-unir', reason);
    if (outra !== '') return fault;
    return { outra: 'Escolha a estrutura a que esta se une.', ...fault };
  },
  does: (tx, change, id, { outra, 'motivo-unir': reason }, now) =>
    mergeStructure(tx, change, { id, into: outra, reason: wordsOf(reason) }, now),
  said: (form) => wordsOf(form['motivo-unir']),
  goTo: (body, { outra }) => structurePath({ id: body }, outra),
});

const close = doing({
  ...{ path: 'encerrar', form: Type.Object({ 'motivo-encerrar': typedText }) },
  ...{ event: 'structure-closed', done: 'encerrada', field: 'motivo-encerrar' },
  faults: (form) => reasonFault('motivo-encerrar', form['motivo-encerrar']),
  does: (tx, change, id, form, now) =>
    closeStructure(tx, change, { id, reason: wordsOf(form['motivo-encerrar']) }, now),
  said: (form) => wordsOf(form['motivo-encerrar']),
});

/** The trees of structures of bodies. */
export const structureRoutes: readonly ConsoleRoute[] = [list, create, show, rename, move, merge, close];
