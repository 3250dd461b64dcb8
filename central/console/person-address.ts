/** A register that is seen, by its source and its key there. */
interface Named {
  readonly source: string;
  readonly key: string;
  /** Its `natal_id`. */
  readonly natal: string;
}

/**
 * By which an address names a person: the `natal_id` of the first of the registers of them that are seen, by source and key,
 * whether or not a source has it still. `pessoa_id` may be that of a register that is not seen, and is made of its source
 * and key: whoever tried keys would learn whose it is.
 * @param registers one at the least
 */
export function personAddress(registers: readonly Named[]): string {
  const [first] = registers.toSorted(bySource);
  if (first === undefined) throw new Error('who is seen has registers');
  return first.natal;
}

function bySource(one: Named, other: Named): number {
  const [a, b] = [one, other].map(({ source, key }) => `${source} ${key}`) as [string, string];
  return a < b ? -1 : Number(a > b);
}
