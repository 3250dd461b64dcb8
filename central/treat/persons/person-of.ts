import { nameCut, nameForm, wholeNameForm } from '../../../shared/cleaning/name-form.ts';
import type { MadePerson, PersonRegister, SurvivingColumn } from '../../base/national-layer/persons.ts';
import { type Survivor, shortestCut, survivors } from './survivors.ts';

/**
 * The person that registers make: of each column the value that survives, and which register it came from. The order of
 * the registers decides where nothing else does.
 *
 * @param registers of one person, those that count: one at the least
 */
export function personFrom(registers: readonly PersonRegister[]): MadePerson {
  const [first] = registers;
  if (first === undefined) throw new Error('a person without a register');
  const chosen = survivors.map((survivor) => ({ survivor, ...choose(survivor, registers) }));
  const valueOf = new Map(
    chosen.flatMap(({ survivor, from }) =>
      survivor.columns.map((column) => [column, from?.[column] ?? null]),
    ),
  );
  const origins = chosen.flatMap(({ survivor: { columns }, from }) =>
    from === null
      ? []
      : columns.filter((column) => from[column] !== null).map((column) => [column, from.natal]),
  );
  return {
    ...{ id: first.person, papel: first.role, registros: registers.length },
    ...(Object.fromEntries(valueOf) as Record<SurvivingColumn, string | null>),
    origem: Object.fromEntries(origins) as MadePerson['origem'],
    divergencias: chosen.flatMap(({ survivor, disagree }) => (disagree ? survivor.columns.slice(0, 1) : [])),
    removido: registers.some(({ removed }) => removed === null)
      ? null
      : Math.max(...registers.map(({ removed }) => removed ?? 0)),
  };
}

interface Chosen {
  /** The register whose value survives; null where none says anything. */
  readonly from: PersonRegister | null;
  readonly disagree: boolean;
}

function choose(survivor: Survivor, registers: readonly PersonRegister[]): Chosen {
  const saying = registers.filter((register) => survivor.columns.some((column) => register[column] !== null));
  const sure = saying.filter((register) => !isYielding(survivor, register, saying));
  const counting = sure.length > 0 ? sure : saying;
  const groups = [...Map.groupBy(counting, (register) => formOf(survivor, register)).values()];
  const best = firstOf(groups);
  if (best === undefined) return { from: null, disagree: false };
  // Of values that count as one, the same among themselves.
  const alike = firstOf([...Map.groupBy(best, (register) => textOf(survivor, register)).values()]) ?? best;
  const latest = Math.max(...alike.map(({ since }) => since));
  return { from: alike.find(({ since }) => since === latest) ?? null, disagree: groups.length > 1 };
}

/** The largest group, then the one that is most recent; of equals, the first. */
function firstOf(groups: readonly (readonly PersonRegister[])[]): readonly PersonRegister[] | undefined {
  const told = groups.map((group) => ({ group, latest: Math.max(...group.map(({ since }) => since)) }));
  return told.toSorted((a, b) => b.group.length - a.group.length || b.latest - a.latest)[0]?.group;
}

function isYielding(
  survivor: Survivor,
  register: PersonRegister,
  saying: readonly PersonRegister[],
): boolean {
  const { columns, as, yields } = survivor;
  if (columns.some((column) => register[column] === null)) return true;
  if (columns.some((column) => yields.some((note) => register.notes.includes(`${column}:${note}`))))
    return true;
  if (as !== 'name') return false;
  const own = wholeOf(survivor, register);
  return saying.some((other) => isCutOf(own, wholeOf(survivor, other)));
}

/** Whether a name ends where another one goes on: long ones that end within a word, or where most systems cut them. */
function isCutOf(own: string, other: string): boolean {
  if (own.length < shortestCut || other.length <= own.length || !other.startsWith(own)) return false;
  return other[own.length] !== ' ' || own.length >= nameCut;
}

const textOf = ({ columns }: Survivor, register: PersonRegister) =>
  JSON.stringify(columns.map((column) => register[column]));
const wholeOf = ({ columns: [column] }: Survivor, register: PersonRegister) =>
  column === undefined ? '' : wholeNameForm(register[column] ?? '');

function formOf(survivor: Survivor, register: PersonRegister): string {
  const [column] = survivor.columns;
  const form = survivor.as === 'name' && column !== undefined ? nameForm(register[column]) : null;
  return form ?? textOf(survivor, register);
}
