import { type Arbitrary, array, constant, constantFrom, nat, oneof, option, record, tuple } from 'fast-check';
import { runs } from '../../support/runs.ts';
import { cleanings } from './cleanings.ts';
import { ids, type SourceName, sourceNames, sources, type ViewName } from './values.ts';

/** A row of a source. */
export interface RowName {
  readonly source: SourceName;
  readonly view: ViewName;
  readonly id: string;
}

/** What a state does to one of its rows. */
export type Write =
  /** @property picks by column, modulo their number, what it holds from now on; the others stay as they were */
  | {
      readonly kind: 'write';
      readonly of: RowName;
      readonly picks: readonly (readonly [number, number])[];
    }
  | { readonly kind: 'remove'; readonly of: RowName };

/** A treatment, and what happens to it. */
export interface Treated {
  readonly kind: 'treat';
  /** In this order. */
  readonly sources: readonly SourceName[];
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
  | { readonly kind: 'assign'; readonly source: SourceName; readonly code: string | null }
  | { readonly kind: 'day'; readonly days: number }
  /** All but one are asked, and of those that name suspects another version. */
  | { readonly kind: 'rules'; readonly without: string; readonly version: number }
  /** Rows are cleaned in another way from now on: `cleanings`. */
  | { readonly kind: 'cleaning'; readonly which: number }
  | Treated;

/** What much refers to, or what refers to much, the oftenest. */
const often: readonly ViewName[] = ['custodia', 'custodia', 'custodiado', 'unidade', 'visitante', 'advogado'];
const views = sourceNames.flatMap((source) => {
  const all: readonly ViewName[] = sources[source];
  return [...all, ...often.filter((view) => all.includes(view))].map((view) => ({ source, view }));
});
const row: Arbitrary<RowName> = record({ view: constantFrom(...views), id: constantFrom(...ids) }).map(
  ({ view, id }) => ({ ...view, id }),
);
const picks = array(tuple(nat(6), nat(20)), { minLength: 1, maxLength: 3 });
export const write: Arbitrary<Write> = oneof(
  { weight: 5, arbitrary: record({ kind: constant('write'), of: row, picks }) },
  { weight: 2, arbitrary: record({ kind: constant('remove'), of: row }) },
);

/** Rules that a small state breaks more often than not. */
const oftenBroken = [
  'P01',
  'P04',
  'P07',
  'C01',
  'C03',
  'T05',
  'T08',
  'V01',
  'V03',
  'U02',
  'C07a',
  'P13',
  'P21',
  'V05a',
];

const between: Arbitrary<Event> = oneof(
  { weight: 10, arbitrary: write },
  {
    weight: 1,
    arbitrary: record({
      kind: constant('assign'),
      source: constantFrom(...sourceNames),
      code: constantFrom('semiaberto', 'aberto', null),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constant('day'), days: nat(90) }) },
  {
    weight: 2,
    arbitrary: record({
      ...{ kind: constant('rules'), without: constantFrom('', ...oftenBroken) },
      version: constantFrom(1, 2),
    }),
  },
  { weight: 1, arbitrary: record({ kind: constant('cleaning'), which: nat(cleanings.length - 1) }) },
);

const treated: Arbitrary<Treated> = record({
  kind: constant('treat'),
  sources: oneof(
    { weight: 2, arbitrary: constant(sourceNames) },
    { weight: 1, arbitrary: constant(sourceNames.toReversed()) },
    { weight: 2, arbitrary: constantFrom(...sourceNames).map((source) => [source]) },
  ),
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
  { minLength: 1, maxLength: runs(3, 5) },
).map((rounds) => rounds.flat());
