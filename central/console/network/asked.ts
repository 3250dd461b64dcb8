import { type Granted, type Sight, sightOf } from '../../base/sight/sight.ts';
import type { Evidence } from './evidence.ts';

/** Who visits somebody in custody, or may. */
export interface Visitor {
  readonly person: string;
  /** All their registers that are seen, of whichever state. */
  readonly sources: readonly string[];
  readonly ids: readonly string[];
  /** A row that says so. */
  readonly row: string;
  /** All that says so, in the order in which it is told: found with who it is, so that 20,000 visits are read once. */
  readonly evidence: readonly Omit<Evidence, 'person' | 'kind'>[];
}

/** For whom links are looked up, and of which days. */
export interface AskedLinks {
  readonly sight: Sight;
  /**
   * The same with rows of visitors under 18, for rows that are joined with the seen register of their visitor: of who is not
   * seen there is none, and it need not be asked again for each of 20,000 visits.
   */
  readonly joined: Sight;
  /** Who was found to visit somebody, by the registers of that one: much follows from it. */
  readonly visitors: Map<string, Promise<readonly Visitor[]>>;
  /** Up to which day somebody is where they are who has not left: YYYY-MM-DD, as all days here. */
  readonly today: string;
  /** Null: from the first day on. */
  readonly from: string | null;
  /** That day, too; null: to the last one. */
  readonly until: string | null;
}

/** @param days of which, and which day is today */
export function askedLinks(grant: Granted, days: Pick<AskedLinks, 'today' | 'from' | 'until'>): AskedLinks {
  const joined = sightOf({ ...grant, sensitive: [...grant.sensitive, 'visitante.menores'] });
  return { sight: sightOf(grant), joined, visitors: new Map(), ...days };
}

/** A day as SQL has it. */
export function day(text: string): string {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new Error('no day');
  return `date '${text}'`;
}

/** Conditions on a span of days, of which either may not be known: what does not say when it was is not left out. */
export function within(start: string, end: string, { from, until }: AskedLinks): string {
  const parts = [
    ...(until === null ? [] : [`(${start} IS NULL OR ${start} <= ${day(until)})`]),
    ...(from === null ? [] : [`(${end} IS NULL OR ${end} >= ${day(from)})`]),
  ];
  return parts.length === 0 ? 'true' : parts.join(' AND ');
}

/** That two stays of one unit were in one cell, as SQL: of so many bytes, as the index of cells has them. */
export function sameCell(one: string, other: string): string {
  return `${one}.cela = ${other}.cela AND octet_length(${one}.cela) <= 100 AND ${one}.ala IS NOT DISTINCT FROM ${other}.ala`;
}
