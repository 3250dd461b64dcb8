import { codedColumns } from '../../shared/cleaning/coded-columns.ts';
import { wordForm } from '../../shared/cleaning/codes/word-form.ts';
import type { Questions } from '../base/base.ts';
import { type Assigned, assignedBy, assignments } from '../base/national-layer/code-maps.ts';
import { personOfRegister, type RegisterPerson } from '../base/national-layer/register-person.ts';
import {
  type RowFinding,
  rowFindings,
  type TypedRowState,
  typedStates,
  typedUpTo,
} from '../base/national-layer/treated-row.ts';
import { type TypedView, treatedAs } from '../base/national-layer/typed-views.ts';
import type { RowState, StoredView } from '../base/source-layer/row-history.ts';
import { thresholds } from '../treat/link/model/thresholds.ts';
import { isTyped } from './is-typed.ts';

/**
 * How a value came to be what it is, all in the step that cleans and types: it stayed as it was given, it was cleaned, its
 * word is one of the dictionary's or was assigned by a person, another column of the row implies it, or there is none.
 */
export type Made = 'as-given' | 'cleaned' | 'dictionary' | 'assigned' | 'implied' | 'lost';

export interface TreatedValue {
  readonly column: string;
  readonly given: string | null;
  /** As text; null for none. */
  readonly typed: string | null;
  readonly made: Made;
  /** Of a column of codes. */
  readonly coded: boolean;
  readonly notes: readonly string[];
}

/** A state of the past, and in which columns the next one differs. */
export interface PastRow {
  readonly since: string;
  readonly until: string;
  readonly removed: boolean;
  readonly changed: readonly {
    readonly column: string;
    readonly before: string | null;
    readonly after: string | null;
  }[];
}

export interface TreatedTrace {
  /**
   * `own`: the dictionary has no such view, or its key is another; `waiting`: it was not treated since it came to be so,
   * as far as is known, or is to be treated again; `beyond`: what it was then is not among the last states.
   */
  readonly result: 'treated' | 'waiting' | 'own' | 'beyond';
  /** Of the state that was traced; empty where that is not treated. */
  readonly values: readonly TreatedValue[];
  readonly findings: readonly RowFinding[];
  /** The latest first; of so many. */
  readonly past: readonly PastRow[];
  readonly pastTotal: number;
  /** To whom it belongs, as it is now; null for a row that is no register, or is not treated. */
  readonly person: RegisterPerson | null;
}

/** More than a person reads of one row. */
const most = 100;
const none = { values: [], findings: [], past: [], pastTotal: 0, person: null };

/**
 * What treatment made of a row of the source layer in one of its states, what the rules find in it, and what it was.
 *
 * @param row its id, and the change by which it came to be what it is now
 */
export async function treatedRow(
  questions: Questions,
  { source, view: name, key }: StoredView,
  { id, change: newest }: { readonly id: string; readonly change: string },
  state: Pick<RowState, 'from' | 'values'>,
): Promise<TreatedTrace> {
  const view = treatedAs(name, key);
  if (view === undefined) return { result: 'own', ...none };
  const upTo = await typedUpTo(questions, source, name, id);
  const { states, total } = await typedStates(questions, source, view, id, most + 1);
  const isThen = (each: TypedRowState) =>
    BigInt(each.change) <= BigInt(state.from) &&
    (each.until === null || BigInt(each.until) > BigInt(state.from));
  const then = states.find(isThen);
  const isKnown = isTyped(state.from, { ...upTo, newest }, then ?? states[0] ?? null);
  const result = !isKnown ? 'waiting' : then === undefined ? 'beyond' : 'treated';
  const assigned = assignedBy(await assignments(questions, source, '0'));
  return {
    result,
    values: result === 'treated' && then !== undefined ? valuesOf(view, state.values, then, assigned) : [],
    findings: await rowFindings(questions, source, name, id, most),
    past: pastOf(view, states),
    pastTotal: Math.max(0, total - 1),
    person:
      view.role === null
        ? null
        : await personOfRegister(questions, { source, role: view.role, id }, thresholds.automatic),
  };
}

function valuesOf(
  view: TypedView,
  given: RowState['values'],
  { values, notes }: TypedRowState,
  assigned: Assigned,
): TreatedValue[] {
  const coded = new Set(codedColumns(view.view).map(({ name }) => name));
  return view.columns.flatMap(({ name }): TreatedValue[] => {
    const value = { column: name, given: given[name] ?? null, typed: textOf(values[name]) };
    const said = notes
      .filter((note) => note.startsWith(`${name}:`))
      .map((note) => note.slice(name.length + 1));
    if (value.given === null && value.typed === null) return [];
    const own = assigned.get(`${view.view.name}.${name}`);
    const isCoded = coded.has(name);
    return [{ ...value, made: madeOf(value, isCoded, own), coded: isCoded, notes: said }];
  });
}

function madeOf(
  { given, typed }: Pick<TreatedValue, 'given' | 'typed'>,
  coded: boolean,
  assigned: ReadonlyMap<string, string | null> | undefined,
): Made {
  if (given === null) return 'implied';
  const form = coded ? wordForm(given) : null;
  if (form !== null && assigned?.has(form) === true) return 'assigned';
  if (typed === null) return 'lost';
  if (coded) return 'dictionary';
  return typed === given ? 'as-given' : 'cleaned';
}

/** @param states the latest first, one more than is told of */
function pastOf({ columns }: TypedView, states: readonly TypedRowState[]): PastRow[] {
  return states.slice(1, most + 1).map((state, index) => {
    const next = states[index];
    const changed = columns.flatMap(({ name }) => {
      const [before, after] = [textOf(state.values[name]), textOf(next?.values[name])];
      return before === after ? [] : [{ column: name, before, after }];
    });
    return { since: state.since, until: state.ended ?? '', removed: state.removed, changed };
  });
}

/** A typed value as JSON has it, as text: instants with a blank, as the base writes them. */
export function textOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) return value.join('; ');
  if (typeof value !== 'string') return JSON.stringify(value);
  return value.replace(/^(\d{4,}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/, '$1 $2');
}
