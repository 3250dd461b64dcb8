import { GuaritaError } from '../errors.ts';
import { type Certificate, readCertificate } from './certificates.ts';
import { readDocument } from './documents.ts';
import { overlapDays, successionSchema } from './identity.ts';

/** What a succession comes to: the certificate to accept from now on, and until when the signer is accepted beside it. */
export interface Successor {
  readonly certificate: Certificate;
  /** Thumbprint of the key that named it. */
  readonly of: string;
  readonly until: Date;
}

const day = 86_400_000;

/**
 * Reads a succession of keys, which only one of `believed` can have signed. The overlap that it asks for is granted up
 * to `overlapDays` from now: a key that is given up does not stay good because it says so.
 * Throws `document-unreadable`, `-altered`, `-foreign` for one by another key, `-expired`, `certificate-unreadable`.
 */
export function readSuccession(text: string, believed: readonly string[], now: Date): Successor {
  const { document, key } = readDocument(text, successionSchema, 'guarita-succession');
  if (!believed.includes(key.thumbprint)) throw new GuaritaError('document-foreign', 'guarita-succession.');
  const asked = Date.parse(document.until);
  if (!(asked > now.getTime())) throw new GuaritaError('document-expired', 'guarita-succession.');
  const until = new Date(Math.min(asked, now.getTime() + overlapDays * day));
  return { certificate: readCertificate(document.certificate), of: key.thumbprint, until };
}
