import { comparisonsOf } from '../../../central/treat/link/compare/comparisons.ts';
import { noRarity } from '../../../central/treat/link/compare/rarity.ts';
import type { Locale } from '../../../central/treat/link/locale/locale.ts';
import { ptBr } from '../../../central/treat/link/locale/pt-br.ts';
import { type Registers, RegistersBuilder } from '../../../central/treat/link/registers/builder.ts';
import type { OwnColumn, Register } from '../../../central/treat/link/registers/register.ts';

export type Said = Omit<Register, 'id' | 'kind'> & Partial<Pick<Register, 'id' | 'kind'>>;

export function registersOf(
  said: readonly Said[],
  locale: Locale = ptBr,
  own: readonly OwnColumn[] = [],
): Registers {
  const builder = new RegistersBuilder({ locale, own, expected: said.length });
  for (const [place, each] of said.entries())
    builder.add({ id: String(place).padStart(6, '0'), kind: 'custodiado', ...each });
  return builder.done();
}

/** Name of the level at which two registers agree by a comparison, the same both ways; null where one says nothing. */
export function levelOf(
  name: string,
  a: Said,
  b: Said,
  locale?: Locale,
  own: readonly OwnColumn[] = [],
): string | null {
  const registers = registersOf([a, b], locale, own);
  const comparison = comparisonsOf(own).find((each) => each.name === name);
  if (comparison === undefined) throw new Error(`no comparison ${name}`);
  const compare = comparison.bind(registers.columns, noRarity(registers.words.length));
  const [there, back] = [compare(0, 1, { rarity: 0 }), compare(1, 0, { rarity: 0 })];
  if (there !== back) throw new Error(`${name}: ${there} there and ${back} back`);
  return there === 0 ? null : (comparison.levels[there - 1]?.name ?? null);
}
