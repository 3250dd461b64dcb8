import type { PublicKey } from '../signing/keys.ts';
import { entryHash, headBytes, type JournalEntry, type JournalHead, noHash } from './entry.ts';

/** Something in a journal that its chain or its signed heads do not bear out. */
export interface JournalFault {
  /** The entry that is named, or the first of those that are missing. */
  readonly id: number;
  readonly fault: 'changed' | 'removed' | 'reordered' | 'head-forged' | 'head-missing' | 'key-unknown';
  /** When the entry, or the head's day, says that it was. */
  readonly at: string;
}

export interface JournalVerdict {
  readonly entries: number;
  readonly heads: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly faults: readonly JournalFault[];
}

/** An entry in its place: by which hashes the next one may refer to it. */
interface Link {
  readonly id: number;
  readonly at: string;
  readonly hashes: readonly string[];
}

/**
 * Checks a journal as it is read, entries first, then heads: that each entry is what was hashed, that none is missing
 * before, between or after them, that they stand in their order, and that each day's head was signed by one of the
 * agent's keys. After a fault the chain is taken up again at the next entry, so that each fault is named once. What it
 * remembers is an entry a day.
 */
export class JournalVerifier {
  readonly #agent: string;
  readonly #keys: readonly PublicKey[];
  readonly #faults = new Map<string, JournalFault>();
  readonly #lastOfDay = new Map<string, { readonly id: number; readonly hash: string }>();
  readonly #headed = new Set<string>();
  #last: Link | null = null;
  #first: string | null = null;
  #entries = 0;

  /** @param agent name of the agent; @param keys all that it ever signed with */
  constructor(agent: string, keys: readonly PublicKey[]) {
    this.#agent = agent;
    this.#keys = keys;
  }

  entry(entry: JournalEntry): void {
    this.#first ??= entry.at;
    this.#entries++;
    this.#last = this.#follow(this.#last, entry);
    const day = entry.at.slice(0, 10);
    if (entry.id >= (this.#lastOfDay.get(day)?.id ?? 0)) this.#lastOfDay.set(day, entry);
  }

  head(head: JournalHead): void {
    const { day: at, id, hash } = head;
    this.#headed.add(at);
    const last = this.#lastOfDay.get(at);
    const end = last?.id ?? 0;
    const key = this.#keys.find(({ thumbprint }) => thumbprint === head.keyid);
    if (key === undefined) this.#blame({ id, fault: 'key-unknown', at });
    else if (!key.verify(headBytes(this.#agent, head), Buffer.from(head.signature, 'base64url'))) {
      this.#blame({ id, fault: 'head-forged', at });
    } else if (end < id) this.#blame({ id: Math.max(end, this.#last?.id ?? 0) + 1, fault: 'removed', at });
    else if (end > id) this.#blame({ id: end, fault: 'head-missing', at });
    else if (last?.hash !== hash) this.#blame({ id, fault: 'changed', at });
  }

  verdict(): JournalVerdict {
    for (const [at, { id }] of this.#lastOfDay) {
      if (!this.#headed.has(at)) this.#blame({ id, fault: 'head-missing', at });
    }
    return {
      entries: this.#entries,
      heads: this.#headed.size,
      first: this.#first,
      last: this.#last?.at ?? null,
      faults: [...this.#faults.values()],
    };
  }

  #follow(previous: Link | null, entry: JournalEntry): Link {
    const { hash, ...rest } = entry;
    const { id, at } = rest;
    const before = previous?.id ?? 0;
    if (id <= before) {
      this.#blame({ id, fault: 'reordered', at });
      return { id: before, at, hashes: [] };
    }
    if (id > before + 1) {
      this.#blame({ id: before + 1, fault: 'removed', at });
      return { id, at, hashes: [hash] };
    }
    const made = (previous?.hashes ?? [noHash]).map((one) => entryHash(one, rest));
    // After an entry that went astray nothing is known of the one that follows it.
    if (made.length === 0 || made.includes(hash)) return { id, at, hashes: [hash] };
    this.#blame({ id, fault: 'changed', at });
    // Whichever of text and hash was changed, the next entry is not to blame.
    return { id, at, hashes: [hash, ...made] };
  }

  #blame(fault: JournalFault): void {
    const name = `${fault.id} ${fault.fault}`;
    if (!this.#faults.has(name)) this.#faults.set(name, fault);
  }
}

/** The same of a journal that is at hand as a whole. */
export function verifyJournal(
  agent: string,
  entries: Iterable<JournalEntry>,
  heads: Iterable<JournalHead>,
  keys: readonly PublicKey[],
): JournalVerdict {
  const verifier = new JournalVerifier(agent, keys);
  for (const entry of entries) verifier.entry(entry);
  for (const head of heads) verifier.head(head);
  return verifier.verdict();
}
