import { hash, X509Certificate } from 'node:crypto';
import { GuaritaError } from '../errors.ts';
import { type KeyPair, type PublicKey, publicKey } from './keys.ts';

/** A certificate of one of the two sides: its own key's, signed by itself, trusted because it is pinned. */
export interface Certificate {
  readonly pem: string;
  /** SHA-256 over its DER form, hexadecimal in lower case: what is pinned. */
  readonly fingerprint: string;
  readonly key: PublicKey;
  readonly begin: Date;
  readonly end: Date;
}

/** How long a certificate lasts: rotated by hand well before, see `keys rotate`. */
export const certificateDays = 730;

const day = 86_400_000;

/**
 * Makes the certificate of a key: for TLS 1.3 as server and client, signing nothing but itself.
 * @param name who it is, such as `guarita-agent AL`
 */
export async function createCertificate(key: KeyPair, name: string, now = new Date()): Promise<Certificate> {
  // Needed when an identity is made, and then only: it takes longer to load than all else does.
  await import('reflect-metadata');
  const x509 = await import('@peculiar/x509');
  const algorithm = { name: 'Ed25519' };
  const { subtle } = globalThis.crypto;
  const privateJwk = key.privateKeyObject.export({ format: 'jwk' });
  const keys = {
    privateKey: await subtle.importKey('jwk', privateJwk, algorithm, false, ['sign']),
    publicKey: await subtle.importKey('jwk', { ...key.jwk }, algorithm, true, ['verify']),
  };
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    // With the key in its name: of two authorities with the same name OpenSSL would look at one only.
    name: `CN=${name}, OU=${key.thumbprint}`,
    // Clocks may differ a little: it is valid already for those who are behind.
    notBefore: new Date(now.getTime() - day),
    notAfter: new Date(now.getTime() + certificateDays * day),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([
        x509.ExtendedKeyUsage.serverAuth,
        x509.ExtendedKeyUsage.clientAuth,
      ]),
    ],
  });
  return readCertificate(`${certificate.toString('pem')}\n`);
}

/** Throws `certificate-unreadable` for what is no certificate of an Ed25519 key. */
export function readCertificate(pem: string): Certificate {
  try {
    const { publicKey: keyObject, raw, validFromDate, validToDate } = new X509Certificate(pem);
    return {
      pem,
      fingerprint: hash('sha256', raw, 'hex'),
      key: publicKey(keyObject.export({ format: 'jwk' })),
      begin: validFromDate,
      end: validToDate,
    };
  } catch (error) {
    throw new GuaritaError('certificate-unreadable', '', { cause: error });
  }
}

/** The certificate of a TLS peer by its fingerprint, as Node gives the peer's. */
export function peerFingerprint(raw: Buffer | undefined): string {
  return raw === undefined ? '' : hash('sha256', raw, 'hex');
}
