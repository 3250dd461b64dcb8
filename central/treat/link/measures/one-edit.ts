/**
 * Whether two words are the same but for one letter that is lost, added or another, or for two neighbours that are swapped:
 * an edit distance of one at most (optimal string alignment). Words lie in one array of UTF-16 codes.
 *
 * @param aFrom where the first word begins in `text`
 * @param aTo where it ends
 */
export function withinOneEdit(
  text: Uint16Array,
  aFrom: number,
  aTo: number,
  bFrom: number,
  bTo: number,
): boolean {
  const difference = aTo - aFrom - (bTo - bFrom);
  if (difference > 1 || difference < -1) return false;
  let [a, b, aEnd, bEnd] = [aFrom, bFrom, aTo, bTo];
  while (a < aEnd && b < bEnd && text[a] === text[b]) {
    a++;
    b++;
  }
  while (aEnd > a && bEnd > b && text[aEnd - 1] === text[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  const [aLeft, bLeft] = [aEnd - a, bEnd - b];
  if (aLeft <= 1 && bLeft <= 1) return true;
  return aLeft === 2 && bLeft === 2 && text[a] === text[b + 1] && text[a + 1] === text[b];
}
