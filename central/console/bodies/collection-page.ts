import { count } from '../../../shared/count-format.ts';
import { writtenDay } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { Collection } from '../../base/access-layer/collections.ts';
import { most } from '../../base/access-layer/most.ts';
import type { StructureTree } from '../../base/access-layer/structure-tree.ts';
import { faultSummary } from '../html/faults.ts';
import { notice, postButton, selectField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { table } from '../html/table.ts';
import type { Tried } from './asked.ts';
import { bodyForm, bodyHead, bodyPath, nameField, pathWords, structureChoices } from './parts.ts';
import { structurePath } from './structures-page.ts';

interface Around {
  readonly body: Body;
  readonly tried: Tried;
  readonly done: string | null;
  /** Null: it is not for whoever looks to change them. */
  readonly token: string | null;
}

export function collectionsPage(
  collections: readonly Collection[],
  { body, tried, done, token }: Around,
): Html {
  return html`${bodyHead(body, 'Coleções de estruturas', { tried, done })}
  <p>Uma coleção é um conjunto com nome de estruturas deste órgão, de qualquer lugar da árvore.</p>
  ${table({
    caption: 'Coleções',
    columns: [{ label: 'Coleção' }, { label: 'Estruturas', isNumber: true }, { label: 'Criada em' }],
    rows: collections.map((one) => [
      html`<a href="${collectionPath(body, one)}">${one.name}</a>`,
      ...[count.format(one.structures.length), writtenDay(one.created)],
    ]),
    empty: 'Nenhuma coleção ainda.',
  })}
  ${
    token !== null &&
    html`<h2>Criar uma coleção</h2>
    ${faultSummary(tried.faults)}
    <p>Até ${count.format(most.collections.value)} abertas.</p>
    ${bodyForm({
      ...{ body, path: '/colecoes', token, submit: 'Criar' },
      children: nameField('nome', 'Nome', tried),
    })}`
  }`;
}

export function collectionPage(
  collection: Collection,
  tree: StructureTree,
  { body, tried, done, token }: Around,
): Html {
  const { id, name, structures, closed } = collection;
  const inIt = structureChoices(tree).filter(({ value }) => structures.includes(value));
  const others = structureChoices(tree).filter(({ value }) => !structures.includes(value));
  const path = `/colecoes/${id}`;
  return html`${bodyHead(body, `Coleção ${name}`, { tried, done })}
  ${closed !== null && notice('info', 'Esta coleção foi encerrada.')}
  ${faultSummary(tried.faults)}
  ${table({
    caption: 'Estruturas nela',
    columns: [{ label: 'Estrutura' }, ...(token === null ? [] : [{ label: 'Na coleção' }])],
    rows: inIt.map(({ value }) => [
      html`<a href="${structurePath(body, value)}">${pathWords(tree, value)}</a>`,
      ...(token === null ? [] : [takeOut(body, path, value, token)]),
    ]),
    empty: 'Nenhuma estrutura.',
  })}
  ${
    token !== null &&
    html`<h2>Mudar</h2>
    ${bodyForm({
      ...{ body, path: `${path}/incluir`, token, submit: 'Incluir' },
      children: selectField({
        ...{ name: 'estrutura', label: 'Estrutura', choices: [{ value: '', label: 'Escolha' }, ...others] },
        ...{ value: tried.typed['estrutura'] ?? '', fault: tried.faults['estrutura'] ?? null },
      }),
    })}
    ${postButton({
      ...{ action: `${bodyPath(body)}${path}/encerrar`, token, label: 'Encerrar a coleção' },
      children: versionOf(body),
    })}`
  }
  <p><a href="${`${bodyPath(body)}/colecoes`}">Todas as coleções</a></p>`;
}

function takeOut(body: Body, path: string, structure: string, token: string): Html {
  return postButton({
    ...{ action: `${bodyPath(body)}${path}/retirar`, token, label: 'Retirar' },
    children: html`${versionOf(body)}<input type="hidden" name="estrutura" value="${structure}">`,
  });
}

function versionOf({ version }: Body): Html {
  return html`<input type="hidden" name="versao" value="${version}">`;
}

export function collectionPath(body: Pick<Body, 'id'>, { id }: Pick<Collection, 'id'>): string {
  return `${bodyPath(body)}/colecoes/${id}`;
}
