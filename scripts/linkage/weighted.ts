import type { Rng } from '../demo/rng.ts';

/** A name of a list, with all its spellings, the first the commonest. */
export interface ListedName {
  readonly spellings: readonly [string, ...string[]];
  /** `DA` of `DA SILVA`. */
  readonly particle: string | null;
}

/** Names by how often they are drawn. */
export interface NameList {
  readonly names: readonly ListedName[];
  draw(rng: Rng): ListedName;
}

/** Reads `SOUZA/SOUSA 45 DE, …`. */
export function nameList(text: string): NameList {
  const names: ListedName[] = [];
  const upTo: number[] = [];
  let sum = 0;
  for (const entry of text.split(',')) {
    const [spellings = '', weight, particle = null] = entry.trim().split(' ');
    const [first = '', ...others] = spellings.split('/');
    names.push({ spellings: [first, ...others], particle });
    upTo.push((sum += Number(weight)));
  }
  const [fallback] = names;
  if (fallback === undefined) throw new Error('a list without a name');
  const at = (rng: Rng): number => {
    const drawn = rng.fraction() * sum;
    let [low, high] = [0, upTo.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((upTo[middle] ?? 0) > drawn) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return { names, draw: (rng) => names[at(rng)] ?? fallback };
}

/** One of the spellings: mostly the commonest. */
export function spelled({ spellings }: ListedName, rng: Rng): string {
  return spellings.length === 1 || rng.chance(0.7) ? spellings[0] : rng.pick(spellings);
}
