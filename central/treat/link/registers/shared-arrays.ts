/** Arrays that threads see without a copy. */

export function int32(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * 4));
}

export function uint32(length: number): Uint32Array {
  return new Uint32Array(new SharedArrayBuffer(length * 4));
}

export function uint16(length: number): Uint16Array {
  return new Uint16Array(new SharedArrayBuffer(length * 2));
}

export function uint8(length: number): Uint8Array {
  return new Uint8Array(new SharedArrayBuffer(length));
}

export function float64(length: number): Float64Array {
  return new Float64Array(new SharedArrayBuffer(length * 8));
}
