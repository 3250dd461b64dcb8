import { join } from 'node:path';
import { GuaritaError } from '../../shared/errors.ts';
import type { Base } from './base.ts';
import { PostgresBase } from './postgres.ts';

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
  try {
    return new PostgresBase({ ...options, url });
  } catch (error) {
    throw new GuaritaError('config-invalid', 'base.url: não é um endereço.', { cause: error });
  }
}
