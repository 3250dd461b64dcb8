/** What Windows-1252 has from 80 on where Latin-1 has control characters; those that it leaves open stay these. */
const high = '€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ';

const bytes = new Map(Array.from(high, (character, at) => [character.charCodeAt(0), 0x80 + at]));

/** The byte that a character was read from, as Latin-1 or as Windows-1252; -1 where it is in neither. */
export function byteOf(code: number): number {
  return code < 0x100 ? code : (bytes.get(code) ?? -1);
}
