import type { Role } from '../../../shared/dictionary/roles.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { pages } from '../html/parts.ts';
import { type Table, table } from '../html/table.ts';
import { labelOf } from './labels.ts';
import { breakable } from './long-words.ts';
import { originPath, personPath } from './paths.ts';
import type { Named, SeenRow } from './rows.ts';
import { type Section, shownColumns } from './sections.ts';
import { valueText } from './values.ts';

/** Whose page it is, and in which case it is shown. */
export interface Place {
  readonly number: number;
  /** Of the person. */
  readonly path: string;
  readonly role: Role;
}

/** By what a row is told from others to whoever has the link read to them. */
export function originLink(place: Place, view: string, source: string, id: string): Shown {
  const path = originPath(place.path, view, source, id);
  return path === null
    ? source
    : html`<a href="${path}">${source}<span class="sr-only">: de onde veio</span></a>`;
}

/** Rows of a section as a table: what each says, and from where. */
export function sectionTable(
  section: Section,
  rows: readonly SeenRow[],
  named: Named,
  place: Place,
  caption: string,
): Html {
  const columns = shownColumns(section, place.role);
  const all: Table = {
    ...{ caption, empty: section.empty },
    columns: [...columns.map((name) => ({ label: labelOf(name) })), { label: 'Fonte' }],
    rows: rows.map((row) => [
      ...columns.map((name) => cell(section.view, name, row, named, place)),
      originLink(place, section.view, row.source, row.id),
    ]),
  };
  return table(all);
}

function cell(view: string, name: string, row: SeenRow, named: Named, place: Place): Shown {
  const { source, values } = row;
  const value = values[name];
  switch (name) {
    case 'unidade_id':
    case 'unidade_origem_id':
    case 'unidade_destino_id':
      return breakable(named.unit(source, value));
    case 'visitante_id':
      return someone('visitante', value, source, named, place);
    case 'custodiado_id':
      return someone('custodiado', value, source, named, place);
    case 'pessoa_id':
      return someone(
        typeof values['pessoa_tipo'] === 'string' ? values['pessoa_tipo'] : '',
        value,
        source,
        named,
        place,
      );
    default:
      return breakable(valueText(view, name, value));
  }
}

function someone(role: string, id: unknown, source: string, named: Named, { number }: Place): Shown {
  if (typeof id !== 'string') return '–';
  const person = named.person(source, role, id);
  if (person === null) return breakable(`${role === '' ? 'cadastro' : role} ${id}`);
  const name =
    person.name === null ? 'Sem nome informado' : (valueText('visitante', 'nome', person.name) ?? '');
  return html`<a href="${personPath(number, person.natal)}">${breakable(name)}</a>`;
}

/** A section on the person's page: its first rows, and where the others are. */
export function sectionPart(
  section: Section,
  { rows, more }: { readonly rows: readonly SeenRow[]; readonly more: boolean },
  named: Named,
  place: Place,
): Html {
  const caption = more ? `As ${rows.length} mais recentes` : 'As mais recentes primeiro';
  return html`${sectionTable(section, rows, named, place, caption)}
    ${more && html`<p><a href="${`${place.path}/${section.path}`}">Ver tudo: ${section.title.toLocaleLowerCase('pt-BR')}</a></p>`}`;
}

/** The page of a section by itself. */
export function sectionPage({
  section,
  rows,
  named,
  place,
  name,
  first,
  next,
}: {
  readonly section: Section;
  readonly rows: readonly SeenRow[];
  readonly named: Named;
  readonly place: Place;
  readonly name: string;
  readonly first: string | null;
  readonly next: string | null;
}): Html {
  return html`<h1>${section.title}</h1>
    <p>De <a href="${place.path}">${name}</a>.</p>
    ${sectionTable(section, rows, named, place, 'As mais recentes primeiro')}
    ${pages({ first, next })}`;
}
