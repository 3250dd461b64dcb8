import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret, type SecretReference } from '../../shared/options/secrets.ts';
import { createPrivateFile, isOpenToOthers } from '../../shared/private-file.ts';
import { type Seal, sealWith } from './seal.ts';

/** Where the key is, unless the configuration names another place. */
export function consoleKeyFile(state: string): string {
  return join(state, 'console-key');
}

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
  const found = findConsoleKey(reference, state, environment);
  if (found !== null) return found;
  const file = consoleKeyFile(state);
  createPrivateFile(file, `${randomBytes(32).toString('hex')}\n`);
  return sealOfFile(file);
}

/** The same; null where there is none yet, and none is made. Throws `console-key-unreadable`, `secret-missing`. */
export function findConsoleKey(
  reference: SecretReference | undefined,
  state: string,
  environment: Environment,
): Seal | null {
  const given = readSecret(reference, environment);
  if (given !== null) return sealOf(given, 'Opção "console.secretKey".');
  const file = consoleKeyFile(state);
  return existsSync(file) ? sealOfFile(file) : null;
}

function sealOfFile(file: string): Seal {
  try {
    if (isOpenToOthers(file)) {
      throw new GuaritaError('console-key-unreadable', `Outros usuários têm acesso a "${file}" (chmod 600).`);
    }
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
