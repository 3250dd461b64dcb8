import { isSameAddress } from './address.ts';

/** Somebody as far as they are known by what others cannot have as well. */
export interface Identity {
  /** Eleven digits. */
  readonly cpf: string | null;
  readonly email: string | null;
}

/** Whether two may be one person, where one may not say yes to the other: by the CPF, or by the mailbox. */
export function isSamePerson(one: Identity, other: Identity): boolean {
  if (one.cpf !== null && one.cpf === other.cpf) return true;
  return one.email !== null && other.email !== null && isSameAddress(one.email, other.email);
}
