import { float64, int32, uint8 } from './shared-arrays.ts';

type Values = Int32Array | Float64Array | Uint8Array;

/** A column that grows by one value at a time; threads share what it comes to. */
class Growing<T extends Values> {
  #values: T;
  #length = 0;
  readonly #make: (length: number) => T;

  constructor(make: (length: number) => T, expected: number) {
    this.#make = make;
    this.#values = make(Math.max(16, expected));
  }

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#length === this.#values.length) {
      const larger = this.#make(this.#length * 2);
      larger.set(this.#values);
      this.#values = larger;
    }
    this.#values[this.#length++] = value;
  }

  /** What was pushed; the column is not to grow any more. */
  done(): T {
    return this.#values.subarray(0, this.#length) as T;
  }
}

export type GrowingColumn<T extends Values> = Growing<T>;
export const growingInt32 = (expected: number) => new Growing<Int32Array>(int32, expected);
export const growingFloat64 = (expected: number) => new Growing<Float64Array>(float64, expected);
export const growingUint8 = (expected: number) => new Growing<Uint8Array>(uint8, expected);
