import { randomBytes } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

/** What every authenticator app knows (RFC 6238): some take no other. */
const settings = { algorithm: 'SHA1', digits: 6, period: 30 } as const;
const issuer = 'Guarita';

/** 160 bits, as RFC 4226 asks. */
export function newTotpSecret(): Buffer {
  return randomBytes(20);
}

/** `otpauth://totp/…`, which an app reads from a QR code. @param label by which its person knows it among others */
export function totpAddress(secret: Uint8Array, label: string): string {
  return new TOTP({ ...settings, issuer, label, secret: secretOf(secret) }).toString();
}

/** To be typed in: base32, in groups of four. */
export function writtenSecret(secret: Uint8Array): string {
  return secretOf(secret).base32.replace(/(.{4})(?=.)/g, '$1 ');
}

/** What was typed in as a code, without the spaces that apps show; null where it cannot be one. */
export function typedCode(typed: string): string | null {
  const code = typed.replace(/\s/g, '');
  // Other digits than these the library answers by an error that is none of ours.
  return /^[0-9]{6}$/.test(code) ? code : null;
}

/** The step (30 seconds) whose code this is, of the present one and those beside it; null where it is of none. */
export function stepOf(secret: Uint8Array, code: string, now: Date): number | null {
  const timestamp = now.getTime();
  const delta = TOTP.validate({ ...settings, token: code, secret: secretOf(secret), timestamp, window: 1 });
  return delta === null ? null : TOTP.counter({ period: settings.period, timestamp }) + delta;
}

function secretOf(bytes: Uint8Array): Secret {
  return new Secret({ buffer: Uint8Array.from(bytes).buffer });
}
