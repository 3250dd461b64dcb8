import { type StateFile, stateError } from '../../shared/state-file.ts';

interface Used {
  readonly keyid: string;
  readonly nonce: string;
  readonly expires: number;
}

/** Seconds for which a request could be accepted at most, with what two clocks may differ; by no clock that can jump. */
const leastSeconds = 150;

/**
 * Nonces already used, kept on disk until they expire, so that a restart does not let a request be replayed. None is
 * forgotten before it was kept for as long as a request lives, by a clock that nobody sets: one that jumps ahead and back
 * would bring to life again what was forgotten in between. After a restart that time begins anew.
 */
export class NonceStore {
  readonly #use: (used: Used, now: number) => boolean;
  /** The earliest first, with since when it is known. */
  readonly #kept: (Used & { readonly since: number })[];
  readonly #uptime: () => number;

  /** @param uptime seconds by a clock that only goes on */
  constructor(db: StateFile, uptime: () => number = () => performance.now() / 1000) {
    this.#uptime = uptime;
    const rows: unknown[] = db.prepare('SELECT keyid, nonce, expires FROM nonce').all();
    this.#kept = (rows as Used[]).map((used) => ({ ...used, since: uptime() }));
    const forget = db.prepare('DELETE FROM nonce WHERE keyid = @keyid AND nonce = @nonce');
    const insert = db.prepare(
      'INSERT OR IGNORE INTO nonce (keyid, nonce, expires) VALUES (@keyid, @nonce, @expires)',
    );
    this.#use = db.transaction((used: Used, now: number) => {
      for (const old of this.#takeOld(now)) forget.run(old);
      return insert.run(used).changes === 1;
    });
  }

  /**
   * Takes a nonce; false when it was taken before. Times in seconds since 1970.
   * @param expires until when the request could still be accepted. Throws `state-unwritable`.
   */
  use(keyid: string, nonce: string, expires: number, now: number): boolean {
    const used = { keyid, nonce, expires };
    try {
      const isNew = this.#use(used, now);
      if (isNew) this.#kept.push({ ...used, since: this.#uptime() });
      return isNew;
    } catch (error) {
      throw stateError(error, 'nonces');
    }
  }

  /** Those that were kept for long enough; of them, one that could still be accepted is kept as long again. */
  #takeOld(now: number): Used[] {
    const uptime = this.#uptime();
    const young = this.#kept.findIndex(({ since }) => uptime - since < leastSeconds);
    const old = this.#kept.splice(0, young === -1 ? this.#kept.length : young);
    this.#kept.push(
      ...old.filter(({ expires }) => expires >= now).map((used) => ({ ...used, since: uptime })),
    );
    return old.filter(({ expires }) => expires < now);
  }
}
