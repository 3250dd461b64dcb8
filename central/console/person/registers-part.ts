import { writtenDay } from '../../../shared/day.ts';
import { typedView } from '../../base/national-layer/typed-views.ts';
import { type Html, html, type Shown } from '../html/html.ts';
import { table } from '../html/table.ts';
import type { SeenPerson, SeenRegister } from './find-person.ts';
import { labelOf } from './labels.ts';
import { breakable } from './long-words.ts';
import { originLink, type Place } from './parts.ts';
import { valueText } from './values.ts';

/** Registers beside each other in one table: more are not read side by side. */
const beside = 4;

/** What each register says, side by side; where they differ it is said. */
export function registersPart({ registers, role, more }: SeenPerson, place: Place): Html {
  const columns = typedView(role)?.columns.map(({ name }) => name) ?? [];
  const told = columns.filter((name) => registers.some((register) => textIn(register, name) !== null));
  const differing = new Set(told.filter((name) => areDifferent(registers, name)));
  const groups = Array.from({ length: Math.ceil(registers.length / beside) }, (_, at) =>
    registers.slice(at * beside, (at + 1) * beside),
  );
  return html`${
    differing.size > 0 &&
    html`<p>Os cadastros não dizem o mesmo em ${[...differing].map((name) => labelOf(name)).join(', ')}: estão marcados com ≠.</p>`
  }
    ${groups.map((group, at) =>
      table({
        caption:
          groups.length === 1
            ? `O que ${group.length === 1 ? 'o cadastro diz' : 'cada cadastro diz'}`
            : `Cadastros ${at * beside + 1} a ${at * beside + group.length}`,
        columns: [{ label: 'Campo' }, ...group.map((register) => ({ label: headOf(register) }))],
        rows: [
          ...told.map((name): Shown[] => [
            differing.has(name) ? html`<strong>≠</strong> ${labelOf(name)}` : labelOf(name),
            ...group.map((register) => breakable(textIn(register, name))),
          ]),
          ['Assim desde', ...group.map(({ since }) => writtenDay(since))],
          ['Fonte', ...group.map(({ source, key }) => originLink(place, role, source, key))],
        ],
        empty: '',
      }),
    )}
    ${more && html`<p>Há mais cadastros, que não são mostrados.</p>`}`;
}

function headOf({ source, key, removed }: SeenRegister): string {
  return `${source} ${key.length > 24 ? `${key.slice(0, 23)}…` : key}${removed === null ? '' : ' (o estado não tem mais)'}`;
}

function textIn({ role, values }: SeenRegister, name: string): string | null {
  return valueText(role, name, values[name]);
}

/** Where one says nothing there is no difference. */
export function areDifferent(registers: readonly SeenRegister[], name: string): boolean {
  return new Set(registers.map((each) => textIn(each, name)).filter((text) => text !== null)).size > 1;
}
