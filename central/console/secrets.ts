import { createHmac, hash, randomBytes, timingSafeEqual } from 'node:crypto';

/** A secret for a browser to keep: 256 bits, base64url. */
export function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** What the base keeps of a secret: SHA-256. */
export function digestOf(secret: string): Buffer {
  return hash('sha256', secret, 'buffer');
}

/** Goes along with every form of a page, made of what this browser alone holds: another site cannot send it. */
export function formTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('guarita form').digest('base64url');
}

export function isSame(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
