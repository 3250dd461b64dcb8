import { type Certificate, readCertificate } from '../../shared/signing/certificates.ts';
import { type PublicKey, publicKey } from '../../shared/signing/keys.ts';
import { type StateFile, writeState } from '../../shared/state-file.ts';

/** A key that a central may sign with, and the certificate that it shows in TLS with it. */
export interface ClientKey {
  readonly key: PublicKey;
  /** Null for a central that comes over plain HTTP, on loopback. */
  readonly certificate: Certificate | null;
}

interface Row {
  readonly jwk: string;
  readonly certificate: string | null;
}

/** The keys of the central that was given a grant, by thumbprint: a grant names only the thumbprint. */
export class ClientKeys {
  readonly #db: StateFile;

  constructor(db: StateFile) {
    this.#db = db;
  }

  /** One that is known already stays as it is, but for how long. Throws `state-unwritable`. */
  add({ key, certificate }: ClientKey, now = new Date()): void {
    writeState(
      this.#db,
      `INSERT INTO client_key (thumbprint, jwk, added_at, certificate)
       VALUES (@thumbprint, @jwk, @added, @certificate)
       ON CONFLICT (thumbprint) DO UPDATE SET certificate = excluded.certificate, until = NULL`,
      {
        thumbprint: key.thumbprint,
        jwk: JSON.stringify(key.jwk),
        added: now.toISOString(),
        certificate: certificate?.pem ?? null,
      },
    );
  }

  /** The key is accepted until then and no longer. Throws `state-unwritable`. */
  retire(thumbprint: string, until: Date): void {
    const sql =
      'UPDATE client_key SET until = min(coalesce(until, @until), @until) WHERE thumbprint = @thumbprint';
    writeState(this.#db, sql, { thumbprint, until: until.toISOString() });
  }

  /** Whether the key has named its successor, and is accepted for the overlap alone. */
  isRetired(thumbprint: string): boolean {
    const sql = 'SELECT 1 FROM client_key WHERE thumbprint = ? AND until IS NOT NULL';
    return this.#db.prepare(sql).get(thumbprint) !== undefined;
  }

  /** Every key but these is forgotten, as a new enrolment asks. Throws `state-unwritable`. */
  keepOnly(thumbprint: string): void {
    writeState(this.#db, 'DELETE FROM client_key WHERE thumbprint <> @thumbprint', { thumbprint });
  }

  /** @param now milliseconds since 1970 */
  find(thumbprint: string, now: number): ClientKey | undefined {
    const row = this.#db
      .prepare(
        'SELECT jwk, certificate FROM client_key WHERE thumbprint = ? AND (until IS NULL OR until > ?)',
      )
      .get(thumbprint, new Date(now).toISOString()) as Row | undefined;
    return row === undefined ? undefined : clientKeyOf(row);
  }

  /** All that are accepted. @param now milliseconds since 1970 */
  all(now: number): ClientKey[] {
    const rows: unknown[] = this.#db
      .prepare('SELECT jwk, certificate FROM client_key WHERE until IS NULL OR until > ? ORDER BY added_at')
      .all(new Date(now).toISOString());
    return (rows as Row[]).map(clientKeyOf);
  }
}

function clientKeyOf({ jwk, certificate }: Row): ClientKey {
  return {
    key: publicKey(JSON.parse(jwk)),
    certificate: certificate === null ? null : readCertificate(certificate),
  };
}
