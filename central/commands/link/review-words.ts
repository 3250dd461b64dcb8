import type { Decided } from '../../base/national-layer/decide-links.ts';
import type { KnownRegister } from '../../base/national-layer/known-registers.ts';
import { wrapped } from '../../status/wrapped.ts';
import type { ReviewQuestion } from '../../treat/linking/review.ts';
import { becauseText } from '../../words/link-words.ts';
import { bitsText } from '../../words/pair-words.ts';
import { registerText } from './named-registers.ts';
import { pairLines } from './pair-lines.ts';

/** A question as people read it, side by side. */
export function questionLines(
  { pair, a, b, explained, because }: ReviewQuestion,
  known: ReadonlyMap<string, KnownRegister>,
  reveal: boolean,
): readonly string[] {
  const side = (name: string, id: string) => {
    const register = known.get(id);
    return `${name}  ${register === undefined ? '' : registerText(register, reveal)}, id ${id}`;
  };
  return [
    ...wrapped(side('A', pair.a), ''),
    ...wrapped(side('B', pair.b), ''),
    ...wrapped(`${bitsText(pair.weight)} bits; ${becauseText(because)}`, ''),
    ...pairLines(explained, a, b, reveal),
    '',
  ];
}

/** What became of an answer. */
export function answeredLine(decided: Decided): string {
  switch (decided.outcome) {
    case 'recorded':
      return `✓ decisão ${decided.number}`;
    case 'known':
      return `– já respondido (decisão ${decided.number})`;
    case 'against':
      return `✗ contradiz a decisão ${decided.number}: não registrado`;
    case 'unknown':
      return '✗ um dos registros não existe, ou foi esquecido por ordem judicial';
    case 'itself':
      return '✗ os dois são um só registro';
  }
}
