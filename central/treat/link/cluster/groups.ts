/** Union-find over some of very many registers: the others are alone. */
export class Groups {
  readonly #parent = new Map<number, number>();

  find(number: number): number {
    let root = number;
    for (let next = this.#parent.get(root); next !== undefined; next = this.#parent.get(root)) root = next;
    for (let at = number; at !== root; ) {
      const next = this.#parent.get(at) ?? root;
      this.#parent.set(at, root);
      at = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one !== other) this.#parent.set(Math.max(one, other), Math.min(one, other));
  }
}
