/** What a person has said of two registers, in the order of its number. */
export interface StandingLink {
  readonly number: number;
  readonly a: string;
  readonly b: string;
  readonly says: 'same' | 'distinct' | 'unsure';
  /** Both are of one kind: else `same` says whose they are and merges nothing. */
  readonly mayMerge: boolean;
}

/** What becomes of something that is said: `known` it was said before; `against` it contradicts that decision. */
export type Standing = 'new' | { readonly known: number } | { readonly against: number };

/**
 * Decisions that stand, to hold others against: whether one contradicts what was said of the same two, or what follows
 * from several. Registers that are the same are one group, and groups are kept apart; the smaller goes into the larger, so
 * that ten thousand are held against each other in no time.
 */
export class StandingLinks {
  readonly #ofPair = new Map<string, StandingLink>();
  /** Each register but the first of its group hangs at another one, by a decision. */
  readonly #hangs = new Map<string, { readonly at: string; readonly by: number }>();
  readonly #sizes = new Map<string, number>();
  /** By the first register of a group, groups that are not the same, and who said so. */
  readonly #apart = new Map<string, Map<string, number>>();

  /** What is there holds, whatever it contradicts. */
  add(link: StandingLink): void {
    const { number, a, b, says, mayMerge } = link;
    this.#ofPair.set(`${a} ${b}`, link);
    if (!mayMerge || says === 'unsure') return;
    const [one, other] = [this.#firstOf(a), this.#firstOf(b)];
    if (one === other) return;
    if (says === 'same') this.#join(one, other, number);
    else this.#part(one, other, number);
  }

  standing({ a, b, says, mayMerge }: Omit<StandingLink, 'number'>): Standing {
    const said = this.#ofPair.get(`${a} ${b}`);
    if (said?.says === says) return { known: said.number };
    if (said !== undefined && said.says !== 'unsure') return { against: said.number };
    if (!mayMerge || says === 'unsure') return 'new';
    const [one, other] = [this.#firstOf(a), this.#firstOf(b)];
    if (says === 'distinct') return one === other ? { against: this.#joinedBy(a, b) } : 'new';
    const parted = this.#apart.get(one)?.get(other);
    return parted === undefined ? 'new' : { against: parted };
  }

  #firstOf(register: string): string {
    let first = register;
    for (let next = this.#hangs.get(first); next !== undefined; next = this.#hangs.get(first))
      first = next.at;
    return first;
  }

  #join(one: string, other: string, by: number): void {
    const [size, otherSize] = [this.#sizes.get(one) ?? 1, this.#sizes.get(other) ?? 1];
    const [large, small] = size >= otherSize ? [one, other] : [other, one];
    this.#hangs.set(small, { at: large, by });
    this.#sizes.set(large, size + otherSize);
    for (const [third, number] of this.#apart.get(small) ?? []) {
      this.#apart.get(third)?.delete(small);
      // What contradicts itself already is told elsewhere.
      if (third !== large) this.#part(large, third, number);
    }
    this.#apart.delete(small);
  }

  #part(one: string, other: string, number: number): void {
    for (const [from, to] of [
      [one, other],
      [other, one],
    ] as const) {
      const apart = this.#apart.get(from);
      if (apart === undefined) this.#apart.set(from, new Map([[to, number]]));
      else if (!apart.has(to)) apart.set(to, number);
    }
  }

  /** Of two registers of a group, the decision that brought them together: before it, they were in two. */
  #joinedBy(a: string, b: string): number {
    const above = new Map<string, number>([[a, 0]]);
    let last = 0;
    for (let at = this.#hangs.get(a); at !== undefined; at = this.#hangs.get(at.at)) {
      last = Math.max(last, at.by);
      above.set(at.at, last);
    }
    let [register, joined] = [b, 0];
    while (!above.has(register)) {
      const next = this.#hangs.get(register);
      if (next === undefined) break;
      joined = Math.max(joined, next.by);
      register = next.at;
    }
    return Math.max(joined, above.get(register) ?? 0);
  }
}
