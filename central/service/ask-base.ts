import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { openBaseOnServer } from '../base/open.ts';
import type { CentralConfig } from '../config.ts';

/** A base that is there answers at once; who looks at a status does not wait for as long as a load may take. */
const mostSeconds = 5;

/**
 * What is the matter with the base's server, asked for nothing but whether it answers; null where it does, where there is
 * none, or where whoever asks has not its password.
 */
export async function baseFault(
  { base: { url, password, timeoutSeconds } }: Pick<CentralConfig, 'base'>,
  environment: Environment,
): Promise<GuaritaError | null> {
  if (url === undefined) return null;
  const secret = secretOrNone(password, environment);
  // Whoever looks without it, such as a monitor, cannot tell.
  if (secret === undefined) return null;
  try {
    const base = openBaseOnServer('base.url', {
      ...{ url, password: secret, connections: 1 },
      timeoutSeconds: Math.min(timeoutSeconds, mostSeconds),
    });
    try {
      await base.snapshot((questions) => questions.query('SELECT 1'));
      return null;
    } finally {
      await base.close();
    }
  } catch (error) {
    return asGuaritaError(error);
  }
}

/** Undefined where there is one that whoever asks has not. */
function secretOrNone(
  password: CentralConfig['base']['password'],
  environment: Environment,
): string | null | undefined {
  try {
    return readSecret(password, environment);
  } catch {
    return undefined;
  }
}
