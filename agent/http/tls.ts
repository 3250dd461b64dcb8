import type { Server } from 'node:https';
import type { SecureContextOptions, TlsOptions } from 'node:tls';
import type { AgentHome } from '../home.ts';

type Known = Pick<AgentHome, 'clientKeys' | 'identity'>;

/**
 * TLS 1.3, mutual: the agent shows its own certificate, and speaks only to who shows one that was pinned. A pinned
 * certificate is its own authority, so that the handshake itself refuses every other.
 */
export function tlsOptions(home: Known, now: number): TlsOptions {
  return {
    ...contextOptions(home, now),
    requestCert: true,
    rejectUnauthorized: true,
    handshakeTimeout: 10_000,
  };
}

/** From now on the present identity is shown, and the pins of now count; connections that are open stay. */
export function renewTls(server: Server, home: Known, now: number): void {
  server.setSecureContext(contextOptions(home, now));
}

function contextOptions({ identity, clientKeys }: Known, now: number): SecureContextOptions {
  const { key, certificate } = identity();
  const pins = clientKeys.all(now).flatMap((client) => client.certificate?.pem ?? []);
  return {
    minVersion: 'TLSv1.3',
    key: key.privateKeyObject.export({ type: 'pkcs8', format: 'pem' }),
    cert: certificate.pem,
    // Without any pin nobody is let in: an empty list would mean the public authorities.
    ca: pins.length === 0 ? [certificate.pem] : pins,
  };
}
