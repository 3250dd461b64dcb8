/** Numbers texts from 0 in the order in which they come. */
export class Texts {
  readonly #numbers = new Map<string, number>();

  get numbers(): ReadonlyMap<string, number> {
    return this.#numbers;
  }

  numberOf(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#numbers.size;
    this.#numbers.set(text, number);
    return number;
  }
}
