import { hash, timingSafeEqual } from 'node:crypto';
import { parseDictionary, serializeDictionary } from 'structured-headers';

/** `Content-Digest` (RFC 9530) of the bytes as sent. */
export function contentDigest(body: Uint8Array): string {
  const digest = hash('sha256', body, 'buffer');
  return serializeDictionary({ 'sha-256': new Uint8Array(digest).buffer });
}

/** Whether the header holds the SHA-256 of the body. */
export function matchesContentDigest(header: string, body: Uint8Array): boolean {
  const stated = sha256Of(header);
  return stated !== null && timingSafeEqual(stated, hash('sha256', body, 'buffer'));
}

function sha256Of(header: string): Buffer | null {
  try {
    const value: unknown = parseDictionary(header).get('sha-256')?.[0];
    const bytes = value instanceof ArrayBuffer ? Buffer.from(value) : null;
    return bytes?.length === 32 ? bytes : null;
  } catch {
    return null;
  }
}
