import type { GuaritaError } from '../../shared/errors.ts';
import type { ProblemCode } from '../../shared/problems/catalogue.ts';
import { readRecord, type SourceRecord, writeRecord } from './enrolled-source.ts';

/** After these an agreement is over: the source is asked no more until somebody renews it ("source renew"). */
const ends: ReadonlySet<ProblemCode> = new Set(['grant-expired', 'agreement-revoked']);

/** Who took a state off, and why. */
export type Departure = NonNullable<SourceRecord['left']>[number];

/**
 * Writes down that the agent, or central's own record, said that the agreement is over, and returns whether it did. When it was noted first, and what
 * a person ended meanwhile, stay.
 */
export function noteEnd(record: string, { code }: GuaritaError, now: Date): boolean {
  if (!ends.has(code)) return false;
  const source = readRecord(record);
  if (source.ended === null)
    writeRecord(record, { ...source, ended: { at: now.toISOString(), problem: code } });
  return true;
}

/**
 * Takes a state off: it is asked no more, waited for no more, and comes back by a new invitation alone. What is known of
 * it stays, since its data and receipts do. Returns who took it off and why: of one that was gone already, back then.
 */
export function takeOff(record: string, departure: Departure): Departure {
  const source = readRecord(record);
  const before = departureOf(source);
  if (before !== null) return before;
  const { at } = departure;
  const left = [...(source.left ?? []), departure];
  writeRecord(record, { ...source, ended: { at, problem: 'source-left' satisfies ProblemCode }, left });
  return departure;
}

/** What was over goes on: its agreement was extended. One that a person took off stays off. */
export function takeUp(record: string): void {
  const source = readRecord(record);
  if (source.ended === null || departureOf(source) !== null) return;
  writeRecord(record, { ...source, ended: null });
}

/** Why a state is off now; null for one that is not. */
export function departureOf({ ended, left }: Pick<SourceRecord, 'ended' | 'left'>): Departure | null {
  return ended?.problem === ('source-left' satisfies ProblemCode) ? (left?.at(-1) ?? null) : null;
}
