import { writtenDay, writtenMoment } from '../../../shared/day.ts';
import type { Body } from '../../base/access-layer/bodies.ts';
import type { StoredChange } from '../../base/access-layer/structure-history.ts';
import type { StructureTree } from '../../base/access-layer/structure-tree.ts';
import type { KnownStructure } from '../../base/access-layer/structures.ts';
import type { Tie, Tieable } from '../../base/access-layer/ties.ts';
import { faultSummary } from '../html/faults.ts';
import { notice, postButton, selectField } from '../html/form.ts';
import { type Html, html } from '../html/html.ts';
import { facts, opened } from '../html/parts.ts';
import { table } from '../html/table.ts';
import type { Tried } from './asked.ts';
import { historyTable } from './history-page.ts';
import {
  bodyForm,
  bodyHead,
  bodyPath,
  nameField,
  pathWords,
  reasonField,
  structureChoices,
} from './parts.ts';
import { rootChoice, structurePath } from './structures-page.ts';

export interface StructurePage {
  readonly body: Body;
  readonly structure: KnownStructure;
  readonly tree: StructureTree;
  readonly ties: readonly Tie[];
  /** Who may be tied; people of the console, never anybody in custody. */
  readonly tieable: readonly Tieable[];
  readonly changes: readonly StoredChange[];
  readonly tried: Tried;
  readonly done?: string | null;
  readonly token: string;
  readonly mayEdit: boolean;
  readonly mayTie: boolean;
}

/** One structure: what is below it, who works in it, and what may be done with it. */
export function structurePage(page: StructurePage): Html {
  const { body, structure, tree, tried, done, changes } = page;
  const isOpen = structure.closed === null;
  const [above] = structure.above === null ? [] : tree.path(structure.above).slice(-1);
  return html`${bodyHead(body, structure.name, { tried, ...(done !== undefined && { done }) })}
  ${!isOpen && notice('info', 'Esta estrutura foi encerrada ou unida a outra: só resta a história dela.')}
  ${faultSummary(tried.faults)}
  ${facts([
    ...(above === undefined
      ? []
      : [
          [
            'Abaixo de',
            html`<a href="${structurePath(body, above.id)}">${pathWords(tree, above.id)}</a>`,
          ] as const,
        ]),
    ['Criada em', writtenMoment(structure.created)],
    ...(structure.closed === null ? [] : [['Encerrada em', writtenMoment(structure.closed)] as const]),
  ])}
  ${isOpen && openParts(page)}
  <h2>O que mudou nesta estrutura</h2>
  ${historyTable(changes)}
  <p><a href="${`${bodyPath(body)}/estruturas`}">Todas as estruturas</a></p>`;
}

function openParts(page: StructurePage): Html {
  const { body, structure, tree, mayEdit } = page;
  const below = tree.below(structure.id);
  return html`${
    below.length > 0 &&
    html`<h2>Logo abaixo</h2>
    <ul>${below.map(({ id, name }) => html`<li><a href="${structurePath(body, id)}">${name}</a></li>`)}</ul>`
  }
  <h2>Pessoas</h2>
  ${tiesPart(page)}
  ${mayEdit && editPart(page)}`;
}

function tiesPart({ body, structure, ties, tieable, tried, mayTie, token }: StructurePage): Html {
  const { typed, faults } = tried;
  const others = tieable.filter(({ structure: now }) => now !== structure.id);
  return html`${table({
    caption: 'Quem trabalha nesta estrutura',
    columns: [
      { label: 'Nome' },
      { label: 'Desde' },
      { label: 'Quem vinculou' },
      ...(mayTie ? [{ label: 'Vínculo' }] : []),
    ],
    rows: ties.map(({ id, person, name, since, by }) => [
      `${name}${tieable.some((one) => one.id === person) ? '' : ' (sem papel em vigor no órgão)'}`,
      ...[writtenDay(since), by ?? 'na central'],
      ...(mayTie
        ? [postButton({ action: `${bodyPath(body)}/lotacoes/${id}/encerrar`, token, label: 'Encerrar' })]
        : []),
    ]),
    empty: 'Ninguém está vinculado a esta estrutura.',
  })}
  ${
    mayTie &&
    (others.length === 0
      ? html`<p>Não há mais ninguém com papel em vigor no órgão para vincular.</p>`
      : bodyForm({
          ...{
            body,
            path: `/estruturas/${structure.id}/pessoas`,
            token,
            submit: 'Vincular a esta estrutura',
          },
          children: selectField({
            ...{ name: 'pessoa', label: 'Pessoa com papel no órgão' },
            choices: [{ value: '', label: 'Escolha' }, ...others.map(tieableChoice)],
            ...{ value: typed['pessoa'] ?? '', fault: faults['pessoa'] ?? null },
          }),
        }))
  }`;
}

/** With the tie that they have, so that nobody is moved who was moved meanwhile. */
function tieableChoice({ id, name, tie, structureName }: Tieable) {
  return {
    value: tie === null ? id : `${id}/${tie}`,
    label: structureName === null ? name : `${name} (hoje em ${structureName})`,
  };
}

function editPart({ body, structure, tree, tried, token }: StructurePage): Html {
  const { typed, faults } = tried;
  const others = structureChoices(tree, structure.id);
  const path = `/estruturas/${structure.id}`;
  const isOpen = (...names: string[]) => names.some((name) => faults[name] !== undefined);
  return html`<h2>Mudar</h2>
  ${opened(
    'Renomear',
    bodyForm({
      ...{ body, path: `${path}/nome`, token, submit: 'Renomear' },
      children: nameField('nome', 'Nome', tried, structure.name),
    }),
    isOpen('nome'),
  )}
  ${opened(
    'Mover para outro lugar',
    bodyForm({
      ...{ body, path: `${path}/mover`, token, submit: 'Mover' },
      children: selectField({
        ...{ name: 'acima', label: 'Abaixo de', choices: [rootChoice, ...others] },
        ...{ value: typed['acima'] ?? structure.above ?? '', fault: faults['acima'] ?? null },
      }),
    }),
    isOpen('acima'),
  )}
  ${opened(
    'Unir a outra',
    html`<p>As pessoas e as estruturas logo abaixo vão para a outra. Esta é encerrada e sai das coleções.</p>
    ${bodyForm({
      ...{ body, path: `${path}/unir`, token, submit: 'Unir' },
      children: html`${selectField({
        ...{ name: 'outra', label: 'Unir a', choices: [{ value: '', label: 'Escolha' }, ...others] },
        ...{ value: typed['outra'] ?? '', fault: faults['outra'] ?? null },
      })}${reasonField('motivo-unir', tried, 'Por exemplo, o ato que as uniu.')}`,
    })}`,
    isOpen('outra', 'motivo-unir'),
  )}
  ${opened(
    'Encerrar',
    html`<p>Só sem estruturas abertas abaixo e sem pessoas. Ela sai das coleções.</p>
    ${bodyForm({
      ...{ body, path: `${path}/encerrar`, token, submit: 'Encerrar' },
      children: reasonField('motivo-encerrar', tried, 'Por exemplo, o ato que a extinguiu.'),
    })}`,
    isOpen('motivo-encerrar'),
  )}`;
}
