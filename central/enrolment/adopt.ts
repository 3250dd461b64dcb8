import type { CentralConfig } from '../config.ts';
import { centralIdentities } from '../identities.ts';
import { enrolledFile, enrolledNames, readEnrolled } from './enrolled-source.ts';

/**
 * Central's next identity takes the place of the present one once every enrolled state whose agreement goes on knows
 * it, or once the present certificate is over: whoever does not know the next one then can be asked by neither, and is
 * enrolled again. Returns the states that do not know it yet; none when there is nothing on its way.
 */
export async function adoptWhenKnown(config: CentralConfig, now = new Date()): Promise<string[]> {
  const identities = centralIdentities(config);
  const next = await identities.next();
  if (next === null) return [];
  // As they are now: a state may have been enrolled since the configuration was read.
  const waiting = enrolledNames(config.state).filter((uf) => {
    const { centralKey, ended } = readEnrolled(enrolledFile(config.state, uf));
    return ended === null && centralKey !== next.key.thumbprint;
  });
  const isOver = (await identities.current()).certificate.end <= now;
  if (waiting.length === 0 || isOver) await identities.adopt(now);
  return waiting;
}
