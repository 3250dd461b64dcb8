import type { Columns, NameColumn } from '../registers/columns.ts';
import type { Field } from '../registers/fields.ts';
import { hashBoth } from '../registers/hash.ts';
import type { OwnColumn } from '../registers/register.ts';
import {
  birth,
  birthDay,
  birthplace,
  birthYear,
  bothEnds,
  given,
  type KeyPart,
  last,
  motherGiven,
  motherLast,
  number,
  second,
  text,
} from './parts.ts';

/** Registers are compared if they have all parts of a rule in common. */
export interface BlockingRule {
  readonly name: string;
  readonly parts: readonly [KeyPart, ...KeyPart[]];
  /**
   * Its pairs teach how registers of one person differ in what the rule leaves free. Not of a rule under which brothers
   * meet oftener than a person meets himself: he would be taken for them.
   */
  readonly teaches: boolean;
}

const rule = (name: string, parts: BlockingRule['parts'], teaches = false): BlockingRule => ({
  name,
  parts,
  teaches,
});

/**
 * Numbers somebody is found by, and for those without, ways through name, birth and mother: each can do without one of
 * these, and holds so much that a large base has small blocks. Measured on made-up registers (scripts/linkage): of the true
 * pairs of 100,000, birth with given or last name and the numbers find 92 %, with birthplace 97 %, all of them 99 %.
 */
const always: readonly BlockingRule[] = [
  rule('CPF', [number('cpf', ({ cpf }) => cpf)], true),
  rule('RJI', [number('rji', ({ rji }) => rji)], true),
  rule('OAB', [number('oab', ({ oab }) => oab)], true),
  rule('identity card', [number('rg', ({ rg }) => rg)], true),
  rule('birth, given name', [birth, given], true),
  rule('birth, last name', [birth, last], true),
  rule('given and last name, day', [bothEnds, birthDay]),
  rule('given and last name, birthplace', [bothEnds, birthplace]),
  rule('given and last name, mother’s names', [bothEnds, motherGiven, motherLast]),
  rule('given and last name, mother, year', [bothEnds, motherGiven, birthYear]),
  rule('given, second and last name, year', [bothEnds, second, birthYear]),
  rule('given, second and last name, mother', [bothEnds, second, motherGiven]),
  rule('given and second name, mother’s names', [given, second, motherGiven, motherLast], true),
  rule('given name, year, birthplace', [given, birthYear, birthplace]),
  rule('given name, mother’s names, year', [given, motherGiven, motherLast, birthYear]),
  rule('given name, mother’s names, birthplace', [given, motherGiven, motherLast, birthplace]),
  rule('last name, mother’s names, birthplace', [last, motherGiven, motherLast, birthplace]),
];

/** The rules of a layout, in the order in which a pair is found by the first of them. */
export function rulesOf(own: readonly OwnColumn[] = []): readonly BlockingRule[] {
  return [...always, ...own.flatMap(ownRules)];
}

function ownRules({ name, as }: OwnColumn, place: number): readonly BlockingRule[] {
  const field: Field = `own ${name}`;
  if (as === 'number') {
    const numbers = (columns: Columns) => {
      const values = columns.own[place];
      if (values?.as !== 'number') throw new TypeError(`the column ${name} is no number`);
      return values.numbers;
    };
    return [rule(name, [number(field, numbers)], true)];
  }
  const part = as === 'text' ? text(field, textAt(name, place)) : codePart(name, place);
  return [
    rule(`birth, ${name}`, [birth, part]),
    rule(`given and last name, ${name}`, [bothEnds, part]),
    rule(`given name, year, ${name}`, [given, birthYear, part]),
    rule(`last name, day, ${name}`, [last, birthDay, part]),
    // Of a list they would be many.
    ...(as === 'text'
      ? [rule(`given name, ${name}`, [given, part]), rule(`last name, ${name}`, [last, part])]
      : []),
  ];
}

function textAt(name: string, place: number): (columns: Columns) => NameColumn {
  return ({ own }) => {
    const values = own[place];
    if (values?.as !== 'text') throw new TypeError(`the column ${name} is no text`);
    return values.text;
  };
}

function codePart(name: string, place: number): KeyPart {
  return {
    fields: [`own ${name}`],
    bind: ({ own }) => {
      const values = own[place];
      if (values?.as !== 'code') throw new TypeError(`the column ${name} is no code`);
      return (register) => values.codes[register] as number;
    },
  };
}

/** A register's key by a rule: 32 bits, 0 where it lacks a part. */
export function keyOf({ parts }: BlockingRule, columns: Columns): (register: number) => number {
  const bound = parts.map((part) => part.bind(columns));
  return (register) => {
    let key = 0;
    for (const value of bound) {
      const found = value(register);
      if (found === 0) return 0;
      key = hashBoth(key, found);
    }
    return key;
  };
}
