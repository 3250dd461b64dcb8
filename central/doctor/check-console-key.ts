import { existsSync } from 'node:fs';
import { failed, ok, trouble } from '../../shared/doctor/check.ts';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { isOpenToOthers } from '../../shared/private-file.ts';
import { keyProof } from '../base/access-layer/console-key.ts';
import { type SealedSecret, sealedSecrets } from '../base/access-layer/factors.ts';
import type { Questions } from '../base/base.ts';
import type { CentralConfig } from '../config.ts';
import type { Check } from './check.ts';

/** What the base has of the console's key, by which it is known again. */
export interface SealedInBase {
  /** Null where no console has served it yet. */
  readonly proof: Buffer | null;
  readonly secrets: readonly SealedSecret[];
}

export async function sealedInBase(questions: Questions): Promise<SealedInBase> {
  return { proof: await keyProof(questions), secrets: await sealedSecrets(questions) };
}

/**
 * The console's key: whether it can be used, by its owner alone, and opens what the base has. With another no console
 * starts. None is made.
 * @param sealed null where the base could not be looked into
 */
export async function checkConsoleKey(
  { console, state }: CentralConfig,
  environment: Environment,
  sealed: SealedInBase | null,
): Promise<Check> {
  const name = 'console-key';
  const { consoleKeyFile, findConsoleKey } = await import('../console/console-key.ts');
  const { isKeyOf } = await import('../console/same-key.ts');
  const { notOpened } = await import('../console/second-factor/unreadable.ts');
  const { secretKey } = console;
  const file = consoleKeyFile(state);
  try {
    const seal = findConsoleKey(secretKey, state, environment);
    if (seal === null) {
      const message = `Não há "${file}".`;
      if (sealed !== null && sealed.proof !== null) throw new GuaritaError('console-key-other', message);
      return trouble(name, null, 'warning', message, 'O primeiro início do console o cria; faça cópia dele.');
    }
    if (sealed !== null && sealed.proof !== null && !isKeyOf(seal, sealed.proof)) {
      throw new GuaritaError('console-key-other');
    }
    const named = secretKey !== undefined && 'file' in secretKey ? secretKey.file : null;
    if (named !== null && existsSync(named) && isOpenToOthers(named)) {
      const message = `Outros usuários têm acesso a "${named}".`;
      return trouble(name, null, 'warning', message, `Rode: chmod 600 "${named}"`);
    }
    const unread = sealed === null ? 0 : notOpened(sealed.secrets, seal);
    if (unread > 0) {
      const message = `De outra chave, que se perdeu, há ${unread} aplicativos autenticadores.`;
      const next =
        'Tire o segundo fator dessas pessoas ("guarita-central access factors"); elas cadastram outro.';
      return trouble(name, null, 'warning', message, next);
    }
    const where = secretKey === undefined ? `"${file}"` : '"console.secretKey"';
    const beside = sealed === null ? '; a base não pôde ser conferida' : '';
    return ok(name, null, `de ${where}${beside}`);
  } catch (error) {
    return failed(name, null, error);
  }
}
