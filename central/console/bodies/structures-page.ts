import { count } from '../../../shared/count-format.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import { most } from '../../base/access-layer/most.ts';
import type { StructureTree } from '../../base/access-layer/structure-tree.ts';
import { faultSummary } from '../html/faults.ts';
import { selectField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import type { Tried } from './asked.ts';
import { bodyForm, bodyHead, bodyPath, nameField, structureChoices } from './parts.ts';

export interface StructuresPage {
  readonly body: Body;
  readonly tree: StructureTree;
  /** How many people are tied to each. */
  readonly tied: ReadonlyMap<string, number>;
  readonly tried: Tried;
  readonly done?: string | null;
  /** Null: it is not for whoever looks to change them. */
  readonly token: string | null;
}

/** The structures of a body, each below the one that it belongs to. */
export function structuresPage({ body, tree, tied, tried, done, token }: StructuresPage): Html {
  const roots = tree.below(null);
  const branch = (above: string | null): Html => {
    const below = tree.below(above);
    return html`${
      below.length > 0 &&
      html`<ul>${below.map(
        ({ id, name }) =>
          html`<li><a href="${structurePath(body, id)}">${name}</a>${tiedWords(tied.get(id))}${branch(id)}</li>`,
      )}</ul>`
    }`;
  };
  return html`${bodyHead(body, 'Estruturas', { tried, ...(done !== undefined && { done }) })}
  ${roots.length === 0 ? html`<p>Nenhuma estrutura ainda.</p>` : branch(null)}
  ${token !== null && createPart(body, tree, tried, token)}`;
}

function tiedWords(people: number | undefined): string {
  if (people === undefined) return '';
  return people === 1 ? ' (1 pessoa)' : ` (${count.format(people)} pessoas)`;
}

function createPart(body: Body, tree: StructureTree, tried: Tried, token: string): Html {
  const { typed, faults } = tried;
  return html`<h2>Criar uma estrutura</h2>
  ${faultSummary({ nome: faults['nome'], acima: faults['acima'] })}
  <p>Até ${count.format(most.structures.value)} estruturas abertas, em até ${most.structureDepth.value} níveis.</p>
  ${bodyForm({
    ...{ body, path: '/estruturas', token, submit: 'Criar' },
    children: html`${nameField('nome', 'Nome', tried)}${selectField({
      ...{ name: 'acima', label: 'Abaixo de' },
      choices: [rootChoice, ...structureChoices(tree)],
      ...{ value: typed['acima'] ?? '', fault: faults['acima'] ?? null },
    })}`,
  })}`;
}

export const rootChoice = { value: '', label: 'Nenhuma: no alto da árvore' };

export function structurePath(body: Pick<Body, 'id'>, id: string): string {
  return `${bodyPath(body)}/estruturas/${id}`;
}
