import type { Questions, Transaction } from '../base.ts';
import { touchAcross } from './moved-registers.ts';

/** Two registers that weigh so much that a person would be asked (`nacional.par`), by `natal_id`, `a` before `b`. */
export interface LinkPair {
  readonly a: string;
  readonly b: string;
  /** Bits. */
  readonly weight: number;
  /** What speaks against it: 0 for nothing, else a code of linkage. */
  readonly veto: number;
  /** Of two kinds, who are never merged. */
  readonly across: boolean;
}

export const pairColumns = 'a::text, b::text, peso AS weight, veto, entre AS across';

/** All pairs of some registers. */
export function pairsOf(questions: Questions, registers: readonly string[]): Promise<LinkPair[]> {
  return questions.query(
    `SELECT ${pairColumns} FROM nacional.par WHERE a = ANY ($1::uuid[])
     UNION SELECT ${pairColumns} FROM nacional.par WHERE b = ANY ($1::uuid[])`,
    [registers],
  );
}

/** Those of them by which two are put together without being asked. @param automatic bits */
export function certainPairsOf(
  questions: Questions,
  registers: readonly string[],
  automatic: number,
): Promise<LinkPair[]> {
  const certain = 'peso >= $2 AND veto = 0 AND NOT entre';
  return questions.query(
    `SELECT ${pairColumns} FROM nacional.par WHERE a = ANY ($1::uuid[]) AND ${certain}
     UNION SELECT ${pairColumns} FROM nacional.par WHERE b = ANY ($1::uuid[]) AND ${certain}`,
    [registers, automatic],
  );
}

/** Writes all pairs of some registers over those that they had. Returns what they had. */
export async function replacePairs(
  tx: Transaction,
  registers: readonly string[],
  pairs: readonly LinkPair[],
): Promise<LinkPair[]> {
  const before = await pairsOf(tx, registers);
  const nameOf = ({ a, b, weight, veto, across }: LinkPair) => `${a} ${b} ${weight} ${veto} ${across}`;
  const [known, now] = [new Set(before.map(nameOf)), new Set(pairs.map(nameOf))];
  const gone = before.filter((pair) => !now.has(nameOf(pair)));
  const come = pairs.filter((pair) => !known.has(nameOf(pair)));
  if (gone.length > 0) {
    await tx.query(
      'DELETE FROM nacional.par WHERE (a, b) IN (SELECT * FROM unnest($1::uuid[], $2::uuid[]))',
      [gone.map(({ a }) => a), gone.map(({ b }) => b)],
    );
  }
  if (come.length > 0) {
    const lines = come.map(
      ({ a, b, weight, veto, across }) => `${a}\t${b}\t${weight}\t${veto}\t${across ? 't' : 'f'}\n`,
    );
    await tx.copyIn('nacional.par (a, b, peso, veto, entre)', Buffer.from(lines.join('')));
  }
  const across = [...gone, ...come].filter((pair) => pair.across);
  await touchAcross(tx, [...new Set(across.flatMap(({ a, b }) => [a, b]))]);
  return before;
}
