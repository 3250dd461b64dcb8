import type { StateFile } from '../../shared/state-file.ts';
import { stateError } from '../../shared/state-file.ts';

/** Nonces already used, kept on disk until they expire, so that a restart does not let a request be replayed. */
export class NonceStore {
  readonly #use: (keyid: string, nonce: string, expires: number, now: number) => boolean;

  constructor(db: StateFile) {
    const forget = db.prepare('DELETE FROM nonce WHERE expires < ?');
    const insert = db.prepare('INSERT OR IGNORE INTO nonce (keyid, nonce, expires) VALUES (?, ?, ?)');
    this.#use = db.transaction((keyid: string, nonce: string, expires: number, now: number) => {
      forget.run(now);
      return insert.run(keyid, nonce, expires).changes === 1;
    });
  }

  /**
   * Takes a nonce; false when it was taken before. Times in seconds since 1970.
   * @param expires until when the request could still be accepted. Throws `state-unwritable`.
   */
  use(keyid: string, nonce: string, expires: number, now: number): boolean {
    try {
      return this.#use(keyid, nonce, expires, now);
    } catch (error) {
      throw stateError(error, 'nonces');
    }
  }
}
