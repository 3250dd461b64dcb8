import { publicKey, type PublicKey } from '../shared/signing/keys.ts';
import type { StateFile } from '../shared/state-file.ts';

/** Public keys of the centrals that were given a grant, by thumbprint: a grant names only the thumbprint. */
export class ClientKeys {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  add(key: PublicKey, now = new Date()): void {
    this.#db
      .prepare('INSERT OR IGNORE INTO client_key (thumbprint, jwk, added_at) VALUES (?, ?, ?)')
      .run(key.thumbprint, JSON.stringify(key.jwk), now.toISOString());
  }

  find(thumbprint: string): PublicKey | undefined {
    const jwk: unknown = this.#db
      .prepare('SELECT jwk FROM client_key WHERE thumbprint = ?')
      .pluck()
      .get(thumbprint);
    return typeof jwk === 'string' ? publicKey(JSON.parse(jwk)) : undefined;
  }
}
