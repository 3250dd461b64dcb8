import { csvLines, csvStart } from '../../../shared/csv.ts';
import type { Questions } from '../../base/base.ts';
import { type KnownRegister, knownRegisters } from '../../base/national-layer/known-registers.ts';
import { comparisonsOf } from '../../treat/link/compare/comparisons.ts';
import type { ReviewQuestion } from '../../treat/linking/review.ts';
import { hasValue } from '../../words/compared-values.ts';
import { comparisonName } from '../../words/comparison-names.ts';
import { becauseText } from '../../words/link-words.ts';
import { registerText } from './named-registers.ts';
import { sidesOf } from './pair-lines.ts';

/** Columns that a reviewer fills in, and those by which the answers are read back. */
export const answerColumns = { a: 'a', b: 'b', answer: 'resposta', reason: 'motivo', who: 'quem' } as const;

const comparisons = comparisonsOf().map(({ name }) => name);

/** Questions as the lines of a CSV for reviewers: both registers, what each comparison weighs, room for the answer. */
export async function* reviewCsv(
  questions: Questions,
  all: AsyncIterable<readonly ReviewQuestion[]>,
  reveal: boolean,
): AsyncGenerator<string> {
  const { a, b, answer, reason, who } = answerColumns;
  const sides = comparisons.filter(hasValue);
  const head = [
    ...['numero', answer, reason, who, 'registro_a', 'registro_b', 'peso', 'duvida', 'ganho'],
    ...sides.flatMap((name) => [`${comparisonName(name)} A`, `${comparisonName(name)} B`]),
    ...comparisons.map((name) => `peso ${comparisonName(name)}`),
    ...[a, b],
  ];
  yield `${csvStart}${csvLines([head])}`;
  let number = 0;
  for await (const part of all) {
    const ids = part.flatMap(({ pair }) => [pair.a, pair.b]);
    const known = new Map((await knownRegisters(questions, ids)).map((register) => [register.id, register]));
    const rows = part.map((question): (string | number)[] => {
      const { pair, explained, because } = question;
      const weightOf = new Map(
        explained.comparisons.flatMap(({ name, level, weight, rarity }) =>
          level === null ? [] : [[name, rounded(weight + rarity)] as const],
        ),
      );
      return [
        ...[++number, '', '', '', shown(known.get(pair.a), reveal), shown(known.get(pair.b), reveal)],
        ...[rounded(pair.weight), becauseText(because), rounded(pair.gain)],
        ...sides.flatMap((name) => sidesOf(name, question.a, question.b, reveal) ?? ['', '']),
        ...comparisons.map((name) => weightOf.get(name) ?? ''),
        ...[pair.a, pair.b],
      ];
    });
    yield csvLines(rows);
  }
}

function shown(register: KnownRegister | undefined, reveal: boolean): string {
  return register === undefined ? '' : registerText(register, reveal);
}

function rounded(bits: number): number {
  return Math.round(bits * 100) / 100;
}
