/** FNV-1a over the UTF-16 codes of a text: 32 bits, never 0, which stands for none. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return finish(hash);
}

/** Of what two hashes or numbers stand for together, in this order. */
export function hashBoth(one: number, other: number): number {
  return finish(Math.imul(one ^ 0x9e3779b1, 0x85ebca6b) ^ Math.imul(other, 0xc2b2ae35) ^ (other >>> 15));
}

function finish(hash: number): number {
  let mixed = Math.imul(hash ^ (hash >>> 16), 0x7feb352d);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x846ca68b);
  mixed = (mixed ^ (mixed >>> 16)) >>> 0;
  return mixed === 0 ? 1 : mixed;
}
