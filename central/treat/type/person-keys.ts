import { hash } from 'node:crypto';
import { matchForm } from '../../../shared/cleaning/match-form.ts';

/**
 * What two registers share when name, mother and birth are the same but for case and accents: 16 hexadecimal digits. Null
 * where one of the three is missing.
 */
export function identityOf(nome: string | null, mae: string | null, birth: string | null): string | null {
  if (nome === null || mae === null || birth === null) return null;
  return hash('sha256', `${matchForm(nome)}\0${matchForm(mae)}\0${birth}`, 'hex').slice(0, 16);
}
