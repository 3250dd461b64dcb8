import {
  type AuthenticatorTransport,
  generateAuthenticationOptions,
  generateRegistrationOptions,
} from '@simplewebauthn/server';
import type { Credential } from '../../base/access-layer/factors.ts';
import type { RelyingParty } from './relying-party.ts';

/** ES256, RS256, EdDSA, by name: the library would find out what this Node knows, and warn of it. */
export const algorithms = [-7, -257, -8];
const timeout = 120_000;

/** What a browser is asked for, with what its answer is known by. */
export interface KeyOptions {
  readonly challenge: string;
  /** For the script of the page. */
  readonly json: string;
}

/** To register a key, other than those that somebody has. It has to see who holds it: a PIN, a finger. */
export async function registrationOptions(
  { id: rpID }: RelyingParty,
  person: { readonly id: string; readonly name: string },
  held: readonly Credential[],
): Promise<KeyOptions> {
  const options = await generateRegistrationOptions({
    ...{ rpName: 'Guarita', rpID, timeout, attestationType: 'none', supportedAlgorithmIDs: algorithms },
    ...{ userName: person.name, userDisplayName: person.name },
    // Random, and no other person's: it is what the key keeps of whose it is.
    userID: Uint8Array.from(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    excludeCredentials: described(held),
    // A new object each time, since the library writes into it.
    authenticatorSelection: { residentKey: 'discouraged', userVerification: 'required' },
  });
  return { challenge: options.challenge, json: JSON.stringify(options) };
}

/** To show one of these. */
export async function authenticationOptions(
  { id: rpID }: RelyingParty,
  held: readonly Credential[],
): Promise<KeyOptions> {
  const options = await generateAuthenticationOptions({
    ...{ rpID, timeout, userVerification: 'required' },
    allowCredentials: described(held),
  });
  return { challenge: options.challenge, json: JSON.stringify(options) };
}

const described = (held: readonly Credential[]) =>
  held.map(({ credential, transports }) => ({
    id: credential,
    transports: transports as AuthenticatorTransport[],
  }));
