import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { isOpenToOthers } from '../../shared/private-file.ts';
import type { AgentConfig } from '../config/config.ts';
import { ownerOf } from '../state/as-owner.ts';
import { layout } from './layout.ts';

/** A secret that systemd reads as root and hands to the service, in memory, under a name. */
export interface Credential {
  readonly name: string;
  readonly file: string;
}

/** What systemd accepts, without what would need quoting. */
const nameRule = /^[\w.-]{1,64}$/;

/**
 * The secrets of a configuration, as the service is given them. Throws `config-invalid` for one in an environment
 * variable: the service has none of those that the administrator's shell has, and a variable is seen by every child.
 */
export function credentialsOf({ source }: AgentConfig, folder: string = layout.credentials): Credential[] {
  const reference = 'password' in source ? source.password : undefined;
  if (reference === undefined) return [];
  if ('env' in reference) {
    const file = join(folder, 'db-password');
    throw new GuaritaError(
      'config-invalid',
      `source.password: o serviço não recebe variáveis de ambiente. Grave a senha em "${file}" ` +
        '(sudo, modo 600) e use { credential: db-password }.',
    );
  }
  if ('credential' in reference) {
    return [{ name: reference.credential, file: join(folder, reference.credential) }];
  }
  const name = basename(reference.file);
  if (!nameRule.test(name) || !reference.file.startsWith('/')) {
    throw new GuaritaError(
      'config-invalid',
      'source.password.file: dê o caminho completo, com nome de arquivo só de letras, números, ponto, hífen.',
    );
  }
  return [{ name, file: reference.file }];
}

/**
 * A secret is for root to read alone, and for root alone to say which it is: whoever else decides what lies there would
 * have any file handed to the service. Of those in the agent's own folders, `install` sees to it by itself.
 * Throws `secret-exposed`.
 */
export function requirePrivate(credentials: readonly Credential[], own: readonly string[]): void {
  for (const { file } of credentials) {
    if (own.includes(dirname(resolve(file))) || !existsSync(file)) continue;
    if (ownerOf(file).uid !== 0) {
      throw new GuaritaError('secret-exposed', `"${file}" é de quem não é root (chown root).`);
    }
    if (isOpenToOthers(file)) {
      throw new GuaritaError('secret-exposed', `Outros usuários têm acesso a "${file}" (chmod 600).`);
    }
  }
}

/** Outside of the service, credentials are read from where systemd takes them: by root, such as for `doctor`. */
export function withCredentials(environment: Environment): Environment {
  return { CREDENTIALS_DIRECTORY: layout.credentials, ...environment };
}
