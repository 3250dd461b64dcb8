import { asGuaritaError, type GuaritaError } from '../../shared/errors.ts';
import type { Environment } from '../../shared/options/environment.ts';
import { readSecret } from '../../shared/options/secrets.ts';
import { type AccessHealth, accessHealth } from '../base/access-layer/access-health.ts';
import { type OutboxFacts, outboxFacts } from '../base/access-layer/outbox.ts';
import type { Base, Questions } from '../base/base.ts';
import { openBaseOnServer } from '../base/open.ts';
import type { CentralConfig } from '../config.ts';

/** A base that is there answers at once; who looks at a status does not wait for as long as a load may take. */
const mostSeconds = 5;

/** How the base's server is, as far as whoever asks may know. */
export interface BaseLook {
  /** What is the matter with it; null where it answers, or nobody could ask. */
  readonly fault: GuaritaError | null;
  /** What waits there to be told to people; null where it was not asked. */
  readonly outbox: OutboxFacts | null;
  /** What is the matter with who may enter; null where it was not asked, or nobody does. */
  readonly access: AccessHealth | null;
}

const unasked: BaseLook = { fault: null, outbox: null, access: null };

/** Looks at the base's server, if there is one and whoever asks has its password. */
export async function lookAtBase(
  { base: { url, password, timeoutSeconds } }: Pick<CentralConfig, 'base'>,
  environment: Environment,
): Promise<BaseLook> {
  if (url === undefined) return unasked;
  const secret = secretOrNone(password, environment);
  // Whoever looks without it, such as a monitor, cannot tell.
  if (secret === undefined) return unasked;
  try {
    const base = openBaseOnServer('base.url', {
      ...{ url, password: secret, connections: 1 },
      timeoutSeconds: Math.min(timeoutSeconds, mostSeconds),
    });
    try {
      await base.snapshot((questions) => questions.query('SELECT 1'));
      const now = new Date();
      return {
        fault: null,
        outbox: await orNull(base, (questions) => outboxFacts(questions, now)),
        access: await orNull(base, (questions) => accessHealth(questions, now)),
      };
    } finally {
      await base.close();
    }
  } catch (error) {
    return { ...unasked, fault: asGuaritaError(error) };
  }
}

/** Null of a base that has no such tables yet. */
async function orNull<T>(base: Base, ask: (questions: Questions) => Promise<T>): Promise<T | null> {
  try {
    return await base.snapshot(ask);
  } catch {
    return null;
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
