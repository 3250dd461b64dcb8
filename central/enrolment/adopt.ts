import { readCertificate } from '../../shared/signing/certificates.ts';
import type { CentralConfig } from '../config.ts';
import { centralIdentities } from '../identities.ts';
import { enrolledFile, enrolledNames, isDirect, readRecord } from './enrolled-source.ts';
import { openInvitations } from './invite.ts';

/** Who does not know central's next key yet. */
export interface AwaitedStates {
  readonly enrolled: readonly string[];
  /** By an invitation that may still be answered, for the present key alone. */
  readonly invited: readonly string[];
}

/**
 * Central's next identity takes the place of the present one once every enrolled state whose agreement goes on knows
 * it, and no invitation is open that names the present one; or once the present certificate is over: whoever does not
 * know the next one then can be asked by neither, and is enrolled again. Returns who does not know it yet; nobody when
 * there is nothing on its way.
 */
export async function adoptWhenKnown(config: CentralConfig, now = new Date()): Promise<AwaitedStates> {
  const identities = centralIdentities(config);
  const next = await identities.next();
  if (next === null) return { enrolled: [], invited: [] };
  const { thumbprint } = next.key;
  // As they are now: a state may have been enrolled since the configuration was read.
  const enrolled = enrolledNames(config.state).filter((uf) => {
    const record = readRecord(enrolledFile(config.state, uf));
    return record.ended === null && !isDirect(record) && record.centralKey !== thumbprint;
  });
  const invited = openInvitations(config.state)
    .filter(
      ({ expires, certificate }) =>
        Date.parse(expires) > now.getTime() && readCertificate(certificate).key.thumbprint !== thumbprint,
    )
    .map(({ uf }) => uf);
  const isOver = (await identities.current()).certificate.end <= now;
  if (enrolled.length + invited.length === 0 || isOver) await identities.adopt(now);
  return { enrolled, invited };
}
