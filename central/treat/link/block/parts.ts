import type { Columns, NameColumn, NumberColumn } from '../registers/columns.ts';
import type { Field } from '../registers/fields.ts';
import { hashBoth } from '../registers/hash.ts';

/** A part of a blocking key: what two registers must have in common. */
export interface KeyPart {
  readonly fields: readonly Field[];
  /** @returns what a register has there, 0 for nothing */
  bind(columns: Columns): (register: number) => number;
}

const part = (field: Field, bind: KeyPart['bind']): KeyPart => ({ fields: [field], bind });

/** How a word sounds; a short name, as the first name that it may stand for. */
function soundOf({ words: { sound, standsFor } }: Columns): (word: number) => number {
  return (word) => {
    const from = standsFor.start[word] as number;
    const name = from < (standsFor.start[word + 1] as number) ? (standsFor.words[from] as number) : word;
    return sound[name] as number;
  };
}

type NameField = 'name' | 'mother';

/**
 * @param place of the word in the name; from the end, where it is below 0
 * @param behind words that have to follow it
 */
function word(field: Field, of: NameField, place: number, behind = 0): KeyPart {
  return part(field, (columns) => {
    const { start, words }: NameColumn = columns[of];
    const sound = soundOf(columns);
    return (register) => {
      const [from, to] = [start[register] as number, start[register + 1] as number];
      // The first word is no surname.
      const at = place < 0 ? to + place : from + place;
      if (at + behind >= to || at < from + (place === 0 ? 0 : 1)) return 0;
      return sound(words[at] as number);
    };
  });
}

export const given = word('given', 'name', 0);
/** The word behind the first, unless it is the last one. */
export const second = word('surnames', 'name', 1, 1);
export const last = word('surnames', 'name', -1);

/** Given and last name, whichever stands first. */
export const bothEnds: KeyPart = {
  fields: ['given', 'surnames'],
  bind: (columns) => {
    const [first, final] = [given.bind(columns), last.bind(columns)];
    return (register) => {
      const [one, other] = [first(register), final(register)];
      return one === 0 || other === 0 ? 0 : hashBoth(Math.min(one, other), Math.max(one, other));
    };
  },
};

export const motherGiven = word('mother', 'mother', 0);
export const motherLast = word('mother', 'mother', -1);

/** The date, whichever of day and month comes first. */
export const birth = part('birth', ({ birth }) => (register) => {
  const date = birth[register] as number;
  if (date === 0) return 0;
  const [month, day] = [Math.floor(date / 100) % 100, date % 100];
  return Math.floor(date / 10_000) * 10_000 + Math.min(month, day) * 100 + Math.max(month, day);
});

export const birthYear = part('birth', ({ birth }) => {
  return (register) => Math.floor((birth[register] as number) / 10_000);
});

export const birthDay = part('birth', ({ birth }) => (register) => {
  const [month, day] = [
    Math.floor((birth[register] as number) / 100) % 100,
    (birth[register] as number) % 100,
  ];
  return birth[register] === 0 ? 0 : Math.min(month, day) * 100 + Math.max(month, day);
});

export const birthplace = part(
  'birthplace',
  ({ birthplace }) =>
    (register) =>
      birthplace[register] as number,
);

export function number(field: Field, of: (columns: Columns) => NumberColumn): KeyPart {
  return part(field, (columns) => {
    const { values } = of(columns);
    return (register) => {
      const value = values[register] as number;
      return value === 0 ? 0 : hashBoth((value % 4_294_967_296) >>> 0, Math.floor(value / 4_294_967_296));
    };
  });
}

/** All words of a text by how they sound, in any order. */
export function text(field: Field, of: (columns: Columns) => NameColumn): KeyPart {
  return part(field, (columns) => {
    const { start, words } = of(columns);
    const { sound } = columns.words;
    return (register) => {
      let [sum, count] = [0, 0];
      for (let at = start[register] as number; at < (start[register + 1] as number); at++) {
        sum = (sum + (sound[words[at] as number] as number)) >>> 0;
        count++;
      }
      return count === 0 ? 0 : hashBoth(sum, count);
    };
  });
}
