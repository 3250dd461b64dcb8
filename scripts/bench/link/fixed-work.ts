/**
 * Seconds of a piece of work that is always the same, and no part of linkage: ten million doubles of one seed, sorted. Speed
 * on another or a busier machine is held against it.
 */
export function fixedWorkSeconds(): number {
  const values = new Float64Array(10_000_000);
  let state = 1;
  for (let at = 0; at < values.length; at++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    values[at] = state / 4_294_967_296;
  }
  const began = performance.now();
  values.sort();
  return (performance.now() - began) / 1000;
}
