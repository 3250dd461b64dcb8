import { createCipheriv, createDecipheriv, createSecretKey, type KeyObject, randomBytes } from 'node:crypto';
import { GuaritaError } from '../../shared/errors.ts';

/** Seals what the base keeps of secrets that have to be read again, so that the base alone tells nobody. */
export interface Seal {
  /** @param to the id of what it belongs to: put beside another one it does not open */
  close(secret: Uint8Array, to: string): Buffer;
  /** Throws `console-key-other` where it was sealed with another key, or for something else. */
  open(sealed: Uint8Array, to: string): Buffer;
}

const nonceBytes = 12;
const tagBytes = 16;

/** AES-256-GCM: nonce, tag, and what is sealed. @param key 32 bytes */
export function sealWith(key: Uint8Array): Seal {
  // As an object, it is in no log and no message.
  const object: KeyObject = createSecretKey(key);
  return {
    close(secret, to) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', object, nonce).setAAD(Buffer.from(to));
      const closed = Buffer.concat([cipher.update(secret), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), closed]);
    },
    open(sealed, to) {
      const nonce = sealed.subarray(0, nonceBytes);
      const tag = sealed.subarray(nonceBytes, nonceBytes + tagBytes);
      try {
        const decipher = createDecipheriv('aes-256-gcm', object, nonce, { authTagLength: tagBytes });
        decipher.setAAD(Buffer.from(to)).setAuthTag(tag);
        return Buffer.concat([decipher.update(sealed.subarray(nonceBytes + tagBytes)), decipher.final()]);
      } catch (error) {
        throw new GuaritaError('console-key-other', '', { cause: error });
      }
    },
  };
}

/** What was sealed; null where it was with another key, or for something else. */
export function opens(seal: Seal, sealed: Uint8Array, to: string): Buffer | null {
  try {
    return seal.open(sealed, to);
  } catch (error) {
    if (error instanceof GuaritaError && error.code === 'console-key-other') return null;
    throw error;
  }
}
