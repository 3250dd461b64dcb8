import {
  type PersonRegister,
  type SurvivingColumn,
  survivingColumns,
} from '../../../central/base/national-layer/persons.ts';
import { personFrom } from '../../../central/treat/persons/person-of.ts';
import { survivors } from '../../../central/treat/persons/survivors.ts';
import type { Outcome } from './cleaned.ts';

const blank = Object.fromEntries(survivingColumns.map((name) => [name, null])) as Record<
  SurvivingColumn,
  null
>;

type Said = Partial<PersonRegister>;

/** Long names that a system has cut, or may have. */
const long = 'MARIA APARECIDA DOS SANTOS FERREIRA LIMA DE ALBUQUERQUE';
const names = ['Ana Lima', 'ANA  LIMÁ', 'ANA SOUZA', long, long.slice(0, 33), long.slice(0, 40), null];

const both = [
  ...[['1', 'AL'] as const, ['1', 'PE'] as const, ['2', 'AL'] as const],
  ...[['1', null] as const, [null, 'AL'] as const, [null, null] as const],
];

/** What registers say in the columns of a rule that go together. */
function sayings(columns: readonly SurvivingColumn[]): readonly Said[] {
  const [first = 'nome', second] = columns;
  if (second !== undefined) return both.map(([one, other]) => ({ [first]: one, [second]: other }));
  if (first.startsWith('nome')) return names.map((name) => ({ [first]: name }));
  return ['1980-02-03', '1980-01-01', null].map((value) => ({ [first]: value }));
}

const notes = ['encoding-doubtful', 'default-date', 'century-inferred'];

/** All that two and three registers may say, with what cleaning may have said of the first, and any of them the latest. */
function groupsOf(columns: readonly SurvivingColumn[]): readonly (readonly Said[])[] {
  const said = sayings(columns);
  const noted = [[], ...notes.map((note) => [`${columns[0]}:${note}`])];
  const two = said.flatMap((one) =>
    said.flatMap((other) =>
      noted.flatMap((notes) =>
        [0, 1, 2].map((since) => [
          { ...one, notes, since },
          { ...other, since: 1 },
        ]),
      ),
    ),
  );
  const three = said.flatMap((one) =>
    said.flatMap((other) =>
      said.flatMap((third) =>
        [0, 2].map((since) => [one, { ...other, since: 1 }, { ...third, since, notes: noted[since] ?? [] }]),
      ),
    ),
  );
  return [...two, ...three];
}

const outcomeOf = (groups: readonly (readonly Said[])[]): Outcome => ({
  shown: groups,
  comesTo: groups.map((group) =>
    personFrom(
      group.map((said, place) => ({
        ...{ ...blank, person: 'p', natal: `n${place}`, role: 'custodiado', since: 0, notes: [] },
        ...{ removed: null, ...said },
      })),
    ),
  ),
});

/** By rule: what persons have of their registers. */
export function consolidationOutcomes(): ReadonlyMap<string, Outcome> {
  const moments = [null, 1, 2].flatMap((one) =>
    [null, 1, 3].map((other) => [{ removed: one }, { removed: other }]),
  );
  return new Map([
    ...survivors.map(({ columns }) => [columns.join(' '), outcomeOf(groupsOf(columns))] as const),
    ['removed', outcomeOf(moments)],
  ]);
}
