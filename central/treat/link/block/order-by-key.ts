import { uint32 } from '../registers/shared-arrays.ts';

const bits = 11;
const buckets = 1 << bits;
const passes = 3;

/** Places of all keys but 0, in the order of the keys, places of one key in their own: by radix, in linear time. */
export function orderByKey(keys: Uint32Array): Uint32Array {
  let count = 0;
  for (let at = 0; at < keys.length; at++) if (keys[at] !== 0) count++;
  let from = uint32(count);
  let to = uint32(count);
  for (let at = 0, next = 0; at < keys.length; at++) if (keys[at] !== 0) from[next++] = at;
  for (let pass = 0; pass < passes; pass++) {
    const shift = pass * bits;
    const ends = new Uint32Array(buckets);
    for (let at = 0; at < count; at++) ends[bucketOf(keys, from, at, shift)]!++;
    for (let bucket = 0, sum = 0; bucket < buckets; bucket++) {
      const size = ends[bucket] as number;
      ends[bucket] = sum;
      sum += size;
    }
    for (let at = 0; at < count; at++) {
      const bucket = bucketOf(keys, from, at, shift);
      to[ends[bucket] as number] = from[at] as number;
      ends[bucket]!++;
    }
    [from, to] = [to, from];
  }
  return from;
}

function bucketOf(keys: Uint32Array, order: Uint32Array, at: number, shift: number): number {
  return ((keys[order[at] as number] as number) >>> shift) & (buckets - 1);
}
