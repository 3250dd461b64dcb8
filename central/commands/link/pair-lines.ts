import type { LinkedRegister } from '../../base/national-layer/link-registers.ts';
import { wrapped } from '../../status/wrapped.ts';
import type { ExplainedComparison, Explanation } from '../../treat/link/explain.ts';
import { comparedValue, hasValue } from '../../words/compared-values.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { keyText } from '../../words/mask.ts';
import { bar, bitsText, levelName, vetoNames } from '../../words/pair-words.ts';

/** What both say of a comparison, masked unless asked for; null where that is told with another one. */
export function sidesOf(
  name: string,
  a: LinkedRegister,
  b: LinkedRegister,
  reveal: boolean,
): readonly [string, string] | null {
  if (!hasValue(name)) return null;
  const text = (register: LinkedRegister) => {
    const value = comparedValue(name, register);
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
