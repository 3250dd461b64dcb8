import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Base } from './base.ts';
import { PostgresBase, type PostgresBaseOptions } from './postgres.ts';

export interface OpenBaseOptions {
  /** Address of a PostgreSQL server; null for the one in process. */
  readonly url: string | null;
  readonly password: string | null;
  readonly folder: string;
  readonly connections: number;
  readonly timeoutSeconds: number;
}

export async function openBase(options: OpenBaseOptions): Promise<Base> {
  const { url } = options;
  if (url === null) {
    // Its program is large: loaded only where there is no server.
    const { PGliteBase } = await import('./pglite.ts');
    return PGliteBase.open(join(options.folder, 'base'));
  }
  return openBaseOnServer('base.url', { ...options, url });
}

/** @param option the address's name in the configuration. Throws `config-invalid` where it is no address. */
export function openBaseOnServer(option: string, options: PostgresBaseOptions): Base {
  try {
    return new PostgresBase(options);
  } catch (error) {
    throw new GuaritaError('config-invalid', `${option}: não é um endereço.`, { cause: error });
  }
}
