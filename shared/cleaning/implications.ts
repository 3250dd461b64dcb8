import { impliedBy } from '../dictionary/codes/find-code.ts';
import type { StandardColumn } from '../dictionary/columns.ts';
import { longestWord } from './codes/code.ts';
import { ufOfOabNumber } from './documents/oab-number.ts';
import { ufOfRg } from './documents/rg.ts';
import { remembered } from './remembering.ts';
import { cleanText } from './text/clean-text.ts';

/** National values, by column of the same row. */
type Implied = Readonly<Record<string, string>>;

/** What a value says of other columns. @param given as the state gave it */
export type Implication = (given: string) => Implied;

const nothing: Implied = {};

/** Null where a column's values never say anything of another. */
export function implicationOf({ kind, codes, name }: StandardColumn): Implication | null {
  if (kind === 'oab-number') return ufBeside(name, ufOfOabNumber);
  if (kind === 'rg') return ufBeside(name, ufOfRg);
  if (codes === undefined || codes.implies.length === 0) return null;
  return remembered((given) => {
    const text = cleanText(given, longestWord, () => undefined);
    return text === null ? nothing : impliedBy(codes, text);
  });
}

/** `oab_uf` beside `oab_numero`, `rg_uf` beside `rg`. */
function ufBeside(column: string, ufOf: (text: string) => string | null): Implication {
  const beside = `${column.replace(/_numero$/, '')}_uf`;
  return (given) => {
    // Without a letter it names no state.
    if (given.length > longestWord || !/[A-Za-z]/.test(given)) return nothing;
    const text = cleanText(given, longestWord, () => undefined);
    const uf = text === null ? null : ufOf(text);
    return uf === null ? nothing : { [beside]: uf };
  };
}
