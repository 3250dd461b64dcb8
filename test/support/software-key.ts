import { generateKeyPairSync, hash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';

/** What an answer says otherwise than an honest browser and key would. */
export interface Otherwise {
  readonly origin?: string;
  readonly challenge?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly crossOrigin?: boolean;
  readonly fmt?: string;
  readonly attStmt?: ReadonlyMap<string, unknown>;
  /** Whether the key saw who holds it: a PIN, a finger. */
  readonly isVerified?: boolean;
  readonly count?: number;
  readonly algorithm?: number;
  /** As which key it shows itself. */
  readonly id?: string;
  readonly signature?: Buffer;
}

interface CreationOptions {
  readonly challenge: string;
  readonly rp: { readonly id: string };
}

interface RequestOptions {
  readonly challenge: string;
  readonly rpId: string;
}

/** A key as WebAuthn knows it, with the browser before it: ES256, of the name of a site. */
export class SoftwareKey {
  readonly id: string;
  /** How often it was used; a synced one always says 0. */
  count = 0;
  readonly #isSynced: boolean;
  readonly #private: KeyObject;
  readonly #public: KeyObject;

  constructor({ isSynced = false }: { readonly isSynced?: boolean } = {}) {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    this.#private = privateKey;
    this.#public = publicKey;
    this.#isSynced = isSynced;
    this.id = randomBytes(16).toString('base64url');
  }

  /** The answer to a page's options to register one, as the page's form sends it. */
  register(options: string, origin: string, otherwise: Otherwise = {}): string {
    const { challenge, rp } = JSON.parse(options) as CreationOptions;
    const clientData = clientDataOf('webauthn.create', challenge, origin, otherwise);
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    const authData = Buffer.concat([
      this.#authenticatorData(rp.id, 0x40, otherwise),
      ...[Buffer.alloc(16), length, id, this.#coseKey(otherwise.algorithm ?? -7)],
    ]);
    const { fmt = 'none', attStmt = new Map() } = otherwise;
    const attestation = isoCBOR.encode(
      new Map<string, unknown>([
        ['fmt', fmt],
        ['attStmt', attStmt],
        ['authData', Uint8Array.from(authData)],
      ]) as never,
    );
    return this.#answer(otherwise, {
      ...{ clientDataJSON: base64url(clientData), attestationObject: base64url(attestation) },
      transports: ['usb', 'carrier-pigeon'],
    });
  }

  /** The answer to a page's options to show one. */
  show(options: string, origin: string, otherwise: Otherwise = {}): string {
    const { challenge, rpId } = JSON.parse(options) as RequestOptions;
    if (!this.#isSynced) this.count += 1;
    const clientData = clientDataOf('webauthn.get', challenge, origin, otherwise);
    const authData = this.#authenticatorData(rpId, 0, otherwise);
    const signed = Buffer.concat([authData, hash('sha256', clientData, 'buffer')]);
    const { signature = sign('sha256', signed, this.#private) } = otherwise;
    return this.#answer(otherwise, {
      ...{ clientDataJSON: base64url(clientData), authenticatorData: base64url(authData) },
      signature: base64url(signature),
    });
  }

  #answer({ id = this.id }: Otherwise, response: object): string {
    return JSON.stringify({ id, rawId: id, type: 'public-key', response });
  }

  #authenticatorData(rpId: string, flags: number, otherwise: Otherwise): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(otherwise.count ?? this.count);
    const verified = otherwise.isVerified === false ? 0 : 0x04;
    const name = hash('sha256', otherwise.rpId ?? rpId, 'buffer');
    return Buffer.concat([name, Buffer.from([flags | 0x01 | verified]), count]);
  }

  #coseKey(algorithm: number): Uint8Array {
    const { x = '', y = '' } = this.#public.export({ format: 'jwk' });
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64url'));
    return isoCBOR.encode(
      new Map<number, unknown>([
        ...([
          [1, 2],
          [3, algorithm],
          [-1, 1],
        ] as const),
        ...([
          [-2, bytes(x)],
          [-3, bytes(y)],
        ] as const),
      ]) as never,
    );
  }
}

function clientDataOf(type: string, challenge: string, origin: string, otherwise: Otherwise): Buffer {
  const { crossOrigin = false } = otherwise;
  return Buffer.from(
    JSON.stringify({
      type: otherwise.type ?? type,
      challenge: otherwise.challenge ?? challenge,
      origin: otherwise.origin ?? origin,
      crossOrigin,
    }),
  );
}

function base64url(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}
