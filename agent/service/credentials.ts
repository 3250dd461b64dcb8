import { basename, join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import type { AgentConfig } from '../config/config.ts';
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

/** Outside of the service, credentials are read from where systemd takes them: by root, such as for `doctor`. */
export function withCredentials(environment: Environment): Environment {
  return { CREDENTIALS_DIRECTORY: layout.credentials, ...environment };
}
