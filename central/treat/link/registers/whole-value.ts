import type { Columns } from './columns.ts';
import { hashBoth } from './hash.ts';

/** Of a column of a layout's own, a number for what a register says there as a whole: 0 for nothing, and of numbers. */
export function wholeValue({ own, words }: Columns, place: number): (register: number) => number {
  const values = own[place];
  if (values?.as === 'code') return (register) => values.codes[register] as number;
  if (values?.as !== 'text') return () => 0;
  const { start, words: all } = values.text;
  // Words in any order, as they are compared.
  return (register) => {
    let [sum, count] = [0, 0];
    for (let at = start[register] as number; at < (start[register + 1] as number); at++) {
      sum = (sum + (words.hash[all[at] as number] as number)) >>> 0;
      count++;
    }
    return count === 0 ? 0 : hashBoth(sum, count);
  };
}
