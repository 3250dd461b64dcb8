import { TLSSocket } from 'node:tls';
import type { ClientBase } from 'pg';
import { peerFingerprint } from '../../signing/certificates.ts';

/** SHA-256 of the certificate that the server showed, in hexadecimal; null where nothing is encrypted. */
export function peerCertificate(client: ClientBase): string | null {
  // Of a pooled client, whose type does not tell of its connection.
  const { stream } = (client as unknown as { readonly connection: { readonly stream: unknown } }).connection;
  return stream instanceof TLSSocket ? peerFingerprint(stream.getPeerCertificate().raw) : null;
}
