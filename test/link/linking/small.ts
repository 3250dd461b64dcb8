import { type Arbitrary, array, constantFrom, oneof, option, record } from 'fast-check';
import type { Decision } from '../../../central/treat/link/cluster/decisions.ts';
import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { ptBr } from '../../../central/treat/link/locale/pt-br.ts';
import type { Model } from '../../../central/treat/link/model/model.ts';
import { priorModel } from '../../../central/treat/link/model/prior-model.ts';
import { thresholds as usual } from '../../../central/treat/link/model/thresholds.ts';
import { type Registers, RegistersBuilder } from '../../../central/treat/link/registers/builder.ts';
import type { Register } from '../../../central/treat/link/registers/register.ts';

/** Few registers of few people, whose values are so alike that everything happens that can. */

export const comparisons = comparisonsOf();
export const model: Model = priorModel(comparisons, { locale: 'pt-BR', blockCap: 6, prior: -14 });
export const thresholds = { ...usual, largest: 3 };

const names = [
  'JOSE DA SILVA',
  'JOSE SILVA SOUZA',
  'ZE SILVA',
  'JORGE SILVA',
  'ANA LIMA',
  'ANNA DE LIMA',
  'JOSE SOUSA',
];

const said: Arbitrary<Omit<Register, 'id'>> = record({
  kind: oneof(
    { weight: 4, arbitrary: constantFrom('custodiado' as const) },
    constantFrom('visitante' as const),
  ),
  name: oneof({ weight: 9, arbitrary: constantFrom(...names) }, constantFrom(null)),
  mother: option(constantFrom('MARIA SILVA', 'MARIA DA SILVA SOUZA', 'ANA LIMA'), { nil: null }),
  birth: option(constantFrom('1980-02-03', '1980-03-02', '1980-02-13', '1980-01-01'), { nil: null }),
  cpf: option(constantFrom('52998224725', '11144477735', '52998224735'), { nil: null }),
  rg: option(constantFrom('1234567', '1234568'), { nil: null }),
  rgUf: option(constantFrom('AL', 'PE'), { nil: null }),
  birthplace: option(constantFrom('2704302', '2700300'), { nil: null }),
});

const ids = Array.from({ length: 14 }, (_, number) => `r${String(number).padStart(2, '0')}`);
export const anyId = constantFrom(...ids);
export const anyRegister: Arbitrary<Register> = record({ id: anyId, said }).map(({ id, said }) => ({
  id,
  ...said,
}));
export const people = array(anyRegister, { maxLength: 14 }).map((all) => [
  ...new Map(all.map((register) => [register.id, register])).values(),
]);
export const anyDecision = record({
  a: anyId,
  b: anyId,
  says: constantFrom<Decision['says']>('same', 'distinct'),
});
export const decisions = array(anyDecision, { maxLength: 6 }).map((all) =>
  all.filter(({ a, b }) => a !== b).map((decision, id): Decision => ({ id, ...decision })),
);

export function columnsOf(registers: readonly Register[]): Registers {
  const builder = new RegistersBuilder({ locale: ptBr });
  for (const register of registers) builder.add(register);
  return builder.done();
}

/** Persons as lists of ids, in order. */
export function personsOf(ids: readonly string[], personOf: Int32Array): readonly (readonly string[])[] {
  const persons = new Map<number, string[]>();
  for (const [place, person] of personOf.entries()) {
    persons.set(person, [...(persons.get(person) ?? []), ids[place] ?? '']);
  }
  return [...persons.values()].map((all) => all.sort()).sort(([a = ''], [b = '']) => (a < b ? -1 : 1));
}

/** By id of each register, that of the first register that is the same person. */
export function personById(ids: readonly string[], personOf: Int32Array): ReadonlyMap<string, string> {
  return new Map(ids.map((id, place) => [id, ids[personOf[place] ?? -1] ?? 'nobody']));
}

/** Pairs by ids, in order. */
export function pairsById(
  ids: readonly string[],
  pairs: { a: Uint32Array; b: Uint32Array; weight: Float64Array; veto: Uint8Array },
): readonly string[] {
  return Array.from(pairs.a, (a, at) => {
    const both = [ids[a] ?? '', ids[pairs.b[at] ?? 0] ?? ''].toSorted();
    return `${both.join(' ')} ${pairs.weight[at]} ${pairs.veto[at]}`;
  }).sort();
}
