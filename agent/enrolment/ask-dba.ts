import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { askPassword, askText } from '../../shared/prompts.ts';

/** A DBA's login, asked for and kept nowhere. */
export async function askDba(
  environment: Environment,
  user: string | undefined,
): Promise<{ user: string; password: string }> {
  const name = user ?? (await askText('Usuário do DBA'));
  const given = environment['GUARITA_DBA_PASSWORD'];
  const password = given ?? (await askPassword(`Senha de ${name} (não aparece e não é guardada)`));
  if (name === '') throw new GuaritaError('option-invalid', 'Sem usuário do DBA.');
  return { user: name, password };
}
