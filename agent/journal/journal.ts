import {
  type EventBody,
  entryHash,
  headBytes,
  type JournalEntry,
  type JournalHead,
  noHash,
  type RequestBody,
} from '../../shared/journal/entry.ts';
import type { KeyPair } from '../../shared/signing/keys.ts';
import { type StateFile, stateError } from '../../shared/state-file.ts';

/**
 * Append-only, on disk before the answer leaves: what cannot be written down is not served. Each entry holds the hash
 * of the one before, and the last entry of each day so far is signed with every append, so that none can be changed,
 * moved or removed unseen, at the end neither (`shared/journal/verify.ts`).
 */
export class Journal {
  readonly #db: StateFile;
  readonly #append: (kind: JournalEntry['kind'], body: string, now: Date) => void;

  /** @param key of the agent, asked for with each entry: it may have been exchanged for a new one */
  constructor(db: StateFile, agent: string, key: () => KeyPair) {
    this.#db = db;
    const last = db.prepare('SELECT id, at, hash FROM journal_entry ORDER BY id DESC LIMIT 1');
    const insert = db.prepare(
      'INSERT INTO journal_entry (id, at, kind, body, hash) VALUES (@id, @at, @kind, @body, @hash)',
    );
    const sign = db.prepare(
      `INSERT INTO journal_head (day, id, hash, keyid, signature) VALUES (@day, @id, @hash, @keyid, @signature)
       ON CONFLICT (day) DO UPDATE SET id = excluded.id, hash = excluded.hash, keyid = excluded.keyid,
         signature = excluded.signature`,
    );
    const append = db.transaction((kind: JournalEntry['kind'], body: string, now: Date) => {
      const before = last.get() as { id: number; at: string; hash: string } | undefined;
      const entry = { id: (before?.id ?? 0) + 1, at: now.toISOString(), kind, body };
      const hash = entryHash(before?.hash ?? noHash, entry);
      insert.run({ ...entry, hash });
      const head = { day: entry.at.slice(0, 10), id: entry.id, hash };
      const signer = key();
      const signature = signer.sign(headBytes(agent, head)).toString('base64url');
      sign.run({ ...head, keyid: signer.thumbprint, signature });
    });
    // Immediate: a command, such as the revocation, may write beside the agent at work.
    this.#append = (kind, body, now) => append.immediate(kind, body, now);
  }

  /** Throws `state-unwritable`. */
  request(body: RequestBody, now = new Date()): void {
    this.#write('request', body, now);
  }

  /** Throws `state-unwritable`. */
  event(body: EventBody, now = new Date()): void {
    this.#write('event', body, now);
  }

  entries(): IterableIterator<JournalEntry> {
    const sql = 'SELECT id, at, kind, body, hash FROM journal_entry ORDER BY rowid';
    return this.#db.prepare(sql).iterate() as IterableIterator<JournalEntry>;
  }

  heads(): JournalHead[] {
    const sql = 'SELECT day, id, hash, keyid, signature FROM journal_head ORDER BY day';
    return this.#db.prepare(sql).all() as JournalHead[];
  }

  #write(kind: JournalEntry['kind'], body: RequestBody | EventBody, now: Date): void {
    try {
      this.#append(kind, JSON.stringify(body), now);
    } catch (error) {
      throw stateError(error, 'journal');
    }
  }
}
