import { isValidCpf } from '@brazilian-utils/brazilian-utils/is-valid-cpf';
import { matchForm } from '../../../../shared/cleaning/match-form.ts';
import type { Locale } from '../locale/locale.ts';
import { FirstWordsBuilder, NameBuilder, NumberBuilder } from './column-builders.ts';
import type { Columns, OwnValues } from './columns.ts';
import { emptyFields } from './empty-fields.ts';
import { growingInt32, growingUint8 } from './growing.ts';
import { hashText } from './hash.ts';
import { kinds, type OwnColumn, type Register } from './register.ts';
import { Words } from './words.ts';

/** Registers as columns, and their ids by place. */
export interface Registers {
  readonly ids: readonly string[];
  readonly columns: Columns;
  readonly words: readonly string[];
}

export interface RegisterOptions {
  readonly locale: Locale;
  /** What columns there are beside those that every layout has. */
  readonly own?: readonly OwnColumn[];
  /** How many are to come, about. */
  readonly expected?: number;
}

/** Takes registers one by one, in any order, each id once. */
export class RegistersBuilder {
  readonly #ids: string[] = [];
  readonly #words: Words;
  readonly #kind;
  readonly #name;
  readonly #mother;
  readonly #father;
  readonly #otherNames;
  readonly #birth;
  readonly #birthInferred;
  readonly #sex;
  readonly #cpf;
  readonly #rji;
  readonly #oab;
  readonly #rg;
  readonly #rgUf;
  readonly #birthplace;
  readonly #own: readonly OwnBuilder[];
  readonly #ownNames: readonly string[];

  constructor({ locale, own = [], expected = 1000 }: RegisterOptions) {
    const words = new Words(locale);
    const names = (): NameBuilder => new NameBuilder(words, locale, expected);
    this.#words = words;
    this.#kind = growingUint8(expected);
    this.#name = names();
    this.#mother = names();
    this.#father = names();
    this.#otherNames = new FirstWordsBuilder(words, locale, expected);
    this.#birth = growingInt32(expected);
    this.#birthInferred = growingUint8(expected);
    this.#sex = growingUint8(expected);
    this.#cpf = new NumberBuilder(expected, (number) => !isValidCpf(number));
    this.#rji = new NumberBuilder(expected);
    this.#oab = new NumberBuilder(expected);
    this.#rg = new NumberBuilder(expected);
    this.#rgUf = growingInt32(expected);
    this.#birthplace = growingInt32(expected);
    this.#ownNames = own.map(({ name }) => name);
    this.#own = own.map(({ as }) => ownBuilder(as, names, expected));
  }

  add(register: Register): void {
    const { id, kind, given = null, surnames = null, own } = register;
    this.#ids.push(id);
    this.#kind.push(kinds.indexOf(kind));
    const apart = [given, surnames].filter((part) => part !== null).join(' ');
    if (register.name !== undefined && register.name !== null) this.#name.push(register.name);
    else this.#name.push(apart === '' ? null : apart, given === null);
    this.#mother.push(register.mother ?? null);
    this.#father.push(register.father ?? null);
    this.#otherNames.push(register.otherNames ?? []);
    const birth = dayNumber(register.birth ?? '');
    this.#birth.push(birth);
    // The first of January is written where the year alone is known, whoever says so.
    this.#birthInferred.push(register.birthInferred === true || birth % 10_000 === 101 ? 1 : 0);
    this.#sex.push(sexCode(register.sex));
    this.#cpf.push(register.cpf ?? null);
    this.#rji.push(register.rji ?? null);
    this.#oab.push(register.oab ?? null);
    this.#rg.push(register.rg ?? null);
    this.#rgUf.push(codeOf(register.rgUf));
    this.#birthplace.push(codeOf(register.birthplace));
    for (const [place, column] of this.#own.entries()) column.push(own?.[place] ?? null);
  }

  done(): Registers {
    const { table, words } = this.#words.done();
    const columns: Omit<Columns, 'empty'> = {
      count: this.#ids.length,
      kind: this.#kind.done(),
      name: this.#name.done(),
      mother: this.#mother.done(),
      father: this.#father.done(),
      otherNames: this.#otherNames.done(),
      birth: this.#birth.done(),
      birthInferred: this.#birthInferred.done(),
      sex: this.#sex.done(),
      cpf: this.#cpf.done(),
      rji: this.#rji.done(),
      oab: this.#oab.done(),
      rg: this.#rg.done(),
      rgUf: this.#rgUf.done(),
      birthplace: this.#birthplace.done(),
      own: this.#own.map((column) => column.done()),
      words: table,
    };
    return { ids: this.#ids, columns: { ...columns, empty: emptyFields(columns, this.#ownNames) }, words };
  }
}

interface OwnBuilder {
  push(value: string | null): void;
  done(): OwnValues;
}

function ownBuilder(as: OwnColumn['as'], names: () => NameBuilder, expected: number): OwnBuilder {
  if (as === 'number') {
    const numbers = new NumberBuilder(expected);
    return { push: (value) => numbers.push(value), done: () => ({ as, numbers: numbers.done() }) };
  }
  if (as === 'text') {
    const text = names();
    return { push: (value) => text.push(value), done: () => ({ as, text: text.done() }) };
  }
  const codes = growingInt32(expected);
  return { push: (value) => codes.push(codeOf(value)), done: () => ({ as, codes: codes.done() }) };
}

const day = /^(\d{4})-(\d{2})-(\d{2})/;

function dayNumber(text: string): number {
  const [, year, month, of] = day.exec(text) ?? [];
  return year === undefined ? 0 : Number(year) * 10_000 + Number(month) * 100 + Number(of);
}

function sexCode(value: string | null | undefined): number {
  const code = codeOf(value);
  return code === 0 ? 0 : 1 + ((code >>> 0) % 255);
}

/** 0 for none. */
function codeOf(value: string | null | undefined): number {
  return value === null || value === undefined || value === '' ? 0 : hashText(matchForm(value)) | 0;
}
