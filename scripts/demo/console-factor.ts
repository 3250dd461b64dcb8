import { randomUUID } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { addTotp, removeFactorsOf } from '../../central/base/access-layer/factors.ts';
import { readConsoleKey } from '../../central/console/console-key.ts';
import { newTotpSecret, writtenSecret } from '../../central/console/second-factor/totp.ts';
import type { GiveFactor } from './console-people.ts';

/** An authenticator's secret for each of the example's people, sealed with the key of the console in this folder. */
export function totpIn(state: string): GiveFactor {
  const seal = readConsoleKey(undefined, state, {});
  return async (tx, person, now) => {
    await removeFactorsOf(tx, { person, why: 'ended-by-operator' }, now);
    const [id, secret] = [randomUUID(), newTotpSecret()];
    const sealed = seal.close(secret, id);
    await addTotp(tx, { id, person, name: 'Demonstração', sealed, lastStep: 0 }, now);
    const totp = new TOTP({ secret: new Secret({ buffer: Uint8Array.from(secret).buffer }) });
    return { secret: writtenSecret(secret), code: totp.generate({ timestamp: now.getTime() }) };
  };
}
