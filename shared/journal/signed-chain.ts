import type { PublicKey } from '../signing/keys.ts';
import { ChainVerifier } from './chain.ts';
import { entryHash, type JournalHead, noHash } from './entry.ts';
import { headFault } from './head-fault.ts';
import { type SaltedEntry, termsState } from './salted-terms.ts';
import type { JournalFault } from './verify.ts';

/** Where a chain begins that is not read from its first entry on: behind the entry of this number and hash. */
export interface ChainStart {
  readonly id: number;
  readonly hash: string;
}

export const chainStart: ChainStart = { id: 0, hash: noHash };

export interface SignedChainVerdict {
  readonly entries: number;
  readonly first: string | null;
  readonly last: { readonly id: number; readonly at: string } | null;
  /** The last entry that a signature covers, and with it all before; null where none does. */
  readonly signed: { readonly id: number; readonly at: string } | null;
  /** Entries behind that one, and when the first of them was written. */
  readonly unsigned: { readonly entries: number; readonly since: string } | null;
  /** Entries of which the terms are not here: blanked, or left out of a file. */
  readonly withoutTerms: number;
  readonly faults: readonly JournalFault[];
}

/**
 * Checks a journal that is signed now and then, and not with each entry: that it is a chain, that each head was signed
 * and has the hash of its entry, that terms are those that were written down. Heads are known before the entries are
 * read; of the entries it remembers the last one.
 */
export class SignedChainVerifier {
  readonly #chain: ChainVerifier;
  readonly #heads = new Map<number, JournalHead[]>();
  readonly #judge: (head: JournalHead) => 'key-unknown' | 'head-forged' | null;
  readonly #faults = new Map<string, JournalFault>();
  #entries = 0;
  #first: string | null = null;
  #last: SignedChainVerdict['last'] = null;
  #signed: SignedChainVerdict['signed'] = null;
  #unsigned: { readonly id: number; readonly entries: number; readonly since: string } | null = null;
  #withoutTerms = 0;
  /** The last entry of which a head is not what it should be. */
  #unproved = 0;

  /** @param whose as in `headBytes`; @param keys all that it was ever signed with, null: signatures are not looked at */
  constructor(
    whose: string,
    keys: readonly PublicKey[] | null,
    heads: Iterable<JournalHead>,
    after: ChainStart = chainStart,
  ) {
    this.#chain = new ChainVerifier(after.hash, after.id);
    this.#judge = (head) => (keys === null ? null : headFault(whose, keys, head));
    for (const head of heads) {
      if (head.id <= after.id) continue;
      this.#heads.set(head.id, [...(this.#heads.get(head.id) ?? []), head]);
    }
  }

  entry(entry: SaltedEntry): void {
    const { id, at, kind, body, hash } = entry;
    this.#entries++;
    this.#first ??= at;
    const fault = this.#chain.follow(id, hash, (previous) => entryHash(previous, { id, at, kind, body }));
    if (fault !== null) this.#blame({ ...fault, at });
    // One that stands where it does not belong ends nothing.
    if (fault?.fault !== 'reordered') this.#last = { id, at };
    const terms = termsState(entry);
    if (terms === 'changed') this.#blame({ id, fault: 'terms-changed', at });
    if (terms === 'absent') this.#withoutTerms++;
    const heads = this.#heads.get(id) ?? [];
    this.#heads.delete(id);
    for (const head of heads) this.#meet(head, entry);
    if (this.#signed?.id === id) this.#unsigned = null;
    else {
      const { id: from, entries, since } = this.#unsigned ?? { id, entries: 0, since: at };
      this.#unsigned = { id: from, entries: entries + 1, since };
    }
  }

  #meet(head: JournalHead, { id, hash, at }: SaltedEntry): void {
    const fault = this.#judge(head) ?? (head.hash === hash ? null : 'changed');
    if (fault === null) this.#signed = { id, at };
    else {
      this.#unproved = id;
      this.#blame({ id, fault, at });
    }
  }

  /** @param signedUntil entries from then on need not be signed yet */
  verdict(signedUntil: string): SignedChainVerdict {
    const end = Math.max(this.#last?.id ?? 0, this.#chain.last);
    for (const [id, heads] of this.#heads) {
      this.#unproved = Math.max(this.#unproved, id);
      for (const head of heads) {
        const forged = this.#judge(head);
        if (forged !== null) this.#blame({ id, fault: forged, at: head.day });
        // One between entries is missed by the chain.
        else if (id > end) this.#blame({ id: end + 1, fault: 'removed', at: head.day });
      }
    }
    const unsigned = this.#unsigned;
    // Where there is a head that does not hold, it was told of that.
    if (unsigned !== null && unsigned.since < signedUntil && this.#unproved <= (this.#signed?.id ?? 0)) {
      this.#blame({ id: unsigned.id, fault: 'head-missing', at: unsigned.since });
    }
    return {
      entries: this.#entries,
      first: this.#first,
      last: this.#last,
      signed: this.#signed,
      unsigned: unsigned === null ? null : { entries: unsigned.entries, since: unsigned.since },
      withoutTerms: this.#withoutTerms,
      faults: [...this.#faults.values()].toSorted((a, b) => a.id - b.id),
    };
  }

  #blame(fault: JournalFault): void {
    const name = `${fault.id} ${fault.fault}`;
    if (!this.#faults.has(name)) this.#faults.set(name, fault);
  }
}
