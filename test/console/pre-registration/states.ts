import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import type { Test } from 'tap';
import {
  isOver,
  type RequestState,
  type Step,
  type StepKind,
  stateOf,
  takes,
  within,
} from '../../../central/base/access-layer/request-state.ts';
import { runs } from '../../support/runs.ts';

const kinds: readonly StepKind[] = [
  ...(['link', 'confirmado', 'formulario', 'autorizado', 'documento', 'negado'] as const),
  ...(['aprovado', 'recusado', 'senha', 'desistiu', 'entrou'] as const),
];
const people = ['ana', 'rui', null] as const;
const hour = 3_600_000;
const begin = Date.parse('2026-12-01T12:00:00Z');

/** Somebody tries something, so many hours after what was tried before. */
const actions = fc.array(
  fc.record({
    kind: fc.constantFrom(...kinds),
    by: fc.constantFrom(...people),
    after: fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 300 })),
  }),
  { maxLength: 14 },
);

/** What a request is, told by rules of another kind than the machine's: by what was taken, and when. */
interface Model {
  readonly taken: Step[];
  isEnded: boolean;
}

const asked: Step = { kind: 'pedido', at: new Date(begin).toISOString(), by: null };
const needed = {
  confirmado: ['pedido'],
  formulario: ['confirmado'],
  autorizado: ['formulario'],
  documento: ['formulario'],
  aprovado: ['autorizado', 'documento'],
} satisfies Partial<Record<StepKind, StepKind[]>>;

function holds(model: Model, state: RequestState, approvals: number): void {
  const has = (kind: StepKind) => model.taken.filter((step) => step.kind === kind);
  for (const [kind, before] of Object.entries(needed)) {
    if (has(kind as StepKind).length > 0) {
      assert(
        before.some((one) => has(one).length > 0),
        `${kind} comes after ${before.join(' or ')}`,
      );
    }
  }
  for (const kind of ['confirmado', 'formulario', 'negado', 'recusado', 'desistiu', 'entrou'] as const) {
    assert(has(kind).length <= 1, `${kind} is done once`);
  }
  const approved = has('aprovado');
  assert(approved.length <= approvals, 'no more say yes than have to');
  const named = approved.flatMap(({ by }) => (by === null ? [] : [by]));
  assert.equal(new Set(named).size, named.length, 'nobody approves twice');
  const isIn = ['password', 'sign-in', 'done'].includes(state.kind);
  if (isIn) assert.equal(approved.length, approvals, 'nobody is let in with less');
  if (has('negado').length + has('recusado').length > 0) assert.equal(state.kind, 'refused');
  if (has('desistiu').length > 0) assert.equal(state.kind, 'withdrawn');
  if (approved.length === approvals)
    assert.equal(has('desistiu').length, 0, 'what was given is not given up');
}

/** A request as a function of what was done with it and the clock. */
export function states(t: Test): void {
  for (const approvals of [1, 2] as const) {
    fc.assert(
      fc.property(actions, (tried) => {
        const model: Model = { taken: [asked], isEnded: false };
        let at = begin;
        const all: Step[] = [asked];
        for (const { kind, by, after } of tried) {
          at += after * hour;
          const before = stateOf(all, approvals, new Date(at));
          const step: Step = { kind, by, at: new Date(at).toISOString() };
          const isTaken = takes(before, step);
          // What is not to be done does nothing, though it be written down.
          all.push(step);
          if (isTaken) model.taken.push(step);
          const state = stateOf(all, approvals, new Date(at));
          assert.deepEqual(state, stateOf(model.taken, approvals, new Date(at)));
          if (!isTaken) assert.deepEqual(state, before);
          if (model.isEnded) assert.equal(isTaken, false, 'what is over stays so');
          model.isEnded = isOver(state);
          holds(model, state, approvals);
          expires(all, state, approvals, at);
        }
      }),
      { numRuns: runs(300, 3000) },
    );
  }
  t.pass('in every order, at every hour');
  t.end();
}

/** A deadline is the end of it to the millisecond, and nothing has to be done for that. */
function expires(steps: readonly Step[], state: RequestState, approvals: 1 | 2, at: number): void {
  if (!('until' in state)) return;
  const later = (time: number) => stateOf(steps, approvals, new Date(time));
  if (state.until === null) {
    assert.deepEqual(later(at + 10_000 * hour), state);
    return;
  }
  const until = Date.parse(state.until);
  assert(until - Date.parse(state.since) === within[state.kind]);
  assert.deepEqual(later(until - 1), state);
  assert.deepEqual(later(until), { kind: 'expired', of: state.kind, since: state.until });
}
