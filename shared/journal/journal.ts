import { GuaritaError } from '../errors.ts';
import type { KeyPair, PublicKey } from '../signing/keys.ts';
import { type StateFile, stateError } from '../state-file.ts';
import {
  agreementEventText,
  type EventBody,
  endBytes,
  endOfJournal,
  endSignedEvent,
  endSignedText,
  entryHash,
  headBytes,
  type JournalEntry,
  type JournalHead,
  type JournalMark,
  noHash,
  type RequestBody,
} from './entry.ts';
import { headFault } from './head-fault.ts';

type Kind = JournalEntry['kind'];
type LastEntry = JournalMark & Pick<JournalEntry, 'at'>;

function statementsOf(db: StateFile) {
  return {
    insert: db.prepare(
      'INSERT INTO journal_entry (id, at, kind, body, hash) VALUES (@id, @at, @kind, @body, @hash)',
    ),
    sign: db.prepare(
      `INSERT INTO journal_head (day, id, hash, keyid, signature) VALUES (@day, @id, @hash, @keyid, @signature)
       ON CONFLICT (day) DO UPDATE SET id = excluded.id, hash = excluded.hash, keyid = excluded.keyid,
         signature = excluded.signature`,
    ),
    last: db.prepare('SELECT id, at, hash FROM journal_entry ORDER BY id DESC LIMIT 1'),
    head: db.prepare('SELECT day, id, hash, keyid, signature FROM journal_head WHERE day = ?'),
    hashAt: db.prepare('SELECT hash FROM journal_entry WHERE id = ?').pluck(),
    agreement: db.prepare(`SELECT id, hash FROM journal_entry WHERE ${ofAgreement} ORDER BY id DESC LIMIT 1`),
  };
}

/** Of a journal without a signed end, what shows that it had one, or began otherwise; of no other it is asked. */
const tracesOfEnd = `SELECT 1 FROM journal_entry WHERE ${eventsLike(endSignedText)}
  UNION ALL SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM journal_entry WHERE id = 1) LIMIT 1`;

/** The events of the agreement; in these words, since an index is of them. */
const ofAgreement = eventsLike(agreementEventText);

/** Events whose text begins so. */
function eventsLike(text: string): string {
  return `kind = 'event' AND substr(body, 1, ${text.length}) = '${text}'`;
}

export interface JournalOptions {
  /** All keys that its owner ever signed with; without it the present one. */
  readonly keys?: () => readonly PublicKey[];
  /** Milliseconds since 1970. */
  readonly clock?: () => number;
  /** Tables that have no row before the journal has one: beside one that has, an empty journal was emptied. */
  readonly beside?: readonly string[];
}

/**
 * Append-only, on disk before the answer leaves: what cannot be written down is not served. Each entry holds the hash
 * of the one before; the last entry of each day so far, and the journal's end, are signed with every append, so that
 * none can be changed, moved or removed unseen, nor whole days (`shared/journal/verify.ts`).
 */
export class Journal {
  readonly #db: StateFile;
  readonly #whose: string;
  readonly #key: () => KeyPair;
  readonly #keys: () => readonly PublicKey[];
  readonly #clock: () => number;
  readonly #beside: readonly string[];
  readonly #statements: ReturnType<typeof statementsOf>;
  readonly #append: (kind: Kind, body: string, now: Date) => JournalMark;
  /** The end that was last found to be signed, and what was signed of it: it is looked at again with each request. */
  #soundEnd = '';

  /**
   * @param whose the agent's name, or that of another journal
   * @param key of who writes it, asked for with each entry: it may have been exchanged for a new one
   */
  constructor(db: StateFile, whose: string, key: () => KeyPair, options: JournalOptions = {}) {
    const { keys = () => [key()], clock = Date.now, beside = ['signed_record'] } = options;
    this.#db = db;
    this.#whose = whose;
    this.#key = key;
    this.#keys = keys;
    this.#clock = clock;
    this.#beside = beside;
    this.#statements = statementsOf(db);
    const append = db.transaction((kind: Kind, body: string, now: Date) => {
      const last = this.#last();
      const before = this.#isSignedTo(last) ? last : this.#write('event', endSigned(last), now, last);
      return this.#write(kind, body, now, before);
    });
    // Immediate: a command, such as the revocation, may write beside the service at work.
    this.#append = (kind, body, now) => append.immediate(kind, body, now);
  }

