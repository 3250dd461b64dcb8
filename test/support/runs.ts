/** How many cases a property has: few in the quick tier, which see that it holds, and many in files of the long one. */
export function runs(few: number, many: number): number {
  return process.argv[1]?.endsWith('.long.test.ts') === true ? many : few;
}
