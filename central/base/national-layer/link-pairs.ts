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

const certain = (automatic: string) => `peso >= ${automatic} AND veto = 0 AND NOT entre`;

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
  return questions.query(
    `SELECT ${pairColumns} FROM nacional.par WHERE a = ANY ($1::uuid[]) AND ${certain('$2')}
     UNION SELECT ${pairColumns} FROM nacional.par WHERE b = ANY ($1::uuid[]) AND ${certain('$2')}`,
    [registers, automatic],
  );
}

/**
 * Who has a certain pair with one of some registers, each once of each label.
 * @param labels of the registers, in their order
 */
export function certainNeighbours(
  questions: Questions,
  registers: readonly string[],
  labels: readonly number[],
  automatic: number,
): Promise<{ readonly label: number; readonly other: string }[]> {
  return questions.query(
    `WITH f AS MATERIALIZED (SELECT * FROM unnest($1::uuid[], $2::int[]) AS f (id, label))
     SELECT label, b::text AS other FROM f JOIN nacional.par ON a = id AND ${certain('$3')}
     UNION SELECT label, a::text FROM f JOIN nacional.par ON b = id AND ${certain('$3')}`,
    [registers, labels, automatic],
  );
}

/** A few of the certain pairs of each of some registers. */
export function someCertainPairs(
  questions: Questions,
  registers: readonly string[],
  automatic: number,
): Promise<{ readonly a: string; readonly b: string }[]> {
  return questions.query(
    `SELECT f.id::text AS a, n.other::text AS b FROM unnest($1::uuid[]) AS f (id), LATERAL (
       (SELECT b AS other FROM nacional.par WHERE a = f.id AND ${certain('$2')} LIMIT 3)
       UNION ALL (SELECT a FROM nacional.par WHERE b = f.id AND ${certain('$2')} LIMIT 3)) n`,
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
