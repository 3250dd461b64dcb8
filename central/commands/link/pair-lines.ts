import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import type { ExplainedComparison, Explanation } from '../../treat/link/explain.ts';
import { keyText } from '../mask.ts';
import { wrapped } from '../wrapped.ts';
import { comparisonName } from './names.ts';
import { bar, bitsText, levelName, vetoNames } from './pair-words.ts';

/** What registers say of a comparison; nothing where another one has said it already (surnames are in the name). */
const valueOf: Readonly<Record<string, (register: LinkedRegister) => string | null>> = {
  'given name': ({ name }) => name,
  mother: ({ mother }) => mother,
  father: ({ father }) => father,
  birth: ({ birth }) => birth,
  sex: ({ sex }) => sex,
  CPF: ({ cpf }) => cpf,
  'identity card': ({ rg, rgUf }) =>
    rg === null ? null : [rg, rgUf].filter((part) => part !== null).join(' '),
  RJI: ({ rji }) => rji,
  OAB: ({ oab }) => oab,
  birthplace: ({ birthplace }) => birthplace,
  'other names': ({ otherNames }) => (otherNames.length === 0 ? null : otherNames.join(', ')),
};

/** Whether registers say something of a comparison that no other one tells. */
export function hasSides(name: string): boolean {
  return valueOf[name] !== undefined;
}

/** What both say of a comparison, masked unless asked for; null where that is told with another one. */
export function sidesOf(
  name: string,
  a: LinkedRegister,
  b: LinkedRegister,
  reveal: boolean,
): readonly [string, string] | null {
  const of = valueOf[name];
  if (of === undefined) return null;
  const text = (register: LinkedRegister) => {
    const value = of(register);
    return value === null ? '–' : keyText([value], reveal);
  };
  return [text(a), text(b)];
}

const indent = 15;

/** Two registers side by side, by what is compared: bits as bars, what agrees how far, and what both say. */
export function pairLines(
  { prior, comparisons, veto, weight }: Explanation,
  a: LinkedRegister,
  b: LinkedRegister,
  reveal: boolean,
): readonly string[] {
  const told = comparisons.filter(({ level }) => level !== null);
  const silent = comparisons.filter(({ level }) => level === null).map(({ name }) => comparisonName(name));
  return [
    line('de partida', prior, ''),
    ...told.flatMap((comparison) => [
      comparisonLine(comparison),
      ...valuesLine(sidesOf(comparison.name, a, b, reveal)),
    ]),
    line('soma', weight, ''),
    ...(veto === null ? [] : [`  Impedimento: ${vetoNames[veto]}.`]),
    ...(silent.length === 0 ? [] : wrapped(`Sem dado de um ou dos dois: ${silent.join(', ')}.`, '  ')),
  ];
}

function comparisonLine({ name, level, weight, rarity }: ExplainedComparison): string {
  const rare = rarity === 0 ? '' : rarity > 0 ? ', raro' : ', comum';
  return line(comparisonName(name), weight + rarity, `${levelName(level ?? '')}${rare}`);
}

function line(name: string, bits: number, level: string): string {
  return `  ${name.padEnd(indent)}${bitsText(bits).padStart(6)} ${bar(bits).padEnd(24)} ${level}`.trimEnd();
}

function valuesLine(sides: readonly [string, string] | null): readonly string[] {
  return sides === null ? [] : wrapped(`${sides[0]} │ ${sides[1]}`, ' '.repeat(indent + 2));
}
