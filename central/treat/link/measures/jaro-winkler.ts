/** How many letters at the beginning count, and how much each does. */
const [longestPrefix, prefixScale] = [4, 0.1];

/** Which letters of the second word have their counterpart, one bit each; words are cut at so many. */
const longest = 32;

/**
 * How alike two words are, from 0 to 1: Jaro's share of letters in common and in order, and Winkler's bonus for a common
 * beginning. The same both ways, which the measure by itself is not. Words lie in one array of UTF-16 codes, since threads
 * can share that and no strings; of longer ones the first 32 letters count.
 *
 * @param aFrom where the first word begins in `text`
 * @param aTo where it ends
 */
export function jaroWinkler(
  text: Uint16Array,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
): number {
  const aLength = Math.min(aTo - aFrom, longest);
  const bLength = Math.min(bTo - bFrom, longest);
  if (aLength === 0 || bLength === 0) return aLength === bLength ? 1 : 0;
  if (isBehind(text, aFrom, aLength, bFrom, bLength)) return jaroWinkler(text, bFrom, bTo, aFrom, aTo);
  const range = Math.max(0, (Math.max(aLength, bLength) >> 1) - 1);
  let [aTaken, bTaken, common] = [0, 0, 0];
  for (let at = 0; at < aLength; at++) {
    const code = text[aFrom + at];
    const end = Math.min(bLength, at + range + 1);
    for (let other = Math.max(0, at - range); other < end; other++) {
      if (((bTaken >>> other) & 1) === 0 && text[bFrom + other] === code) {
        aTaken |= 1 << at;
        bTaken |= 1 << other;
        common++;
        break;
      }
    }
  }
  if (common === 0) return 0;
  let [other, outOfOrder] = [0, 0];
  for (let at = 0; at < aLength; at++) {
    if (((aTaken >>> at) & 1) === 0) continue;
    while (((bTaken >>> other) & 1) === 0) other++;
    if (text[aFrom + at] !== text[bFrom + other]) outOfOrder++;
    other++;
  }
  const jaro = (common / aLength + common / bLength + (common - (outOfOrder >> 1)) / common) / 3;
  let prefix = 0;
  const most = Math.min(longestPrefix, aLength, bLength);
  while (prefix < most && text[aFrom + prefix] === text[bFrom + prefix]) prefix++;
  return jaro + prefix * prefixScale * (1 - jaro);
}

/** In one order for any two words: by length, then by their first letter that differs. */
function isBehind(text: Uint16Array, a: number, aLength: number, b: number, bLength: number): boolean {
  if (aLength !== bLength) return aLength > bLength;
  for (let at = 0; at < aLength; at++) {
    const difference = (text[a + at] as number) - (text[b + at] as number);
    if (difference !== 0) return difference > 0;
  }
  return false;
}
