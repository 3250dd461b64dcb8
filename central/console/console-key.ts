import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret, type SecretReference } from '../../shared/options/secrets.ts';
import { createPrivateFile, isOpenToOthers } from '../../shared/private-file.ts';
import { type Seal, sealWith } from './seal.ts';

/**
 * The seal of the console's key: 32 bytes as 64 hexadecimal digits, of the configuration, or of the file `console-key` in
 * central's folder, which is made where there is none. Two consoles of one base have the same.
 * Throws `console-key-unreadable`, `secret-missing`, `state-unwritable`.
 */
export function readConsoleKey(
  reference: SecretReference | undefined,
  state: string,
  environment: Environment,
): Seal {
  const given = readSecret(reference, environment);
  if (given !== null) return sealOf(given, 'Opção "console.secretKey".');
  const file = join(state, 'console-key');
  createPrivateFile(file, `${randomBytes(32).toString('hex')}\n`);
  if (isOpenToOthers(file)) {
    throw new GuaritaError('console-key-unreadable', `Outros usuários têm acesso a "${file}" (chmod 600).`);
  }
  try {
    return sealOf(readFileSync(file, 'utf8'), `Arquivo "${file}".`);
  } catch (error) {
    if (error instanceof GuaritaError) throw error;
    throw new GuaritaError('console-key-unreadable', `Arquivo "${file}".`, { cause: error });
  }
}

function sealOf(text: string, where: string): Seal {
  const digits = text.trim();
  if (!/^[0-9a-f]{64}$/i.test(digits)) throw new GuaritaError('console-key-unreadable', where);
  return sealWith(Buffer.from(digits, 'hex'));
}
