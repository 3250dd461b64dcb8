/** Something in a chain that its hashes do not bear out. */
export interface ChainFault {
  /** The entry that is named, or the first of those that are missing. */
  readonly id: number;
  readonly fault: 'changed' | 'removed' | 'reordered';
}

/** An entry in its place: by which hashes the next one may refer to it. */
interface Link {
  readonly id: number;
  readonly hashes: readonly string[];
}

/**
 * Checks entries as they are read, numbered from 1, each with the hash of itself and of the one before: that each is what
 * was hashed, that none is missing before or between them, that they stand in their order. After a fault the chain is taken
 * up again at the next entry, so that each fault is named once. What is missing behind the last one it cannot know.
 */
export class ChainVerifier {
  readonly #start: string;
  #last: Link | null = null;

  /**
   * @param start what stands in the place of the hash before the first entry
   * @param after number of the entry that has that hash, where these are not all from the first one on
   */
  constructor(start: string, after = 0) {
    this.#start = start;
    if (after > 0) this.#last = { id: after, hashes: [start] };
  }

  /** Number of the last entry that stood in its place; 0 before the first. */
  get last(): number {
    return this.#last?.id ?? 0;
  }

  /** @param hashAfter the hash that the entry has behind one of that hash */
  follow(id: number, hash: string, hashAfter: (previous: string) => string): ChainFault | null {
    const before = this.last;
    if (id <= before) {
      this.#last = { id: before, hashes: [] };
      return { id, fault: 'reordered' };
    }
    if (id > before + 1) {
      this.#last = { id, hashes: [hash] };
      return { id: before + 1, fault: 'removed' };
    }
    const made = (this.#last?.hashes ?? [this.#start]).map(hashAfter);
    // After an entry that went astray nothing is known of the one that follows it.
    if (made.length === 0 || made.includes(hash)) {
      this.#last = { id, hashes: [hash] };
      return null;
    }
    // Whichever of text and hash was changed, the next entry is not to blame.
    this.#last = { id, hashes: [hash, ...made] };
    return { id, fault: 'changed' };
  }
}
