import type { Rng } from '../demo/rng.ts';
import type { Person, Surname } from './people.ts';

/** A name as its words, which errors change before it is written. */
export interface NameWords {
  readonly given: readonly string[];
  readonly surnames: readonly Surname[];
  /** FILHO and the like. */
  readonly suffix: string | null;
}

/** What a register says, before it is written down. */
export interface Draft {
  readonly name: NameWords;
  /** Null: missing. A text: what stands in its place. */
  readonly mother: NameWords | string | null;
  /** `1980-01-31` */
  readonly birth: string | null;
  readonly sex: 'M' | 'F';
  readonly cpf: string | null;
  readonly rg: string | null;
  readonly rgUf: string | null;
  readonly birthplace: string | null;
  /** The state whose register it is. */
  readonly uf: string;
}

const placeholders = ['NAO CONSTA', 'IGNORADA', 'NÃO INFORMADO', 'DESCONHECIDA', 'XXX'] as const;

export function missingMother(rng: Rng): string | null {
  return rng.chance(0.5) ? null : rng.pick(placeholders);
}

/** Somebody's first register: as they are but for a mother and a birthplace that nobody asked for. */
export function firstDraft(person: Person, rng: Rng): Draft {
  const { given, surnames, suffix, motherGiven, motherSurnames, birth, sex, cpf, rg, uf } = person;
  const mother = { given: motherGiven, surnames: motherSurnames, suffix: null };
  return {
    ...{ name: { given, surnames, suffix }, birth, sex, cpf, rg, uf, rgUf: rg === null ? null : uf },
    mother: rng.chance(0.06) ? missingMother(rng) : mother,
    birthplace: rng.chance(0.03) ? null : person.birthplace,
  };
}