  /** Returns the entry. Throws `state-unwritable`, and `state-altered` for a journal that somebody else cut. */
  request(body: RequestBody, now = new Date(this.#clock())): JournalMark {
    return this.#enter('request', body, now);
  }

  /** As `request`. */
  event(body: EventBody, now = new Date(this.#clock())): JournalMark {
    return this.#enter('event', body, now);
  }

  /** The hash of an entry, null when there is none. */
  hashAt(id: number): string | null {
    const hash: unknown = this.#statements.hashAt.get(id);
    return typeof hash === 'string' ? hash : null;
  }

  /** When the last entry was written, in milliseconds since 1970; 0 without any. */
  lastAt(): number {
    const last = this.#last();
    return last === null ? 0 : Date.parse(last.at);
  }

  /** Throws `state-altered` for a journal that does not end where it was signed to end. */
  requireWhole(): void {
    this.#isSignedTo(this.#last());
  }

  /** Names the last event of the agreement, null without any: as long as it is the same one, so are all of them. */
  lastAgreementEvent(): JournalMark | null {
    return (this.#statements.agreement.get() as JournalMark | undefined) ?? null;
  }

  /** The bodies of the events of the agreement, the earliest first. */
  agreementEvents(): string[] {
    const sql = `SELECT body FROM journal_entry WHERE ${ofAgreement} ORDER BY id`;
    return this.#db.prepare(sql).pluck().all() as string[];
  }

  /** When an event was written last since the last one of the agreement; null where it was not. */
  sinceAgreement(event: string): string | null {
    const sql = `SELECT at FROM journal_entry WHERE kind = 'event' AND id > @id AND body ->> 'event' = @event
      ORDER BY id DESC LIMIT 1`;
    const found = this.#db
      .prepare(sql)
      .pluck()
      .get({ id: this.lastAgreementEvent()?.id ?? 0, event });
    return typeof found === 'string' ? found : null;
  }

  /** What is read of the journal in `read` is as it is at one moment, whatever a service at work writes meanwhile. */
  atOneMoment<T>(read: () => T): T {
    return this.#db.transaction(read)();
  }

  entries(): IterableIterator<JournalEntry> {
    const sql = 'SELECT id, at, kind, body, hash FROM journal_entry ORDER BY rowid';
    return this.#db.prepare(sql).iterate() as IterableIterator<JournalEntry>;
  }

  /** The heads of the days, the earliest first, and that of the end. */
  heads(): JournalHead[] {
    const sql = 'SELECT day, id, hash, keyid, signature FROM journal_head ORDER BY day';
    return this.#db.prepare(sql).all() as JournalHead[];
  }

  #enter(kind: Kind, body: RequestBody | EventBody, now: Date): JournalMark {
    try {
      return this.#append(kind, JSON.stringify(body), now);
    } catch (error) {
      throw stateError(error, 'journal');
    }
  }

  #write(kind: Kind, body: string, now: Date, before: JournalMark | null): JournalMark {
    const entry = { id: (before?.id ?? 0) + 1, at: now.toISOString(), kind, body };
    const mark = { id: entry.id, hash: entryHash(before?.hash ?? noHash, entry) };
    this.#statements.insert.run({ ...entry, ...mark });
    const head = { day: entry.at.slice(0, 10), ...mark };
    this.#sign(head, headBytes(this.#whose, head));
    const bytes = this.#endBytes(mark);
    this.#soundEnd = `${this.#sign({ day: endOfJournal, ...mark }, bytes)} ${bytes.toString()}`;
    return mark;
  }

  #sign(head: Pick<JournalHead, 'day' | 'id' | 'hash'>, bytes: Buffer): string {
    const signer = this.#key();
    const signature = signer.sign(bytes).toString('base64url');
    this.#statements.sign.run({ ...head, keyid: signer.thumbprint, signature });
    return signature;
  }

  #last(): LastEntry | null {
    return (this.#statements.last.get() as LastEntry | undefined) ?? null;
  }

  #head(day: string): JournalHead | undefined {
    return this.#statements.head.get(day) as JournalHead | undefined;
  }

  #has(traces: string): boolean {
    return this.#db.prepare(traces).get() !== undefined;
  }

  #endBytes(mark: JournalMark): Buffer {
    return endBytes(this.#whose, mark, this.lastAgreementEvent()?.id ?? 0);
  }

  /**
   * Whether the journal's end is signed. Not that of a new one, nor of one that a version before has written: it is where
   * the head of its last day says. That version cannot have written on after this one: it refuses a newer state. Throws
   * `state-altered` for a journal that ends elsewhere than it was signed to end, or whose end has to have been signed.
   */
  #isSignedTo(last: LastEntry | null): boolean {
    const end = this.#head(endOfJournal);
    if (last === null && end === undefined) {
      if (this.#beside.some((table) => this.#has(`SELECT 1 FROM ${table} LIMIT 1`))) throw cut();
      return false;
    }
    const keys = this.#keys();
    if (last !== null && end !== undefined && end.id === last.id && end.hash === last.hash) {
      const bytes = this.#endBytes(end);
      const seen = `${end.signature} ${bytes.toString()}`;
      if (seen !== this.#soundEnd && headFault(this.#whose, keys, end, bytes) !== null) throw cut();
      this.#soundEnd = seen;
      return true;
    }
    if (last === null || end !== undefined || this.#has(tracesOfEnd)) throw cut();
    const day = this.#head(last.at.slice(0, 10));
    const isOfBefore =
      day?.id === last.id && day.hash === last.hash && headFault(this.#whose, keys, day) === null;
    if (isOfBefore) return false;
    throw cut();
  }
}

function cut(): GuaritaError {
  return new GuaritaError('state-altered', 'O fim do diário.');
}

/** Up to here nothing shows that the journal was not cut. */
function endSigned(last: LastEntry | null): string {
  return JSON.stringify({ event: endSignedEvent, after: last?.id ?? 0 });
}
