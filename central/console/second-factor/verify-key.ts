import {
  type AuthenticationResponseJSON,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { decodeAttestationObject, isoBase64URL } from '@simplewebauthn/server/helpers';
import type { Credential } from '../../base/access-layer/factors.ts';
import type { KeyAnswer, Refusal } from './key-answer.ts';
import { algorithms } from './key-options.ts';
import type { RelyingParty } from './relying-party.ts';

export interface Refused {
  readonly refused: Refusal;
}

/** A key as it registers. */
export type NewKey = Omit<Credential, 'id'>;

/** Whether a browser answered as a key does that is to be registered. Whoever asks has taken the challenge already. */
export async function verifyNewKey(
  { response, challenge, origin, isFramed }: KeyAnswer<RegistrationResponseJSON>,
  rp: RelyingParty,
): Promise<NewKey | Refused> {
  if (origin !== rp.origin || isFramed) return { refused: 'origin' };
  // Before the library looks at it: of what others attest it would fetch addresses that stand in the answer.
  if (!hasNoAttestation(response)) return { refused: 'attestation' };
  const verified = await orNull(
    verifyRegistrationResponse({
      ...{ response, expectedChallenge: challenge, expectedOrigin: rp.origin, expectedRPID: rp.id },
      ...{ requireUserVerification: true, supportedAlgorithmIDs: algorithms },
    }),
  );
  if (verified?.verified !== true) return { refused: 'proof' };
  const { id, publicKey, counter, transports = [] } = verified.registrationInfo.credential;
  // The browser names the key beside what the key says; the library compares them nowhere.
  if (id !== response.id) return { refused: 'credential' };
  return { credential: id, publicKey: Buffer.from(publicKey), count: counter, transports };
}

/**
 * Which of somebody's keys a browser showed, and how often that says that it was used. Whether this is more than before is
 * for whoever writes it down to see, of what is verified: told by anybody, it would have others' keys blocked.
 */
export async function verifyKey(
  { response, challenge, origin, isFramed }: KeyAnswer<AuthenticationResponseJSON>,
  rp: RelyingParty,
  held: readonly Credential[],
): Promise<{ readonly id: string; readonly count: number } | Refused> {
  if (origin !== rp.origin || isFramed) return { refused: 'origin' };
  const key = held.find(({ credential }) => credential === response.id);
  if (key === undefined) return { refused: 'credential' };
  const verified = await orNull(
    verifyAuthenticationResponse({
      ...{ response, expectedChallenge: challenge, expectedOrigin: rp.origin, expectedRPID: rp.id },
      credential: { id: key.credential, publicKey: Uint8Array.from(key.publicKey), counter: 0 },
      requireUserVerification: true,
    }),
  );
  if (verified?.verified !== true) return { refused: 'proof' };
  return { id: key.id, count: verified.authenticationInfo.newCounter };
}

function hasNoAttestation({ response }: RegistrationResponseJSON): boolean {
  try {
    return decodeAttestationObject(isoBase64URL.toBuffer(response.attestationObject)).get('fmt') === 'none';
  } catch {
    return false;
  }
}

/** The library throws at whatever is wrong, in words that quote the answer: they go nowhere. */
async function orNull<T>(verified: Promise<T>): Promise<T | null> {
  try {
    return await verified;
  } catch {
    return null;
  }
}
