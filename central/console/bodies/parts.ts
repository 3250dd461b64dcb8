import type { Body } from '../../base/access-layer/bodies.ts';
import type { StructureTree } from '../../base/access-layer/structure-tree.ts';
import { textArea } from '../html/choices.ts';
import { type Choice, form, notice, textField } from '../html/form.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { longestWords } from '../purpose/reason.ts';
import { longestName, type Tried } from './asked.ts';

/** Above each page of a body: where it belongs, what came of what was done. */
export function bodyHead(
  body: Body,
  title: Shown,
  { tried, done }: { readonly tried?: Tried; readonly done?: string | null } = {},
): Html {
  return html`<p><a href="/orgaos">Órgãos</a> › <a href="${bodyPath(body)}">${body.short}</a></p>
  <h1>${title}</h1>
  ${done !== null && done !== undefined && notice('success', done)}
  ${tried?.hasChanged === true && notice('danger', 'Alguém mudou este órgão depois que você abriu a página: nada foi feito. Veja como está agora, e faça de novo se ainda for o caso.')}
  ${body.ended !== null && notice('warning', 'Este órgão foi encerrado: nada mais muda nele.')}`;
}

export function bodyPath({ id }: Pick<Body, 'id'>): string {
  return `/orgaos/${id}`;
}

interface BodyForm {
  readonly body: Body;
  /** Below the body's address: `/estruturas` */
  readonly path: string;
  readonly token: string;
  readonly submit: string;
  readonly children: Shown;
}

/** A form that says for which version of the body it was made. */
export function bodyForm({ body, path, token, submit, children }: BodyForm): Html {
  return form({
    ...{ action: `${bodyPath(body)}${path}`, token, submit },
    children: html`<input type="hidden" name="versao" value="${body.version}">${children}`,
  });
}

export function nameField(name: string, label: string, { typed, faults }: Tried, value = ''): Html {
  return textField({
    ...{ name, label, value: typed[name] ?? value, fault: faults[name] ?? null },
    ...{ maxLength: longestName, isRequired: true },
  });
}

export function reasonField(name: string, { typed, faults }: Tried, help: string): Html {
  return textArea({
    ...{ name, label: 'Motivo', value: typed[name] ?? '', fault: faults[name] ?? null, help },
    ...{ maxLength: longestWords, isRequired: true },
  });
}

/** Those of a tree, each behind the one above it, with the way to it. */
export function structureChoices(tree: StructureTree, but: string | null = null): readonly Choice[] {
  const below = (above: string | null): readonly Choice[] =>
    tree.below(above).flatMap(({ id }) => [{ value: id, label: pathWords(tree, id) }, ...below(id)]);
  return below(null).filter(({ value }) => value !== but);
}

export function pathWords(tree: StructureTree, id: string): string {
  return tree
    .path(id)
    .map(({ name }) => name)
    .join(' › ');
}
