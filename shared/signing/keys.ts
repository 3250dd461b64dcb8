import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  hash,
  type JsonWebKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { GuaritaError } from '../errors.ts';
import { createPrivateFile, isOpenToOthers } from '../private-file.ts';
import { readTextFile } from '../text-file.ts';

/** The public half of an Ed25519 key, as JWK (RFC 8037 section 2). */
interface PublicJwk {
  readonly kty: 'OKP';
  readonly crv: 'Ed25519';
  readonly x: string;
}

export interface PublicKey {
  readonly jwk: PublicJwk;
  /** JWK thumbprint (RFC 7638): names the key in `keyid` and in a grant's `cnf.jkt`. */
  readonly thumbprint: string;
  /** The key itself, 32 bytes: `x` of the JWK. */
  readonly bytes: Buffer;
  verify(data: Uint8Array, signature: Uint8Array): boolean;
  readonly keyObject: KeyObject;
}

export interface KeyPair extends PublicKey {
  sign(data: Uint8Array): Buffer;
  readonly privateKeyObject: KeyObject;
}

/** Throws `key-unreadable` when the value is no Ed25519 public JWK. */
export function publicKey(jwk: unknown): PublicKey {
  const { kty, crv, x } = (typeof jwk === 'object' && jwk !== null ? jwk : {}) as Record<string, unknown>;
  if (kty !== 'OKP' || crv !== 'Ed25519' || typeof x !== 'string') {
    throw new GuaritaError('key-unreadable', 'Não é uma JWK Ed25519.');
  }
  try {
    const keyObject = createPublicKey({ key: { kty, crv, x }, format: 'jwk' });
    return withPublic({ kty, crv, x }, keyObject);
  } catch (error) {
    throw new GuaritaError('key-unreadable', '', { cause: error });
  }
}

/** A key of which the 32 bytes alone were kept. Throws `key-unreadable`. */
export function publicKeyOf(bytes: Uint8Array): PublicKey {
  return publicKey({ kty: 'OKP', crv: 'Ed25519', x: Buffer.from(bytes).toString('base64url') });
}

export function generateKeyPair(): KeyPair {
  return pairOf(generateKeyPairSync('ed25519').privateKey);
}

/** Reads a public JWK file. Throws `key-unreadable`, `text-unreadable`, naming the file. */
export function readPublicKey(file: string): PublicKey {
  return withFile(file, () => publicKey(JSON.parse(readTextFile(file))));
}

/**
 * Reads the private JWK file, or makes it (mode 0600) when there is none. Refuses one that others can read.
 * The new file appears whole or not at all, and never in the place of another.
 * Throws `key-unreadable`, and `state-unwritable` when the file cannot be made.
 */
export function readOrCreateKeyPair(file: string): KeyPair {
  if (!existsSync(file)) {
    const jwk = generateKeyPair().privateKeyObject.export({ format: 'jwk' });
    createPrivateFile(file, `${JSON.stringify(jwk)}\n`);
  }
  return withFile(file, () => {
    if (isOpenToOthers(file)) {
      throw new GuaritaError('key-unreadable', `Outros usuários têm acesso a "${file}" (chmod 600).`);
    }
    return keyPair(JSON.parse(readFileSync(file, 'utf8')));
  });
}

/** Throws `key-unreadable` when the value is no Ed25519 private JWK. */
export function keyPair(jwk: unknown): KeyPair {
  publicKey(jwk);
  try {
    return pairOf(createPrivateKey({ key: jwk as JsonWebKey, format: 'jwk' }));
  } catch (error) {
    throw new GuaritaError('key-unreadable', '', { cause: error });
  }
}

function pairOf(privateKeyObject: KeyObject): KeyPair {
  const keyObject = createPublicKey(privateKeyObject);
  const { x = '' } = keyObject.export({ format: 'jwk' });
  return {
    ...withPublic({ kty: 'OKP', crv: 'Ed25519', x }, keyObject),
    privateKeyObject,
    sign: (data) => sign(null, data, privateKeyObject),
  };
}

function withPublic(jwk: PublicJwk, keyObject: KeyObject): PublicKey {
  // RFC 7638 section 3: the required members in lexicographic order, without spaces.
  const thumbprint = hash('sha256', JSON.stringify({ crv: jwk.crv, kty: jwk.kty, x: jwk.x }), 'base64url');
  return {
    jwk,
    thumbprint,
    bytes: Buffer.from(jwk.x, 'base64url'),
    keyObject,
    verify: (data, signature) => verify(null, data, keyObject, signature),
  };
}

function withFile<T>(file: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof GuaritaError && error.detail.includes(file)) throw error;
    throw new GuaritaError('key-unreadable', `Arquivo "${file}".`, { cause: error });
  }
}
