import type { PublicKey } from '../signing/keys.ts';
import { type ChainFault, ChainVerifier } from './chain.ts';
import {
  endBytes,
  endOfJournal,
  endSignedAfter,
  entryHash,
  isAgreementEvent,
  type JournalEntry,
  type JournalHead,
  noHash,
} from './entry.ts';
import { headFault } from './head-fault.ts';

/** Something in a journal that its chain or its signed heads do not bear out. */
export interface JournalFault {
  /** The entry that is named, or the first of those that are missing. */
  readonly id: number;
  readonly fault:
    | ChainFault['fault']
    | 'agreement-missing'
    | 'head-forged'
    | 'head-missing'
    | 'end-missing'
    | 'key-unknown'
    | 'terms-changed';
  /** When the entry, or the head's day, says that it was; of the end, when the last entry was, empty without any. */
  readonly at: string;
}

export interface JournalVerdict {
  readonly entries: number;
  /** Days that are signed. */
  readonly heads: number;
  readonly first: string | null;
  readonly last: string | null;
  readonly faults: readonly JournalFault[];
  /** Up to this entry an older version wrote, which did not sign the journal's end: a cut there would not show. */
  readonly endUnsignedTo: number;
}

/**
 * Checks a journal as it is read, entries first, then heads: that each entry is what was hashed, that none is missing
 * before, between or after them, that they stand in their order, and that each day's head and the journal's end were
 * signed by one of the agent's keys. After a fault the chain is taken up again at the next entry, so that each fault is
 * named once. What it remembers is an entry a day.
 */
export class JournalVerifier {
  readonly #agent: string;
  readonly #keys: readonly PublicKey[];
  readonly #faults = new Map<string, JournalFault>();
  readonly #lastOfDay = new Map<string, { readonly id: number; readonly hash: string }>();
  readonly #headed = new Set<string>();
  readonly #chain = new ChainVerifier(noHash);
  readonly #needsEnd: boolean;
  #first: string | null = null;
  #last: string | null = null;
  /** The entry of the highest number. */
  #highest = { id: 0, hash: noHash };
  /** Number of the last event of the agreement. */
  #agreement = 0;
  #hasEnd = false;
  #endUnsignedTo = 0;
  #entries = 0;

  /**
   * @param agent name of the agent; @param keys all that it ever signed with
   * @param needsEnd false for a journal of 0.1.0, whose end nothing proves
   */
  constructor(agent: string, keys: readonly PublicKey[], needsEnd = true) {
    this.#agent = agent;
    this.#keys = keys;
    this.#needsEnd = needsEnd;
  }

  entry(entry: JournalEntry): void {
    this.#first ??= entry.at;
    this.#entries++;
    const { hash, ...rest } = entry;
    const fault = this.#chain.follow(entry.id, hash, (previous) => entryHash(previous, rest));
    if (fault !== null) this.#blame({ ...fault, at: entry.at });
    this.#last = entry.at;
    const day = entry.at.slice(0, 10);
    if (entry.id >= (this.#lastOfDay.get(day)?.id ?? 0)) this.#lastOfDay.set(day, entry);
    if (entry.id > this.#highest.id) this.#highest = { id: entry.id, hash };
    if (isAgreementEvent(entry)) this.#agreement = entry.id;
    this.#endUnsignedTo = Math.max(this.#endUnsignedTo, endSignedAfter(entry) ?? 0);
  }

  head(head: JournalHead): void {
    const { day: at, id, hash } = head;
    if (at === endOfJournal) return this.#meetEnd(head);
    this.#headed.add(at);
    const last = this.#lastOfDay.get(at);
    const end = last?.id ?? 0;
    const forged = headFault(this.#agent, this.#keys, head);
    if (forged !== null) this.#blame({ id, fault: forged, at });
    else if (end < id) this.#blame({ id: Math.max(end, this.#chain.last) + 1, fault: 'removed', at });
    else if (end > id) this.#blame({ id: end, fault: 'head-missing', at });
    else if (last?.hash !== hash) this.#blame({ id, fault: 'changed', at });
  }

  #meetEnd(end: JournalHead): void {
    this.#hasEnd = true;
    const { id } = end;
    const at = this.#last ?? '';
    const last = this.#highest;
    const forged = headFault(this.#agent, this.#keys, end, endBytes(this.#agent, end, this.#agreement));
    if (last.id < id) this.#blame({ id: last.id + 1, fault: 'removed', at });
    else if (last.id > id) this.#blame({ id: id + 1, fault: 'end-missing', at });
    else if (last.hash !== end.hash) this.#blame({ id, fault: 'changed', at });
    else if (forged !== null) this.#blame({ id, fault: forged, at });
  }

  verdict(): JournalVerdict {
    if (this.#needsEnd && !this.#hasEnd) {
      this.#blame({ id: Math.max(1, this.#highest.id), fault: 'end-missing', at: this.#last ?? '' });
    }
    for (const [at, { id }] of this.#lastOfDay) {
      if (!this.#headed.has(at)) this.#blame({ id, fault: 'head-missing', at });
    }
    return {
      entries: this.#entries,
      heads: this.#headed.size,
      first: this.#first,
      last: this.#last,
      faults: [...this.#faults.values()],
      endUnsignedTo: this.#endUnsignedTo,
    };
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
