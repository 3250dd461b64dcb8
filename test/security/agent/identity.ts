import { createCertificate } from '../../../shared/signing/certificates.ts';
import type { Identity } from '../../../shared/signing/identity.ts';
import { generateKeyPair } from '../../../shared/signing/keys.ts';

/** A new key, with a certificate in this name. */
export async function identity(name: string): Promise<Identity> {
  const key = generateKeyPair();
  return { key, certificate: await createCertificate(key, name) };
}
