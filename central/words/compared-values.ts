import type { LinkedRegister } from '../base/national-layer/link-registers.ts';

/** What registers say of a comparison; nothing where another one has said it already (surnames are in the name). */
const valueOf: Readonly<Record<string, (register: LinkedRegister) => string | null>> = {
  'given name': ({ name }) => name,
  mother: ({ mother }) => mother,
  father: ({ father }) => father,
  birth: ({ birth }) => birth,
  sex: ({ sex }) => sex,
  CPF: ({ cpf }) => cpf,
  'identity card': ({ rg, rgUf }) =>
    rg === null ? null : [rg, rgUf].filter((part) => part !== null).join(' '),
  RJI: ({ rji }) => rji,
  OAB: ({ oab }) => oab,
  birthplace: ({ birthplace }) => birthplace,
  'other names': ({ otherNames }) => (otherNames.length === 0 ? null : otherNames.join(', ')),
};

/** Whether registers say something of a comparison that no other one tells. */
export function hasValue(comparison: string): boolean {
  return valueOf[comparison] !== undefined;
}

/** What a register says of a comparison, as it is; null where it says nothing, or another comparison tells it. */
export function comparedValue(comparison: string, register: LinkedRegister): string | null {
  return valueOf[comparison]?.(register) ?? null;
}
