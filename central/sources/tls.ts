import type { PeerCertificate } from 'node:tls';
import { GuaritaError } from '../../shared/errors.ts';
import { type Certificate, peerFingerprint } from '../../shared/signing/certificates.ts';
import type { Identity } from '../../shared/signing/identity.ts';

/** Mutual TLS with an agent: as whom central comes, and which certificates the agent may show. */
export interface AgentTls {
  readonly identity: Identity;
  readonly certificates: readonly Certificate[];
}

/**
 * How undici connects: TLS 1.3, and only to who shows one of the pinned certificates. Each is its own authority, so
 * that the handshake itself refuses others; the fingerprint is compared besides, in the place of the host's name, which
 * these certificates do not hold.
 */
export function tlsConnectOptions({ identity, certificates }: AgentTls) {
  const { key, certificate } = identity;
  const pinned = new Set(certificates.map(({ fingerprint }) => fingerprint));
  return {
    minVersion: 'TLSv1.3',
    key: key.privateKeyObject.export({ type: 'pkcs8', format: 'pem' }),
    cert: certificate.pem,
    ca: certificates.map(({ pem }) => pem),
    rejectUnauthorized: true,
    checkServerIdentity: (_host: string, { raw }: PeerCertificate) =>
      pinned.has(peerFingerprint(raw)) ? undefined : new GuaritaError('certificate-unknown'),
  } as const;
}

/** Codes of Node when the chain of a peer's certificate ends with none that is pinned, or it is not valid yet. */
const certificateFaults: ReadonlySet<string> = new Set([
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
]);

/** Code of Node when a peer shows one that is pinned, and over. */
export const certificateOver = 'CERT_HAS_EXPIRED';

/** Throws `certificate-expired` when central's own is over: the agent would hang up, and not say why. */
export function requireCurrent({ identity }: AgentTls, now: Date): void {
  const { end } = identity.certificate;
  if (end > now) return;
  throw new GuaritaError('certificate-expired', `O da central, em ${end.toISOString()}.`);
}

/** Whether a connection failed because the agent showed a certificate that is not pinned. */
export function isCertificateFault(code: unknown): boolean {
  return typeof code === 'string' && certificateFaults.has(code);
}
