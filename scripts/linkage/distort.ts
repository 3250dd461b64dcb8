import type { Rng } from '../demo/rng.ts';
import { distortBirth } from './distort-birth.ts';
import { distortMother, distortName } from './distort-names.ts';
import { type Person, surname } from './people.ts';
import { type Draft, missingMother } from './register.ts';
import { birthplaceIn, drawState } from './states.ts';

/** A further register of somebody, with the errors that such registers have, each at its rate. */
export function distort(person: Person, first: Draft, rng: Rng): Draft {
  const uf = rng.chance(0.55) ? drawState(rng) : person.uf;
  const { mother } = first;
  return {
    ...first,
    uf,
    name: distortName(first.name, person.sex, rng, surname),
    mother:
      rng.chance(0.2) || mother === null || typeof mother === 'string'
        ? missingMother(rng)
        : distortMother(mother, rng, surname),
    birth: first.birth === null ? null : distortBirth(first.birth, rng),
    cpf: first.cpf === null ? null : distortCpf(first.cpf, rng),
    ...distortRg(first, uf, rng),
    birthplace: distortBirthplace(person, rng),
  };
}

function distortCpf(cpf: string, rng: Rng): string | null {
  const drawn = rng.fraction();
  if (drawn < 0.45) return null;
  if (drawn >= 0.48) return cpf;
  const at = rng.integer(0, cpf.length - 1);
  return cpf.slice(0, at) + ((Number(cpf[at]) + rng.integer(1, 9)) % 10) + cpf.slice(at + 1);
}

function distortRg({ rg, rgUf }: Draft, uf: string, rng: Rng): Pick<Draft, 'rg' | 'rgUf'> {
  const drawn = rng.fraction();
  if (rg === null || drawn < 0.3) return { rg: null, rgUf: null };
  return drawn < 0.6 ? { rg: String(rng.integer(1_000_000, 60_999_999)), rgUf: uf } : { rg, rgUf };
}

function distortBirthplace({ birthplace, uf }: Person, rng: Rng): string | null {
  const drawn = rng.fraction();
  if (drawn < 0.15) return null;
  return drawn < 0.2 ? birthplaceIn(uf, rng) : birthplace;
}
