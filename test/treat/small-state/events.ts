import { type Arbitrary, array, constant, constantFrom, nat, oneof, option, record, tuple } from 'fast-check';
import { ids, type ViewName, viewNames } from './values.ts';

/** What a state does to one of its rows. */
export type Write =
  /** @property picks by column, modulo their number, what it holds from now on; the others stay as they were */
  | {
      readonly kind: 'write';
      readonly view: ViewName;
      readonly id: string;
      readonly picks: readonly (readonly [number, number])[];
    }
  | { readonly kind: 'remove'; readonly view: ViewName; readonly id: string };

/** A treatment, and what happens to it. */
export interface Treated {
  readonly kind: 'treat';
  /** Steps after which it is cut; null: it comes to its end. */
  readonly steps: number | null;
  readonly full: boolean;
  /** What the first step of each part takes on. */
  readonly first: number;
  /** What is written while it goes on: before which of its transactions. */
  readonly beside: { readonly before: number; readonly writes: readonly Write[] } | null;
}

/** What happens to a base between two treatments, or during one. */
export type Event =
  | Write
  | { readonly kind: 'assign'; readonly code: string | null }
  | { readonly kind: 'day'; readonly days: number }
  | { readonly kind: 'rules'; readonly without: string }
  | Treated;

/** What much refers to, or what refers to much, the oftenest. */
const often: readonly ViewName[] = ['custodia', 'custodia', 'custodiado', 'unidade', 'visitante', 'advogado'];
const at = { view: constantFrom(...viewNames, ...often), id: constantFrom(...ids) };
const picks = array(tuple(nat(6), nat(20)), { minLength: 1, maxLength: 3 });
export const write: Arbitrary<Write> = oneof(
  { weight: 5, arbitrary: record({ kind: constant('write'), ...at, picks }) },
  { weight: 2, arbitrary: record({ kind: constant('remove'), ...at }) },
);

/** Rules that a small state breaks more often than not. */
const oftenBroken = ['P01', 'P04', 'P07', 'C01', 'C03', 'T05', 'T08', 'V01', 'V03', 'U02'];

const between: Arbitrary<Event> = oneof(
  { weight: 10, arbitrary: write },
  {
    weight: 1,
    arbitrary: record({ kind: constant('assign'), code: constantFrom('semiaberto', 'aberto', null) }),
  },
  { weight: 1, arbitrary: record({ kind: constant('day'), days: nat(90) }) },
  { weight: 2, arbitrary: record({ kind: constant('rules'), without: constantFrom(...oftenBroken) }) },
);

const treated: Arbitrary<Treated> = record({
  kind: constant('treat'),
  steps: oneof({ weight: 3, arbitrary: constant(null) }, { weight: 1, arbitrary: nat(25) }),
  full: nat(7).map((n) => n === 0),
  first: constantFrom(1000, 1, 2),
  beside: option(record({ before: nat(60), writes: array(write, { minLength: 1, maxLength: 3 }) }), {
    freq: 2,
  }),
});

/** Rounds of a few events and a treatment. The first may be one of rows that have been something else before. */
export const histories: Arbitrary<readonly Event[]> = array(
  tuple(array(between, { minLength: 1, maxLength: 4 }), treated).map(([events, treat]) => [...events, treat]),
  { minLength: 1, maxLength: 5 },
).map((rounds) => rounds.flat());
