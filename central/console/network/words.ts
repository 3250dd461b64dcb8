import { count } from '../../../shared/count-format.ts';
import { dayText } from '../../../shared/day.ts';
import type { CodeList } from '../../../shared/dictionary/codes/code-list.ts';
import { parentesco, vinculoSituacao } from '../../../shared/dictionary/codes/person.ts';
import { type Html, html } from '../html/html.ts';
import type { Evidence } from './evidence.ts';
import { kindName } from './kinds.ts';
import type { Link } from './network.ts';
import type { SeenPerson } from './people.ts';
import { shortName } from './short-name.ts';

/** What evidence is told with: who is named, and where a person is. */
export interface EvidencePlace {
  readonly people: ReadonlyMap<string, SeenPerson>;
  /** Where a person's page is. */
  person(id: string): string;
}

/** A name that takes a line and no more, whatever a state wrote. */
const nameRoom = 70;

export function nameWords({ name }: SeenPerson): string {
  return name === null ? 'Sem nome' : shortName(name, nameRoom);
}

/** A person by name, as they wish to be called first; it leads to their page. */
export function personLink(person: SeenPerson, { person: place }: Pick<EvidencePlace, 'person'>): Html {
  const { registered } = person;
  return html`<a href="${place(person.id)}">${nameWords(person)}</a>${
    registered !== null && html` (no registro: ${shortName(registered, nameRoom)})`
  }`;
}

/** What links two people in one way, with the rows that say so. */
export function linkWords({ kind, evidence, more }: Link, from: SeenPerson, place: EvidencePlace): Html {
  return html`<strong>${kindName(kind, from.role)}:</strong> ${evidence.map(
    (one, at) => html`${at > 0 && '; '}${evidenceWords(one, place)}`,
  )}${more > 0 && ` e mais ${counted(more, 'indicação', 'indicações')}`}.`;
}

function evidenceWords(one: Evidence, place: EvidencePlace): Html {
  const rows = one.otherRow === null ? one.row : `${one.row} e ${one.otherRow}`;
  return html`${saidBy(one, place)} <span class="discreto">(${rows})</span>`;
}

function saidBy(one: Evidence, place: EvidencePlace): Html | string {
  const { kind, view, from, until, says, saysMore } = one;
  const visits =
    view === 'visita' ? `${counted(one.count, 'visita', 'visitas')}${spanWords(from, until)}` : '';
  switch (kind) {
    case 'comum': {
      const visitor = place.people.get(says ?? '');
      const by = visitor === undefined ? 'alguém' : personLink(visitor, place);
      return html`${by}, ${view === 'visita' ? visits : `no cadastro${spanWords(from, until)}`}`;
    }
    case 'processo':
      return [says, saysMore].filter(Boolean).join(', ');
    case 'cela':
    case 'unidade':
      return [says, saysMore, spanWords(from, until).trim()].filter(Boolean).join(', ');
    default:
      if (view === 'visita') return visits;
      return `${[label(parentesco, says), label(vinculoSituacao, saysMore)].filter(Boolean).join(', ') || 'no cadastro'}${spanWords(from, until)}`;
  }
}

function label(list: CodeList, code: string | null): string | null {
  return list.values.find((value) => value.code === code)?.label.toLowerCase() ?? code;
}

/** With a blank before it; empty where no day is known. */
export function spanWords(from: string | null, until: string | null): string {
  if (from !== null && from === until) return ` em ${dayText(from)}`;
  if (until === null) return from === null ? '' : ` desde ${dayText(from)}`;
  return `${from === null ? '' : ` de ${dayText(from)}`} até ${dayText(until)}`;
}

export function counted(number: number, one: string, several: string): string {
  return `${count.format(number)} ${number === 1 ? one : several}`;
}
