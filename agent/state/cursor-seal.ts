import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { GuaritaError } from '../../shared/errors.ts';
import type { StateFile } from '../../shared/state-file.ts';

const algorithm = 'aes-256-gcm';
const secretBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/**
 * Makes cursors opaque: encrypted and authenticated (AES-256-GCM) with a secret of this agent alone. A cursor holds
 * the key of a row, which may identify a person; sealed, it can stand in URLs, receipts and checkpoints, and an
 * altered or invented one is refused.
 */
export class CursorSeal {
  readonly #secret: Buffer;

  /** Throws `state-altered` when the secret is not one that this program made. */
  constructor(db: StateFile) {
    db.prepare(`INSERT OR IGNORE INTO secret (name, value) VALUES ('cursor', ?)`).run(
      randomBytes(secretBytes),
    );
    const secret: unknown = db.prepare(`SELECT value FROM secret WHERE name = 'cursor'`).pluck().get();
    if (!Buffer.isBuffer(secret) || secret.length !== secretBytes) {
      throw new GuaritaError('state-altered', 'Secret "cursor".');
    }
    this.#secret = secret;
  }

  seal(cursor: string): string {
    const nonce = randomBytes(nonceBytes);
    const cipher = createCipheriv(algorithm, this.#secret, nonce);
    const sealed = Buffer.concat([cipher.update(cursor, 'utf8'), cipher.final()]);
    return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
  }

  /** Throws `cursor-invalid` when this agent did not seal it. */
  open(text: string): string {
    const bytes = Buffer.from(text, 'base64url');
    // Node's decoder passes over what does not belong there.
    if (bytes.toString('base64url') !== text) throw new GuaritaError('cursor-invalid');
    try {
      const decipher = createDecipheriv(algorithm, this.#secret, bytes.subarray(0, nonceBytes), {
        authTagLength: tagBytes,
      });
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      return (
        decipher.update(bytes.subarray(nonceBytes + tagBytes), undefined, 'utf8') + decipher.final('utf8')
      );
    } catch (error) {
      throw new GuaritaError('cursor-invalid', '', { cause: error });
    }
  }
}
