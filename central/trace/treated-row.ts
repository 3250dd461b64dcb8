import type { Questions } from '../base/base.ts';
import { assignedBy, assignments } from '../base/national-layer/code-maps.ts';
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
import { type TreatedValue, textOf, treatedValues } from './treated-values.ts';

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
    values:
      result === 'treated' && then !== undefined ? treatedValues(view, state.values, then, assigned) : [],
    findings: await rowFindings(questions, source, name, id, most),
    past: pastOf(view, states),
    pastTotal: Math.max(0, total - 1),
    person:
      view.role === null
        ? null
        : await personOfRegister(questions, { source, role: view.role, id }, thresholds.automatic),
  };
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
