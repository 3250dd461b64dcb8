import type { Note } from '../../../shared/cleaning/cleaner.ts';
import { notes } from '../../../shared/cleaning/cleaner.ts';
import type { SeenPerson } from './find-person.ts';
import type { SeenRow } from './rows.ts';

/** Where somebody is, as far as it is known. */
export interface WhereNow {
  /** Custodies that are surely open, the latest first; several where states do not agree, or know of different ones. */
  readonly open: readonly SeenRow[];
  /** Without one: the last that ended, by its end. */
  readonly left: SeenRow | null;
  /**
   * Why nobody can say: `no-custody`: there is none; `untold`: the state does not tell when one ends; `unseen`: custodies
   * are not shown. Null where it is known.
   */
  readonly unknown: 'no-custody' | 'untold' | 'unseen' | null;
}

/**
 * @param custodies of the person, as treated
 * @param telling sources that tell when a custody ends, as far as it is seen: of others none is surely open
 */
export function whereNow(
  custodies: readonly SeenRow[],
  telling: ReadonlySet<string>,
  sees: boolean,
): WhereNow {
  if (!sees) return { open: [], left: null, unknown: 'unseen' };
  const open = custodies.filter((custody) => telling.has(custody.source) && isSurelyOpen(custody));
  if (open.length > 0) return { open, left: null, unknown: null };
  const ended = custodies.filter(({ values }) => typeof values['saida'] === 'string');
  const left = ended.toSorted((a, b) => endOf(b).localeCompare(endOf(a)))[0] ?? null;
  // One of which nothing is said may be where they are.
  const isUntold = custodies.some(
    ({ source, values }) => !telling.has(source) && typeof values['saida'] !== 'string',
  );
  if (isUntold) return { open: [], left, unknown: 'untold' };
  return { open: [], left, unknown: left === null ? 'no-custody' : null };
}

/** Nothing says that it ended, as `isOpen` of treatment's rules has it. */
export function isSurelyOpen({ values, notes: said }: SeenRow): boolean {
  return ['saida', 'motivo_saida'].every(
    (column) =>
      (values[column] ?? null) === null &&
      !said.some((each) => each.startsWith(`${column}:`) && isGiven(each.slice(column.length + 1))),
  );
}

/** What was given, but not understood, says something all the same. */
function isGiven(note: string): boolean {
  return note !== 'placeholder' && notes[note as Note] === 'lost';
}

function endOf({ values }: SeenRow): string {
  return String(values['saida']);
}

/** Registers that their sources have no more. */
export function areGone({ registers }: SeenPerson): boolean {
  return registers.every(({ removed }) => removed !== null);
}
