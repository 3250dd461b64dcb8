/** Groups of numbers from 0, by what was put together. */
export class Union {
  readonly #parent: Uint32Array;

  constructor(size: number) {
    this.#parent = Uint32Array.from({ length: size }, (_, number) => number);
  }

  /** The smallest number of the group. */
  find(number: number): number {
    let root = number;
    while (this.#parent[root] !== root) root = this.#parent[root] as number;
    for (let at = number; at !== root; ) {
      const next = this.#parent[at] as number;
      this.#parent[at] = root;
      at = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    this.#parent[Math.max(one, other)] = Math.min(one, other);
  }
}
