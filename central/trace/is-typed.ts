import type { TypedRowState } from '../base/national-layer/treated-row.ts';

/** What is known of how far a row was typed. */
export interface TypedRow {
  /** Up to which change its view was typed; null where it never was. */
  readonly change: string | null;
  /** The row is to be typed again. */
  readonly again: boolean;
  /** The change by which it came to be what it is now in the source layer. */
  readonly newest: string;
}

/**
 * Whether what a row was from a change of the source layer on was typed. Typing comes to a row at its newest change, and
 * to all that it was with it: while that lies beyond the mark, the mark may have passed earlier ones without typing them.
 * Then the last that was typed is known to hold only where it began.
 *
 * @param state the typed state that is taken for it, or the last that there is; null for none
 */
export function isTyped(
  from: string,
  { change, again, newest }: TypedRow,
  state: Pick<TypedRowState, 'change' | 'until'> | null,
): boolean {
  if (change === null || again || BigInt(change) < BigInt(from)) return false;
  if (BigInt(newest) <= BigInt(change)) return true;
  return state !== null && (state.until !== null || BigInt(state.change) >= BigInt(from));
}
