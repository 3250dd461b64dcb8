import { readFileSync } from 'node:fs';
import { CompactEncrypt, type CryptoKey, compactDecrypt, importJWK, type JWK } from 'jose';
import Type from 'typebox';
import Value from 'typebox/value';
import { GuaritaError } from '../../shared/errors.ts';
import { isOpenToOthers } from '../../shared/private-file.ts';

/** JWE (RFC 7516): whoever seals needs the auditor's public key alone, and cannot open it again. */
const algorithms = { alg: 'ECDH-ES', enc: 'A256GCM' } as const;

/** Curves of the auditor's key. */
const curves = ['P-256', 'P-384', 'P-521', 'X25519'];

const contentSchema = Type.Object({ salt: Type.String(), terms: Type.String() });

/** What was asked for, with the salt of its digest in the entry. */
export interface Terms {
  readonly salt: string;
  readonly terms: string;
}

export type Seal = (terms: Terms) => Promise<string>;
export type Open = (sealed: string) => Promise<Terms | null>;

/** Seals for whoever has the other half of this key, a JWK file. Throws `key-unreadable`. */
export async function sealFor(file: string): Promise<Seal> {
  const { kid, ...jwk } = readJwk(file);
  // A private key in the configuration would undo what it is for.
  if (jwk.d !== undefined) throw new GuaritaError('key-unreadable', `"${file}" é uma chave privada.`);
  const key = await imported(file, jwk);
  const header = { ...algorithms, ...(kid !== undefined && { kid }) };
  return ({ salt, terms }) =>
    new CompactEncrypt(new TextEncoder().encode(JSON.stringify({ salt, terms })))
      .setProtectedHeader(header)
      .encrypt(key);
}

/** Opens what was sealed for this private key; null for what was not. Throws `key-unreadable`. */
export async function openWith(file: string): Promise<Open> {
  const jwk = readJwk(file);
  if (jwk.d === undefined) throw new GuaritaError('key-unreadable', `"${file}" não é uma chave privada.`);
  if (isOpenToOthers(file))
    throw new GuaritaError('key-unreadable', `Outros usuários têm acesso a "${file}" (chmod 600).`);
  const key = await imported(file, jwk);
  return async (sealed) => {
    try {
      const { plaintext } = await compactDecrypt(sealed, key, {
        keyManagementAlgorithms: [algorithms.alg],
        contentEncryptionAlgorithms: [algorithms.enc],
      });
      const content: unknown = JSON.parse(new TextDecoder().decode(plaintext));
      return Value.Check(contentSchema, content) ? content : null;
    } catch {
      return null;
    }
  };
}

function readJwk(file: string): JWK {
  try {
    const jwk = JSON.parse(readFileSync(file, 'utf8')) as JWK;
    if (curves.includes(jwk.crv ?? '')) return jwk;
  } catch (error) {
    throw new GuaritaError('key-unreadable', `Arquivo "${file}".`, {
      cause: (error as NodeJS.ErrnoException).code,
    });
  }
  throw new GuaritaError('key-unreadable', `Arquivo "${file}": ${curves.join(', ')}.`);
}

async function imported(file: string, jwk: JWK): Promise<CryptoKey> {
  try {
    return (await importJWK({ ...jwk, ext: false }, algorithms.alg)) as CryptoKey;
  } catch (error) {
    throw new GuaritaError('key-unreadable', `Arquivo "${file}".`, { cause: error });
  }
}
