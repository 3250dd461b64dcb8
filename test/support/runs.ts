/** Whether this process runs a file of the long tier. */
export const isLong = process.argv[1]?.endsWith('.long.test.ts') === true;

/** How many cases a property has: few in the quick tier, which see that it holds, and many in files of the long one. */
export function runs(few: number, many: number): number {
  return isLong ? many : few;
}
