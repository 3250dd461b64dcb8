import { writeFileSync } from 'node:fs';
import { createCertificate } from '../../shared/signing/certificates.ts';
import { type Identity, IdentityFiles } from '../../shared/signing/identity.ts';
import { generateKeyPair } from '../../shared/signing/keys.ts';

/**
 * Puts an identity into a key file, as the program made it some days ago.
 * @param file of the key (`agent.key.jwk`, `central.key.jwk`)
 */
export async function agedIdentity(file: string, name: string, days: number): Promise<Identity> {
  const key = generateKeyPair();
  const made = new Date(Date.now() - days * 86_400_000);
  const certificate = await createCertificate(key, name, made);
  const x5c = [certificate.pem.replace(/-----[^-]+-----|\s/g, '')];
  const jwk = key.privateKeyObject.export({ format: 'jwk' });
  writeFileSync(file, JSON.stringify({ ...jwk, x5c }), { mode: 0o600 });
  return new IdentityFiles(file, name).current();
}
