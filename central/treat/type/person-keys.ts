import { hash } from 'node:crypto';
import { nameForm } from '../../../shared/cleaning/name-form.ts';

/**
 * What two registers share when birth is the same, and name and mother are so as names are compared: 16 hexadecimal
 * digits. Null where one of the three is missing.
 */
export function identityOf(nome: string | null, mae: string | null, birth: string | null): string | null {
  const [own, mother] = [nameForm(nome), nameForm(mae)];
  if (own === null || mother === null || birth === null) return null;
  return hash('sha256', `${own}\0${mother}\0${birth}`, 'hex').slice(0, 16);
}
