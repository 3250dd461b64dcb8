import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { decodeClientDataJSON } from '@simplewebauthn/server/helpers';
import Type, { type Static, type TObject } from 'typebox';
import Value from 'typebox/value';

/** Why an answer is none, for the audit. */
export type Refusal =
  | 'unreadable'
  | 'challenge'
  | 'origin'
  | 'attestation'
  | 'credential'
  | 'proof'
  | 'copied';

/** The longest answer there is; one with a key for RSA has about 2,000 characters. */
export const longestAnswer = 16_384;

const bytes = Type.String({ pattern: '^[A-Za-z0-9_-]{1,12000}$' });
/** 1023 bytes at most. */
const credentialId = Type.String({ pattern: '^[A-Za-z0-9_-]{1,1364}$' });
const common = { id: credentialId, rawId: credentialId, type: Type.Literal('public-key') };
const registration = Type.Object({
  ...common,
  response: Type.Object({
    ...{ clientDataJSON: bytes, attestationObject: bytes },
    transports: Type.Array(Type.String({ maxLength: 20 }), { maxItems: 10 }),
  }),
});
const authentication = Type.Object({
  ...common,
  response: Type.Object({ clientDataJSON: bytes, authenticatorData: bytes, signature: bytes }),
});

/** An answer of a browser as its form brings it, of which nothing is known yet to be true. */
export interface KeyAnswer<R> {
  readonly response: R;
  /** What it says that it was asked. */
  readonly challenge: string;
  /** Of which page it says that it is, and whether within one of another site. */
  readonly origin: string;
  readonly isFramed: boolean;
}

export function readRegistration(text: string): KeyAnswer<RegistrationResponseJSON> | null {
  const read = readAnswer(registration, text);
  if (read === null) return null;
  const { given, said } = read;
  const transports = given.response.transports.filter(isTransport);
  return {
    ...said,
    response: { ...given, response: { ...given.response, transports }, clientExtensionResults: {} },
  };
}

export function readAuthentication(text: string): KeyAnswer<AuthenticationResponseJSON> | null {
  const read = readAnswer(authentication, text);
  if (read === null) return null;
  return { ...read.said, response: { ...read.given, clientExtensionResults: {} } };
}

const transports = ['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb'] as const;

function isTransport(name: string): name is (typeof transports)[number] {
  return (transports as readonly string[]).includes(name);
}

function readAnswer<S extends TObject<{ response: TObject<{ clientDataJSON: typeof bytes }> }>>(
  schema: S,
  text: string,
): { readonly given: Static<S>; readonly said: Omit<KeyAnswer<unknown>, 'response'> } | null {
  try {
    // Only what the schema names goes on to the library.
    const given = Value.Clean(schema, JSON.parse(text));
    if (!Value.Check(schema, given)) return null;
    const { clientDataJSON } = (given as { response: { clientDataJSON: string } }).response;
    const { challenge, origin, crossOrigin, topOrigin } = decodeClientDataJSON(clientDataJSON);
    if (typeof challenge !== 'string' || typeof origin !== 'string') return null;
    const isFramed = (crossOrigin ?? false) || topOrigin !== undefined;
    return { given, said: { challenge, origin, isFramed } };
  } catch {
    // No JSON, or what it holds is none: whoever sent it knows.
    return null;
  }
}
