/** Pairs from the review threshold on, as columns: registers by their places, `a` before `b`. */
export interface ScoredPairs {
  readonly a: Uint32Array<ArrayBuffer>;
  readonly b: Uint32Array<ArrayBuffer>;
  readonly weight: Float64Array<ArrayBuffer>;
  /** 0 for none, else the place in `vetoes`, from 1. */
  readonly veto: Uint8Array<ArrayBuffer>;
}

export class PairsBuilder {
  #size = 0;
  #a = new Uint32Array(1024);
  #b = new Uint32Array(1024);
  #weight = new Float64Array(1024);
  #veto = new Uint8Array(1024);

  push(a: number, b: number, weight: number, veto: number): void {
    if (this.#size === this.#a.length) this.#grow();
    const at = this.#size++;
    this.#a[at] = Math.min(a, b);
    this.#b[at] = Math.max(a, b);
    this.#weight[at] = weight;
    this.#veto[at] = veto;
  }

  done(): ScoredPairs {
    const size = this.#size;
    return {
      ...{ a: this.#a.slice(0, size), b: this.#b.slice(0, size) },
      ...{ weight: this.#weight.slice(0, size), veto: this.#veto.slice(0, size) },
    };
  }

  #grow(): void {
    const size = this.#a.length * 2;
    const [a, b, weight, veto] = [this.#a, this.#b, this.#weight, this.#veto];
    this.#a = new Uint32Array(size);
    this.#b = new Uint32Array(size);
    this.#weight = new Float64Array(size);
    this.#veto = new Uint8Array(size);
    this.#a.set(a);
    this.#b.set(b);
    this.#weight.set(weight);
    this.#veto.set(veto);
  }
}

/** All of them, in the order of their places: the same whoever found which. */
export function joinPairs(parts: readonly ScoredPairs[]): ScoredPairs {
  const size = parts.reduce((sum, { a }) => sum + a.length, 0);
  const all = {
    ...{ a: new Uint32Array(size), b: new Uint32Array(size) },
    ...{ weight: new Float64Array(size), veto: new Uint8Array(size) },
  };
  let end = 0;
  for (const part of parts) {
    all.a.set(part.a, end);
    all.b.set(part.b, end);
    all.weight.set(part.weight, end);
    all.veto.set(part.veto, end);
    end += part.a.length;
  }
  const order = Uint32Array.from({ length: size }, (_, place) => place).sort(
    (x, y) => (all.a[x] as number) - (all.a[y] as number) || (all.b[x] as number) - (all.b[y] as number),
  );
  return {
    ...{ a: order.map((at) => all.a[at] as number), b: order.map((at) => all.b[at] as number) },
    weight: Float64Array.from(order, (at) => all.weight[at] as number),
    veto: Uint8Array.from(order, (at) => all.veto[at] as number),
  };
}
