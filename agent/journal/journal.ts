import { type StateFile, stateError } from '../../shared/state-file.ts';

/** What was asked and what was answered: who, what, how much, and a digest. Never a value of a row. */
interface JournalEntry {
  readonly requestId: string;
  /** `jti` of the grant, null when there was none that held. */
  readonly grantId: string | null;
  readonly keyid: string | null;
  readonly method: string;
  /** The path, without the query: a cursor may hold keys that identify a person. */
  readonly resource: string;
  /** SHA-256 of the query, so that a request can be shown to be this one. */
  readonly queryDigest: string | null;
  readonly status: number;
  readonly problem: string | null;
  readonly rows: number | null;
  /** Bytes of the body as sent. */
  readonly bytes: number;
  readonly contentDigest: string;
}

/** Append-only, on disk before the answer leaves: what cannot be written down is not served. */
export class Journal {
  readonly #insert: ReturnType<StateFile['prepare']>;

  constructor(db: StateFile) {
    this.#insert = db.prepare(
      `INSERT INTO journal (at, request_id, grant_id, keyid, method, resource, query_digest, status, problem, rows,
         bytes, content_digest)
       VALUES (@at, @requestId, @grantId, @keyid, @method, @resource, @queryDigest, @status, @problem, @rows,
         @bytes, @contentDigest)`,
    );
  }

  /** Throws `state-unwritable`. */
  append(entry: JournalEntry, now = new Date()): void {
    try {
      this.#insert.run({ ...entry, at: now.toISOString() });
    } catch (error) {
      throw stateError(error, 'journal');
    }
  }
}
