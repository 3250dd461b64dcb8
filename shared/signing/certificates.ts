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

/** How long a certificate lasts: less than an agreement, so it is exchanged within one, and more than once. */
export const certificateDays = 730;

/** From how many days before its end the next one is made by itself, to be told to the other side. */
export const certificateRenewalDays = 120;

/** From how many days before its end a certificate is warned of: by then the next one should long be in use. */
export const certificateWarningDays = 60;

const day = 86_400_000;

/**
 * Makes the certificate of a key: for TLS 1.3 as server and client, signing nothing but itself.
 * @param name who it is, such as `guarita-agent AL`
 */
export async function createCertificate(key: KeyPair, name: string, now = new Date()): Promise<Certificate> {
  const x509 = await loadX509();
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

/** What makes certificates: loaded when an identity is made, and then only, since it takes longer than all else does. */
export async function loadX509() {
  await import('reflect-metadata');
  return import('@peculiar/x509');
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

/** Whole days until a certificate ends; below zero when it has. */
export function certificateDaysLeft({ end }: Pick<Certificate, 'end'>, now: Date): number {
  return Math.floor((end.getTime() - now.getTime()) / day);
}

/** The certificate of a TLS peer by its fingerprint, as Node gives the peer's. */
export function peerFingerprint(raw: Buffer | undefined): string {
  return raw === undefined ? '' : hash('sha256', raw, 'hex');
}
