/** Whether two whole numbers differ in exactly one decimal digit; of up to 15 digits. */
export function differInOneDigit(a: number, b: number): boolean {
  let different = 0;
  let [x, y] = [a, b];
  while (x !== y) {
    const [xRest, yRest] = [Math.floor(x / 10), Math.floor(y / 10)];
    if (x - xRest * 10 !== y - yRest * 10 && ++different > 1) return false;
    [x, y] = [xRest, yRest];
  }
  return different === 1;
}
